"use client";

import { type KeyboardEvent, type ReactNode, useId, useState, useSyncExternalStore } from "react";
import type { BytesForm, StreamKind } from "../../lib/call/call.ts";
import type { Profile } from "../../lib/call/profile.ts";
import styles from "../run/reply-panel.module.css";
import type { RunState } from "../run/run-state.ts";
import type { RemoteRun } from "./remote-run.ts";
import { ReplyBody } from "./reply-body.tsx";
import type { ReplyParts } from "./worker-protocol.ts";

const TABS = ["Reply", "Tree", "Table", "Chart", "Wire", "Diff", "Headers", "Trailers", "Timing"] as const;
export type ReplyTab = (typeof TABS)[number];

/** What a reply has, before one has come. */
const NO_PARTS: Pick<ReplyParts, "tables" | "chart"> = { tables: [], chart: false };
const noParts = () => NO_PARTS;
const never = () => () => {};

/** The parts of what came back, one of them shown: those that this reply has. */
export function ReplyTabs({
  stream,
  state,
  run,
  bytes,
  profile,
  note = null,
  cover = null,
  only = TABS,
  lean = false,
}: {
  readonly stream: StreamKind;
  readonly state: RunState;
  readonly run: RemoteRun | null;
  readonly bytes: BytesForm;
  readonly profile: Profile | null;
  readonly note?: ReactNode;
  readonly cover?: ReactNode;
  /** Which of the parts there can be. */
  readonly only?: readonly ReplyTab[];
  /** Whether a text that can be taken in at a glance stands alone. What copies and saves it stands elsewhere then. */
  readonly lean?: boolean;
}) {
  const [chosen, setTab] = useState<ReplyTab>("Reply");
  const id = useId();
  const { tables, chart } = useSyncExternalStore(run?.subscribe ?? never, run?.parts ?? noParts, noParts);
  const tabs = only.filter((name) => (name === "Table" ? tables.length > 0 : name !== "Chart" || chart));
  const tab = tabs.includes(chosen) ? chosen : "Reply";

  function onKeyDown(event: KeyboardEvent) {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length] as ReplyTab;
    setTab(next);
    document.getElementById(`${id}-${next}`)?.focus();
  }

  return (
    <>
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
      <div id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${tab}`} className={styles.body}>
        <ReplyBody {...{ tab, stream, state, run, bytes, profile, note, cover, lean }} />
      </div>
    </>
  );
}
