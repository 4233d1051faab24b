import { type ReactNode, useEffect, useRef, useState } from "react";
import type { Call } from "../../lib/call/call.ts";
import type { RunEvent } from "../../lib/call/run-event.ts";
import { statusName } from "../../lib/call/status.ts";
import type { CellOutput } from "../../lib/notebook/cell-state.ts";
import type { CallCell, WaitCell } from "../../lib/notebook/notebook.ts";
import { CopyButton } from "../reply/copy-button.tsx";
import { ErrorHelp } from "../reply/error-help.tsx";
import { type RemoteRun, showRun } from "../reply/remote-run.ts";
import { type ReplyTab, ReplyTabs } from "../reply/reply-tabs.tsx";
import { SaveMenu } from "../reply/save-menu.tsx";
import type { RunState } from "../run/run-state.ts";
import { SecretCover } from "../safety/secret-cover.tsx";
import styles from "./cell.module.css";
import { cellMethod } from "./cell-method.ts";
import { useNotebook } from "./notebook-context.ts";
import { useNear } from "./use-near.ts";

const PARTS: readonly ReplyTab[] = ["Reply", "Tree", "Table", "Chart"];

/** The reply of a cell as on the method's page: text with lenses, tree, table, chart. Nothing is made of it out of sight. */
export function ReplyOutput({
  cell,
  output,
  standing,
}: {
  readonly cell: CallCell | WaitCell;
  readonly output: Extract<CellOutput, { kind: "reply" }>;
  /** How it went, in a line. */
  readonly standing: ReactNode;
}) {
  const box = useRef<HTMLDivElement>(null);
  const near = useNear(box);
  if (output.error !== null && output.messages.length === 0) {
    return (
      <>
        {standing}
        <div className={styles.expected}>
          <p>
            It failed with {statusName(output.error.code)}, as it was to: <code>{output.error.message}</code>
          </p>
          <ErrorHelp method={output.method} error={output.error} />
        </div>
      </>
    );
  }
  return (
    <div ref={box} className={styles.reply}>
      {standing}
      {near ? <Messages cell={cell} output={output} /> : null}
    </div>
  );
}

function Messages({
  cell,
  output,
}: {
  readonly cell: CallCell | WaitCell;
  readonly output: Extract<CellOutput, { kind: "reply" }>;
}) {
  const { profile, methods } = useNotebook();
  const { stream, safety } = cellMethod(methods, output.method);
  const [shown, setShown] = useState<typeof output | null>(null);
  const [view, setView] = useState<{ readonly run: RemoteRun; readonly state: RunState | null } | null>(null);
  const [broken, setBroken] = useState<string | null>(null);
  const profileId = profile?.id ?? "";

  useEffect(() => {
    const call: Call = {
      profile: profileId,
      method: output.method,
      request: "{}",
      bytes: cell.bytes,
      metadata: [],
      deadlineMs: null,
      compression: "identity",
      confirmation: null,
    };
    setBroken(null);
    const run = showRun(call, eventsOf(output), {
      onState: (state) => setView({ run, state }),
      onBroken: setBroken,
    });
    return () => run.release();
  }, [output, cell.bytes, profileId]);

  if (broken !== null) return <p className={styles.why}>The reply could not be shown: {broken}</p>;
  if (view === null || view.state === null) return null;
  const covered = safety.secretReply && shown !== output;
  return (
    <>
      {!covered && (
        <span className={styles.tools}>
          <CopyButton label="Copy" text={() => view.run.ask({ kind: "text" })} />
          <SaveMenu run={view.run} />
        </span>
      )}
      <ReplyTabs
        stream={stream}
        state={view.state}
        run={view.run}
        bytes={cell.bytes}
        profile={profile}
        only={PARTS}
        lean
        cover={covered ? <SecretCover onShow={() => setShown(output)} /> : null}
      />
    </>
  );
}

function eventsOf({ messages, error }: Extract<CellOutput, { kind: "reply" }>): readonly RunEvent[] {
  return [
    ...messages.map((wire, index): RunEvent => ({ kind: "message", index, wire, atMs: 0 })),
    error === null ? { kind: "trailers", trailers: [], atMs: 0 } : { kind: "error", error, atMs: 0 },
  ];
}
