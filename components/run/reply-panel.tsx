"use client";

import { type KeyboardEvent, lazy, type ReactNode, Suspense, useId, useState } from "react";
import type { BytesForm, StreamKind } from "../../lib/call/call.ts";
import type { Profile } from "../../lib/call/profile.ts";
import { statusName } from "../../lib/call/status.ts";
import { formatBytes, formatMs } from "../../lib/reply/format.ts";
import type { RemoteRun } from "../reply/remote-run.ts";
import styles from "./reply-panel.module.css";
import type { RunState } from "./run-state.ts";

const TABS = ["Reply", "Headers", "Trailers", "Timing"] as const;
export type ReplyTab = (typeof TABS)[number];

const ReplyBody = lazy(() =>
  import("../reply/reply-body.tsx").then(({ ReplyBody }) => ({ default: ReplyBody })),
);

/** Everything that came back from the last run. Nothing of it is loaded before there is one. */
export function ReplyPanel({
  method,
  stream,
  state,
  run,
  bytes,
  profile,
  note = null,
  cover = null,
}: {
  readonly method: string;
  readonly stream: StreamKind;
  readonly state: RunState;
  readonly run: RemoteRun | null;
  readonly bytes: BytesForm;
  readonly profile: Profile | null;
  /** Stands below the error, above what was received: what became of the request. */
  readonly note?: ReactNode;
  /** Stands in place of all that shows what the messages hold, until it is null. */
  readonly cover?: ReactNode;
}) {
  const [tab, setTab] = useState<ReplyTab>("Reply");
  const id = useId();

  function onKeyDown(event: KeyboardEvent) {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    const next = TABS[(TABS.indexOf(tab) + step + TABS.length) % TABS.length] as ReplyTab;
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
        {state.phase === "idle" ? (
          <p className={styles.empty}>Run the request to see what comes back.</p>
        ) : (
          <Suspense fallback={<p className={styles.empty}>Waiting for the daemon.</p>}>
            <ReplyBody {...{ tab, method, stream, state, run, bytes, profile, note, cover }} />
          </Suspense>
        )}
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
