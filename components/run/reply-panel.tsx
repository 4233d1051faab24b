"use client";

import {
  type KeyboardEvent,
  lazy,
  type ReactNode,
  Suspense,
  useId,
  useState,
  useSyncExternalStore,
} from "react";
import type { BytesForm, StreamKind } from "../../lib/call/call.ts";
import type { Profile } from "../../lib/call/profile.ts";
import { statusName } from "../../lib/call/status.ts";
import { formatBytes, formatMs } from "../../lib/reply/format.ts";
import type { RemoteRun } from "../reply/remote-run.ts";
import type { ReplyParts } from "../reply/worker-protocol.ts";
import styles from "./reply-panel.module.css";
import type { RunState } from "./run-state.ts";

const TABS = ["Reply", "Tree", "Table", "Chart", "Wire", "Diff", "Headers", "Trailers", "Timing"] as const;
export type ReplyTab = (typeof TABS)[number];

/** What a reply has, before one has come. */
const NO_PARTS: Pick<ReplyParts, "tables" | "chart"> = { tables: [], chart: false };
const noParts = () => NO_PARTS;
const never = () => () => {};

const ReplyBody = lazy(() =>
  import("../reply/reply-body.tsx").then(({ ReplyBody }) => ({ default: ReplyBody })),
);

/** Everything that came back from the last run. Nothing of it is loaded before there is one. */
export function ReplyPanel({
  stream,
  state,
  run,
  bytes,
  profile,
  note = null,
  cover = null,
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
  const [chosen, setTab] = useState<ReplyTab>("Reply");
  const id = useId();
  const { tables, chart } = useSyncExternalStore(run?.subscribe ?? never, run?.parts ?? noParts, noParts);
  const tabs = TABS.filter((name) => (name === "Table" ? tables.length > 0 : name !== "Chart" || chart));
  const tab = tabs.includes(chosen) ? chosen : "Reply";

  function onKeyDown(event: KeyboardEvent) {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length] as ReplyTab;
    setTab(next);
    document.getElementById(`${id}-${next}`)?.focus();
  }

  return (
    <section className={styles.panel} aria-label="Result" data-phase={state.phase}>
      <div className={styles.bar}>
        <RunStatus state={state} />
        <div role="tablist" aria-label="Parts of the reply" className={styles.tabs} onKeyDown={onKeyDown}>
          {tabs.map((name) => (
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
            <ReplyBody {...{ tab, stream, state, run, bytes, profile, note, cover }} />
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
