"use client";

import { lazy, type ReactNode, Suspense } from "react";
import type { BytesForm, StreamKind } from "../../lib/call/call.ts";
import type { Profile } from "../../lib/call/profile.ts";
import { statusName } from "../../lib/call/status.ts";
import { formatBytes, formatMs } from "../../lib/reply/format.ts";
import type { RemoteRun } from "../reply/remote-run.ts";
import styles from "./reply-panel.module.css";
import type { RunState } from "./run-state.ts";

const ReplyTabs = lazy(() =>
  import("../reply/reply-tabs.tsx").then(({ ReplyTabs }) => ({ default: ReplyTabs })),
);

/** Everything that came back from the last run. Nothing but its status is loaded before there is one. */
export function ReplyPanel({
  state,
  ...parts
}: {
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
  return (
    <section className={styles.panel} aria-label="Result" data-phase={state.phase}>
      <RunStatus state={state} />
      {state.phase === "idle" ? (
        <div className={styles.body}>
          <p className={styles.empty}>Run the request to see what comes back.</p>
        </div>
      ) : (
        <Suspense
          fallback={
            <div className={styles.body}>
              <p className={styles.empty}>Waiting for the daemon.</p>
            </div>
          }
        >
          <ReplyTabs state={state} {...parts} />
        </Suspense>
      )}
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
