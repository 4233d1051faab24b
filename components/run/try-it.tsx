"use client";

import { useEffect, useId, useRef, useState } from "react";
import type { BytesForm, Call, StreamKind } from "../../lib/call/call.ts";
import { RequestEditor } from "../editor/request-editor.tsx";
import { isTyping } from "../shell/is-typing.ts";
import { useProfiles } from "../shell/profile-context.tsx";
import { CallOptions, DEFAULT_OPTIONS } from "./call-options.tsx";
import { keepDraft, recallDraft } from "./drafts.ts";
import { loadMethodSchema } from "./method-schema.ts";
import { ProfileNote, standing } from "./profile-note.tsx";
import { readDeadline } from "./read-deadline.ts";
import { readMetadata } from "./read-metadata.ts";
import { ReplyPanel } from "./reply-panel.tsx";
import { RunButtons } from "./run-buttons.tsx";
import styles from "./try-it.module.css";
import { useRun } from "./use-run.ts";

/** The editor of a method's request, the buttons that run it, and what comes back. */
export function TryIt({
  method,
  stream,
  access,
  examples,
}: {
  readonly method: string;
  readonly stream: StreamKind;
  readonly access: "read" | "write";
  /** Request texts to start from; for streams from the client, the messages of one conversation in order. */
  readonly examples: readonly string[];
}) {
  const id = useId();
  const { current: profile, select, profiles } = useProfiles();
  const [draft] = useState(() => recallDraft(method));
  const [text, setText] = useState(draft?.text ?? examples[0] ?? "{}");
  const [step, setStep] = useState(draft?.step ?? 0);
  const [bytes, setBytes] = useState<BytesForm>(draft?.bytes ?? "hex");
  const [options, setOptions] = useState(DEFAULT_OPTIONS);
  const result = useRef<HTMLDivElement>(null);
  const { state, start, refuse, send, halfClose, cancel } = useRun();

  const clientStreams = stream === "client-streaming" || stream === "bidi-streaming";
  const obstacle = standing(profile, method, access);

  useEffect(
    () => keepDraft(method, examples.includes(text) ? null : { text, bytes, step }),
    [method, examples, text, bytes, step],
  );

  useEffect(() => {
    if (state.phase !== "running") return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented || isTyping(event.target)) return;
      if (document.querySelector("dialog[open]") === null) cancel();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [state.phase, cancel]);

  function run() {
    if (profile === null || obstacle !== null || state.phase === "running") return;
    const metadata = readMetadata(options.metadata);
    const deadline = readDeadline(options.deadline);
    result.current?.scrollIntoView({ block: "nearest" });
    if (metadata.kind === "problem") return refuse(metadata.message);
    if (deadline.kind === "problem") return refuse(deadline.message);
    const call: Call = {
      profile: profile.id,
      method,
      request: text,
      bytes,
      metadata: metadata.entries,
      deadlineMs: deadline.ms,
      compression: "identity",
      confirmation: null,
    };
    start(call, clientStreams);
    if (clientStreams) showNextExample();
  }

  // A conversation that has ended begins anew with its first message.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the end of a run does this
  useEffect(() => {
    if (state.phase === "ended" && step > 0 && text === examples[step]) reset(0);
  }, [state.phase]);

  /** Sends the text as the next message. One that cannot be read stays in the editor, with its problems below it. */
  async function sendNext() {
    const [{ readRequest }, schema] = await Promise.all([
      import("../../lib/schema/request-text.ts"),
      loadMethodSchema(method),
    ]);
    if (readRequest(text, schema.method.input, { bytes, registry: schema.registry }).kind !== "ok") return;
    send(text);
    showNextExample();
  }

  /** After a message of the example conversation went out as it was, the next one is laid in the editor. */
  function showNextExample() {
    const next = examples[step + 1];
    if (next === undefined || text !== examples[step]) return;
    setStep(step + 1);
    setText(next);
  }

  function reset(to: number) {
    setStep(to);
    // Examples are written in hex.
    setBytes("hex");
    setText(examples[to] ?? "{}");
  }

  async function changeBytes(form: BytesForm) {
    const [{ convertBytes }, { describeProblem }, schema] = await Promise.all([
      import("../../lib/schema/convert-bytes.ts"),
      import("../../lib/schema/problem.ts"),
      loadMethodSchema(method),
    ]);
    const options = { from: bytes, to: form, registry: schema.registry };
    const converted = convertBytes(text, schema.method.input, options);
    if (converted.kind === "problem") {
      if (state.phase === "running") return;
      refuse(`The bytes stay as ${bytes} until this is mended: ${describeProblem(text, converted.problem)}`);
      return;
    }
    setText(converted.text);
    setBytes(form);
  }

  const running = state.phase === "running";
  const onRun = running && clientStreams ? () => void sendNext() : run;
  return (
    <section className={styles.tryIt} aria-label="Try it">
      <ProfileNote
        obstacle={obstacle}
        onUseSandbox={profiles.some(({ kind }) => kind === "sandbox") ? () => select("sandbox") : null}
      />
      <div className={styles.editor}>
        <div className={styles.bar}>
          <h2 id={`${id}-title`}>
            {clientStreams ? `Message ${running ? state.sentCount + 1 : 1}` : "Request"}
          </h2>
          {examples.length > 1 && (
            <label className={styles.choice}>
              <span className="visually-hidden">Example message</span>
              <select value={step} onChange={(event) => reset(Number(event.target.value))}>
                {examples.map((_, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a fixed list
                  <option key={index} value={index}>
                    example {index + 1} of {examples.length}
                  </option>
                ))}
              </select>
            </label>
          )}
          <button type="button" className={styles.quiet} onClick={() => reset(step)}>
            Reset
          </button>
          <label className={styles.choice}>
            bytes:
            <select value={bytes} onChange={(event) => void changeBytes(event.target.value as BytesForm)}>
              <option value="hex">hex</option>
              <option value="base64">base64</option>
            </select>
          </label>
          <RunButtons
            running={running}
            clientStreams={clientStreams}
            halfClosed={state.halfClosed}
            write={access === "write"}
            disabled={profile === null || obstacle !== null}
            onRun={run}
            onSend={() => void sendNext()}
            onHalfClose={halfClose}
            onCancel={cancel}
          />
        </div>
        <RequestEditor
          id={`${id}-editor`}
          label={`Request of ${method} as JSON`}
          method={method}
          value={text}
          onChange={setText}
          onRun={onRun}
          bytes={bytes}
          schema={() =>
            loadMethodSchema(method).then(({ method, docs, registry }) => ({
              desc: method.input,
              docs,
              registry,
            }))
          }
        />
        <CallOptions value={options} onChange={setOptions} />
      </div>
      <div ref={result} className={styles.result}>
        <ReplyPanel method={method} stream={stream} state={state} bytes={bytes} profile={profile} />
      </div>
    </section>
  );
}
