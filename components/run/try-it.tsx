"use client";

import { type KeyboardEvent, lazy, Suspense, useCallback, useId, useRef, useState } from "react";
import type { StreamKind } from "../../lib/call/call.ts";
import type { MethodSafety } from "../../lib/call/safety.ts";
import type { Example } from "../../lib/editor/example.ts";
import { RequestViews } from "../form/request-views.tsx";
import { MacaroonNote } from "../safety/macaroon-note.tsx";
import { useConfirmedRun } from "../safety/use-confirmed-run.tsx";
import { useRunNotes } from "../safety/use-run-notes.tsx";
import { useLink } from "../share/use-link.ts";
import { useProfiles } from "../shell/profile-context.tsx";
import { Snippets } from "../snippets/snippets.tsx";
import { CallOptions } from "./call-options.tsx";
import { type CallOptionsValue, keepOptions, recallOptions } from "./call-options-value.ts";
import { Earlier } from "./earlier.tsx";
import { loadMethodSchema } from "./method-schema.ts";
import { insteadOf, isNoted, standing } from "./profile-standing.ts";
import { ReplyPanel } from "./reply-panel.tsx";
import { RequestBar } from "./request-bar.tsx";
import { RunButtons } from "./run-buttons.tsx";
import styles from "./try-it.module.css";
import { useCall } from "./use-call.ts";
import { useRequest } from "./use-request.ts";
import { useRun, warmUpSoon } from "./use-run.ts";

const ProfileNote = lazy(() =>
  import("./profile-note.tsx").then(({ ProfileNote }) => ({ default: ProfileNote })),
);
const BroughtNote = lazy(() =>
  import("../share/brought-note.tsx").then(({ BroughtNote }) => ({ default: BroughtNote })),
);

/** The editor of a method's request, the buttons that run it, and what comes back. */
export function TryIt({
  method,
  stream,
  access,
  permissions,
  safety,
  examples,
}: {
  readonly method: string;
  readonly stream: StreamKind;
  readonly access: "read" | "write";
  /** The macaroon permissions that it needs; null where they are not known. */
  readonly permissions: readonly string[] | null;
  readonly safety: MethodSafety;
  /** Requests to start from. */
  readonly examples: readonly Example[];
}) {
  const id = useId();
  const { current: profile, select, profiles } = useProfiles();
  const request = useRequest(method, examples);
  const [options, setOptions] = useState(() => recallOptions(method));
  const result = useRef<HTMLDivElement>(null);
  const note = useRef<HTMLDivElement>(null);
  const controls = useRun(stream === "unary" && access === "read", (record) => {
    void import("../history/record-run.ts").then(({ recordRun }) => recordRun(record, profiles));
  });
  const link = useLink(request);
  const { state } = controls;

  const clientStreams = stream === "client-streaming" || stream === "bidi-streaming";
  const obstacle = standing(profile, method, access);
  const running = state.phase === "running";
  const write = access === "write";
  const schema = () => loadMethodSchema(method);
  const confirming = useConfirmedRun({ profile, method, access, safety, schema });
  const notes = useRunNotes({ method, write, safety, error: state.error, run: controls.run });
  const call = useCall({ request, controls, options, profile, obstacle, clientStreams, write, confirming });

  function run() {
    // Asked for by key: the button is disabled then, and a key that does nothing would say nothing.
    if (obstacle !== null) return note.current?.focus();
    void call.run();
    // In one column what comes back is below what is looked at, and grows.
    const block = matchMedia("(max-width: 1100px)").matches ? "start" : "nearest";
    requestAnimationFrame(() => result.current?.scrollIntoView({ block }));
  }

  function changeOptions(changed: CallOptionsValue) {
    setOptions(changed);
    keepOptions(method, changed);
  }

  /** Ctrl or Cmd with Shift and Enter ends the sending of a stream, or connects it anew when it has ended. */
  function onKeyDownCapture(event: KeyboardEvent) {
    if (event.key !== "Enter" || !event.shiftKey || !(event.ctrlKey || event.metaKey)) return;
    if (stream === "unary") return;
    event.preventDefault();
    event.stopPropagation();
    if (!running) void call.reconnect();
    else if (clientStreams && !state.halfClosed) controls.halfClose();
  }

  // The editor is not rendered anew for what a run does.
  const onRun = useRef(run);
  onRun.current = running && clientStreams ? () => void call.sendNext() : run;
  const runOrSend = useCallback(() => onRun.current(), []);
  const requestSchema = useCallback(
    () =>
      loadMethodSchema(method).then(({ method, docs, registry }) => ({ desc: method.input, docs, registry })),
    [method],
  );

  return (
    <section
      className={styles.tryIt}
      aria-label="Try it"
      onKeyDownCapture={onKeyDownCapture}
      onPointerEnter={() => warmUpSoon(method)}
      onFocus={() => warmUpSoon(method)}
    >
      {isNoted(profile, obstacle, write) && (
        <Suspense fallback={null}>
          <ProfileNote
            ref={note}
            profile={profile}
            obstacle={obstacle}
            write={write}
            instead={insteadOf(profile, profiles, method)}
            onUse={select}
          />
        </Suspense>
      )}
      {(request.brought !== null || link.problem !== null) && (
        <Suspense fallback={null}>
          <BroughtNote
            method={method}
            access={access}
            brought={request.brought}
            problem={link.problem}
            onKeep={() => {
              link.done();
              request.keepBrought();
            }}
            onDiscard={() => {
              link.done();
              request.discardBrought();
            }}
          />
        </Suspense>
      )}
      <div className={styles.editor}>
        <RequestBar
          title={clientStreams ? `Message ${running ? state.sentCount + 1 : 1}` : "Request"}
          request={request}
          onProblem={(message) => {
            if (!running) controls.refuse(message);
          }}
        >
          <RunButtons
            running={running}
            clientStreams={clientStreams}
            halfClosed={state.halfClosed}
            write={write}
            disabled={profile === null || obstacle !== null}
            onReconnect={stream !== "unary" && call.sent.length > 0 ? () => void call.reconnect() : null}
            onRun={run}
            onSend={() => void call.sendNext()}
            onHalfClose={controls.halfClose}
            onCancel={controls.cancel}
          />
        </RequestBar>
        <RequestViews
          id={`${id}-editor`}
          label={`Request of ${method} as JSON`}
          method={method}
          value={request.text}
          onChange={request.setText}
          onRun={runOrSend}
          bytes={request.bytes}
          schema={requestSchema}
        />
        <CallOptions value={options} onChange={changeOptions} />
        <MacaroonNote profile={profile} method={method} permissions={permissions} />
      </div>
      {confirming.dialog}
      <div ref={result} className={styles.result}>
        <ReplyPanel
          stream={stream}
          state={state}
          run={controls.run}
          bytes={request.bytes}
          profile={profile}
          {...notes}
        />
      </div>
      <Snippets method={method} request={request} profile={profile} options={options} />
      <Earlier request={request} profile={profile?.id ?? null} sent={call.sent} />
    </section>
  );
}
