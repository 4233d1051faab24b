"use client";

import { type ReactNode, useSyncExternalStore } from "react";
import type { BytesForm, StreamKind } from "../../lib/call/call.ts";
import type { Profile } from "../../lib/call/profile.ts";
import { MetadataTable } from "../run/metadata-table.tsx";
import styles from "../run/reply-panel.module.css";
import type { RunState } from "../run/run-state.ts";
import { ChartView } from "./chart-view.tsx";
import { CopyButton } from "./copy-button.tsx";
import { DiffView } from "./diff-view.tsx";
import { ErrorNote } from "./error-note.tsx";
import type { RemoteRun } from "./remote-run.ts";
import type { ReplyTab } from "./reply-tabs.tsx";
import { SaveMenu } from "./save-menu.tsx";
import { TableView } from "./table-view.tsx";
import { TextView } from "./text-view.tsx";
import { Timing } from "./timing.tsx";
import { TreeView } from "./tree-view.tsx";
import { WireView } from "./wire-view.tsx";
import type { ReplyParts } from "./worker-protocol.ts";

const NO_PARTS: ReplyParts = { tables: [], chart: false, details: [], sentBytes: 0 };

/** What a tab of the reply shows of a run that has begun. */
export function ReplyBody({
  tab,
  stream,
  state,
  run,
  bytes,
  profile,
  note,
  cover,
  lean,
}: {
  readonly tab: ReplyTab;
  readonly stream: StreamKind;
  readonly state: RunState;
  readonly run: RemoteRun | null;
  readonly bytes: BytesForm;
  readonly profile: Profile | null;
  readonly note: ReactNode;
  readonly cover: ReactNode;
  readonly lean: boolean;
}) {
  const parts = useSyncExternalStore(run?.subscribe ?? never, run?.parts ?? noParts, noParts);
  switch (tab) {
    case "Headers":
      return (
        <MetadataTable
          entries={state.headers ?? []}
          caption="Response headers"
          empty={
            state.headers !== null
              ? "The daemon sent no headers."
              : state.phase === "ended"
                ? "No headers came."
                : "No headers yet."
          }
        />
      );
    case "Trailers":
      return (
        <MetadataTable
          entries={state.trailers ?? []}
          caption="Response trailers"
          empty={state.phase === "ended" ? "No trailers." : "No trailers yet: they come when the call ends."}
        />
      );
    case "Timing":
      return <Timing state={state} sentBytes={parts.sentBytes} />;
    default:
      return (
        <>
          {tab === "Reply" && state.error !== null && (
            <ErrorNote error={state.error} details={parts.details} profile={profile} />
          )}
          {tab === "Reply" && note}
          {cover ?? <Messages {...{ tab, stream, state, run, bytes, lean }} />}
        </>
      );
  }
}

/** One of the views of what the messages hold, or why there is nothing to see. */
function Messages({
  tab,
  stream,
  state,
  run,
  bytes,
  lean,
}: {
  readonly tab: ReplyTab;
  readonly stream: StreamKind;
  readonly state: RunState;
  readonly run: RemoteRun | null;
  readonly bytes: BytesForm;
  readonly lean: boolean;
}) {
  const conversation = stream === "client-streaming" || stream === "bidi-streaming";
  const sent = conversation && state.sentCount > 0 && tab === "Reply";
  const empty = run === null || (state.received === 0 && !sent && tab !== "Wire");
  if (empty) {
    if (state.phase === "running") return <p className={styles.empty}>Waiting for the daemon.</p>;
    if (state.error === null) return <p className={styles.empty}>The call ended without a message.</p>;
    return tab === "Reply" ? null : <p className={styles.empty}>No message came.</p>;
  }
  switch (tab) {
    case "Tree":
      return <TreeView run={run} bytes={bytes} profile={state.profile} />;
    case "Table":
      return <TableView run={run} bytes={bytes} />;
    case "Chart":
      return <ChartView run={run} bytes={bytes} />;
    case "Wire":
      return <WireView run={run} bytes={bytes} />;
    case "Diff":
      return <DiffView run={run} bytes={bytes} />;
    default:
      return (
        <TextView
          run={run}
          bytes={bytes}
          profile={state.profile}
          label={stream === "unary" ? "Reply message" : "Messages"}
          streams={stream !== "unary"}
          received={state.received}
          lean={lean}
          actions={
            <>
              <CopyButton label="Copy" text={() => run.ask({ kind: "text" })} />
              <SaveMenu run={run} />
            </>
          }
        />
      );
  }
}

function never(): () => void {
  return () => {};
}

function noParts(): ReplyParts {
  return NO_PARTS;
}
