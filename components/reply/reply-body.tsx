"use client";

import type { ReactNode } from "react";
import type { BytesForm, StreamKind } from "../../lib/call/call.ts";
import type { Profile } from "../../lib/call/profile.ts";
import { MetadataTable } from "../run/metadata-table.tsx";
import styles from "../run/reply-panel.module.css";
import type { ReplyTab } from "../run/reply-panel.tsx";
import type { RunState } from "../run/run-state.ts";
import { ErrorNote } from "./error-note.tsx";
import type { RemoteRun } from "./remote-run.ts";
import { TextView } from "./text-view.tsx";
import { Timing } from "./timing.tsx";

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
}: {
  readonly tab: ReplyTab;
  readonly method: string;
  readonly stream: StreamKind;
  readonly state: RunState;
  readonly run: RemoteRun | null;
  readonly bytes: BytesForm;
  readonly profile: Profile | null;
  readonly note: ReactNode;
  readonly cover: ReactNode;
}) {
  switch (tab) {
    case "Headers":
      return (
        <MetadataTable
          entries={state.headers ?? []}
          caption="Response headers"
          empty={state.headers === null ? "No headers yet." : "The daemon sent no headers."}
        />
      );
    case "Trailers":
      return (
        <MetadataTable
          entries={state.trailers ?? []}
          caption="Response trailers"
          empty={state.trailers === null ? "No trailers yet: they come when the call ends." : "No trailers."}
        />
      );
    case "Timing":
      return <Timing state={state} />;
    case "Reply":
      return (
        <>
          {state.error !== null && <ErrorNote error={state.error} profile={profile} />}
          {note}
          {cover ?? <Messages {...{ stream, state, run, bytes }} />}
        </>
      );
  }
}

function Messages({
  stream,
  state,
  run,
  bytes,
}: {
  readonly stream: StreamKind;
  readonly state: RunState;
  readonly run: RemoteRun | null;
  readonly bytes: BytesForm;
}) {
  const conversation = stream === "client-streaming" || stream === "bidi-streaming";
  if (run === null || (state.received === 0 && !(conversation && state.sentCount > 0))) {
    if (state.phase === "running") return <p className={styles.empty}>Waiting for the daemon.</p>;
    return state.error === null ? <p className={styles.empty}>The call ended without a message.</p> : null;
  }
  return (
    <TextView
      run={run}
      bytes={bytes}
      label={stream === "unary" ? "Reply message" : "Messages"}
      followEnd={stream !== "unary"}
    />
  );
}
