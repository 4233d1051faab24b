"use client";

import { type KeyboardEvent, useId, useState } from "react";
import type { BytesForm, StreamKind } from "../../lib/call/call.ts";
import type { Profile } from "../../lib/call/profile.ts";
import { statusName } from "../../lib/call/status.ts";
import { ReplyView } from "../editor/reply-view.tsx";
import { adviceFor } from "./advice.ts";
import { formatBytes, formatMs } from "./format.ts";
import { MetadataTable } from "./metadata-table.tsx";
import styles from "./reply-panel.module.css";
import { KEPT_MESSAGES, type RunState } from "./run-state.ts";
import { useTranscript } from "./use-transcript.ts";

const TABS = ["Reply", "Headers", "Trailers", "Timing"] as const;
type Tab = (typeof TABS)[number];

/** Everything that came back from the last run. */
export function ReplyPanel({
  method,
  stream,
  state,
  bytes,
  profile,
}: {
  readonly method: string;
  readonly stream: StreamKind;
  readonly state: RunState;
  readonly bytes: BytesForm;
  readonly profile: Profile | null;
}) {
  const [tab, setTab] = useState<Tab>("Reply");
  const id = useId();

  function onKeyDown(event: KeyboardEvent) {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    const next = TABS[(TABS.indexOf(tab) + step + TABS.length) % TABS.length] as Tab;
    setTab(next);
    document.getElementById(`${id}-${next}`)?.focus();
  }

  return (
    <section className={styles.panel} aria-label="Result" data-phase={state.phase}>
      <div className={styles.bar}>
        <RunStatus state={state} />
        <div role="tablist" aria-label="Parts of the reply" className={styles.tabs} onKeyDown={onKeyDown}>
          {TABS.map((name) => (
            <button
              key={name}
              id={`${id}-${name}`}
              type="button"
              role="tab"
              aria-selected={tab === name}
              aria-controls={`${id}-panel`}
              tabIndex={tab === name ? 0 : -1}
              onClick={() => setTab(name)}
            >
              {name}
            </button>
          ))}
        </div>
      </div>
      <div id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${tab}`} className={styles.body}>
        {tab === "Reply" && (
          <>
            {state.error !== null && <ErrorNote state={state} profile={profile} />}
            <Messages method={method} stream={stream} state={state} bytes={bytes} />
          </>
        )}
        {tab === "Headers" && (
          <MetadataTable
            entries={state.headers ?? []}
            caption="Response headers"
            empty={state.headers === null ? "No headers yet." : "The daemon sent no headers."}
          />
        )}
        {tab === "Trailers" && (
          <MetadataTable
            entries={state.trailers ?? []}
            caption="Response trailers"
            empty={
              state.trailers === null ? "No trailers yet: they come when the call ends." : "No trailers."
            }
          />
        )}
        {tab === "Timing" && <Timing state={state} />}
      </div>
    </section>
  );
}

function RunStatus({ state }: { readonly state: RunState }) {
  const figures = [
    state.endedAtMs === null ? null : formatMs(state.endedAtMs),
    state.received === 0 ? null : formatBytes(state.receivedBytes),
    state.received > 1 ? `${state.received.toLocaleString("en-US")} messages` : null,
  ].filter((figure) => figure !== null);
  return (
    <p className={styles.status} role="status">
      {state.phase === "idle" && <span className={styles.idle}>Not run yet</span>}
      {state.phase === "running" && <span className={styles.running}>running</span>}
      {state.phase === "ended" &&
        (state.error === null ? (
          <span className={styles.ok}>OK</span>
        ) : (
          <span className={styles.failed}>{statusName(state.error.code)}</span>
        ))}
      <span>{figures.join(" · ")}</span>
    </p>
  );
}

function ErrorNote({ state, profile }: { readonly state: RunState; readonly profile: Profile | null }) {
  const { error } = state;
  if (error === null) return null;
  const advice = adviceFor(error, profile);
  return (
    <div className={styles.error} data-reason={error.reason ?? error.source}>
      {error.source === "daemon" ? (
        <>
          <code>{error.message === "" ? "(no message)" : error.message}</code>
          <p>Status {error.code}, as the daemon answered.</p>
        </>
      ) : (
        <strong>{error.message}</strong>
      )}
      {advice !== null && <p>{advice}</p>}
    </div>
  );
}

function Messages({
  method,
  stream,
  state,
  bytes,
}: {
  readonly method: string;
  readonly stream: StreamKind;
  readonly state: RunState;
  readonly bytes: BytesForm;
}) {
  const text = useTranscript(method, stream, state, bytes);

  const conversation = stream === "client-streaming" || stream === "bidi-streaming";
  if (state.received === 0 && !(conversation && state.sentCount > 0)) {
    if (state.phase === "idle")
      return <p className={styles.empty}>Run the request to see what comes back.</p>;
    if (state.phase === "running") return <p className={styles.empty}>Waiting for the daemon.</p>;
    return state.error === null ? <p className={styles.empty}>The call ended without a message.</p> : null;
  }
  return (
    <>
      {state.received > KEPT_MESSAGES && (
        <p className={styles.empty}>
          The last {KEPT_MESSAGES} of {state.received.toLocaleString("en-US")} messages.
        </p>
      )}
      <ReplyView
        text={text}
        label={stream === "unary" ? "Reply message" : "Messages"}
        followEnd={stream !== "unary"}
      />
    </>
  );
}

function Timing({ state }: { readonly state: RunState }) {
  if (state.phase === "idle") return <p className={styles.empty}>Not run yet.</p>;
  const rows: [string, string][] = [
    ["Headers", state.headersAtMs === null ? "none" : formatMs(state.headersAtMs)],
    ["First message", state.firstAtMs === null ? "none" : formatMs(state.firstAtMs)],
    ["End", state.endedAtMs === null ? "running" : formatMs(state.endedAtMs)],
    ["Messages received", state.received.toLocaleString("en-US")],
    ["Bytes received", formatBytes(state.receivedBytes)],
  ];
  return (
    <dl className={styles.timing}>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
