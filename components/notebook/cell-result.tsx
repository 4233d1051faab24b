import { lazy, type ReactNode, Suspense, useEffect, useState } from "react";
import { assertNever } from "../../lib/call/assert-never.ts";
import type { CellFailure, CellOutput, CellState, Progress } from "../../lib/notebook/cell-state.ts";
import styles from "./cell.module.css";
import { type RunnableCell, stateWords } from "./cell-words.ts";
import { useNotebook } from "./notebook-context.ts";
import { useSettled } from "./use-settled.ts";

const ReplyOutput = lazy(() =>
  import("./reply-output.tsx").then(({ ReplyOutput }) => ({ default: ReplyOutput })),
);
const CallFailure = lazy(() =>
  import("./call-failure.tsx").then(({ CallFailure }) => ({ default: CallFailure })),
);
const ValueOutput = lazy(() =>
  import("./value-output.tsx").then(({ ValueOutput }) => ({ default: ValueOutput })),
);
const TableOutput = lazy(() =>
  import("./table-output.tsx").then(({ TableOutput }) => ({ default: TableOutput })),
);
const ChartOutput = lazy(() =>
  import("./chart-output.tsx").then(({ ChartOutput }) => ({ default: ChartOutput })),
);
const CheckParts = lazy(() =>
  import("./check-parts.tsx").then(({ CheckParts }) => ({ default: CheckParts })),
);

/** Where a cell stands, and what it came to. */
export function CellResult({ cell, state }: { readonly cell: RunnableCell; readonly state: CellState }) {
  if (cell.kind === "input") return null;
  switch (state.kind) {
    case "idle":
      return null;
    case "queued":
      return <p className={styles.state}>{stateWords(cell, state)}</p>;
    case "running":
      return <Running cell={cell} progress={state.progress} />;
    case "done":
      return (
        <div className={styles.result}>
          <Suspense
            fallback={
              <>
                <StateLine cell={cell} state={state} />
                <div className={styles.loading} />
              </>
            }
          >
            <Output cell={cell} output={state.output} standing={<StateLine cell={cell} state={state} />} />
          </Suspense>
        </div>
      );
    case "failed":
      return (
        <div className={styles.result}>
          <StateLine cell={cell} state={state} />
          <Suspense fallback={null}>
            <Failure cell={cell} failure={state.failure} />
          </Suspense>
        </div>
      );
    default:
      return assertNever(state);
  }
}

function StateLine({
  cell,
  state,
}: {
  readonly cell: RunnableCell;
  readonly state: Extract<CellState, { kind: "done" | "failed" }>;
}) {
  const asked =
    state.kind === "done" && state.output.kind === "reply" && cell.kind === "wait"
      ? ` · asked ${times(state.output.attempts)}`
      : "";
  const messages =
    state.kind === "done" && state.output.kind === "reply" && state.output.messages.length > 1
      ? ` · ${state.output.messages.length.toLocaleString("en-US")} messages`
      : "";
  return (
    <>
      <p className={styles.state} data-kind={state.kind}>
        {stateWords(cell, state)}
        {asked}
        {messages}
      </p>
      {state.fresh === "stale" && (
        <p className={styles.stale}>
          <strong>Stale.</strong> What it depends on has changed since it ran
          {cell.kind === "call" ? ": this is what came before." : "."}
        </p>
      )}
    </>
  );
}

/** A cell that runs: what came so far, and of a wait how long it goes on. Nothing for what is over at once. */
function Running({ cell, progress }: { readonly cell: RunnableCell; readonly progress: Progress }) {
  const settled = useSettled(true);
  const elapsed = useElapsed(progress.startedAt);
  const { replies, timeoutMs } = progress;
  const words = [
    "Running",
    replies === 0
      ? null
      : cell.kind === "wait"
        ? `asked ${times(replies)}`
        : `${replies} ${replies === 1 ? "message" : "messages"}`,
    timeoutMs === null ? null : `gives up in ${Math.max(0, Math.ceil((timeoutMs - elapsed) / 1_000))} s`,
  ].filter((word) => word !== null);
  return (
    <div className={styles.running} data-settled={settled}>
      <p className={styles.state} data-kind="running">
        {words.join(" · ")}
      </p>
      {timeoutMs !== null && (
        <progress
          className={styles.progress}
          max={timeoutMs}
          value={Math.min(elapsed, timeoutMs)}
          aria-label="Time until it gives up"
        />
      )}
    </div>
  );
}

function Output({
  cell,
  output,
  standing,
}: {
  readonly cell: RunnableCell;
  readonly output: CellOutput;
  readonly standing: ReactNode;
}) {
  const { profile } = useNotebook();
  switch (output.kind) {
    case "reply":
      return cell.kind === "call" || cell.kind === "wait" ? (
        <ReplyOutput cell={cell} output={output} standing={standing} />
      ) : null;
    case "passed-over":
      return (
        <>
          {standing}
          <p className={styles.passed}>
            {profile?.label ?? "This profile"} does not serve it. {output.instead}
          </p>
        </>
      );
    case "value":
      return <ValueOutput value={output.value} standing={standing} />;
    case "held":
      return standing;
    case "table":
      return (
        <>
          {standing}
          <TableOutput output={output} label={cell.kind === "table" ? cell.of.text : ""} />
        </>
      );
    case "chart":
      return cell.kind === "chart" ? (
        <>
          {standing}
          <ChartOutput cell={cell} points={output.points} />
        </>
      ) : null;
    default:
      return assertNever(output);
  }
}

function Failure({ cell, failure }: { readonly cell: RunnableCell; readonly failure: CellFailure }) {
  const { session } = useNotebook();
  switch (failure.kind) {
    case "call":
      return failure.error === null || cell.kind === "check" ? (
        <Why>{failure.message}</Why>
      ) : (
        <CallFailure cell={cell} error={failure.error} />
      );
    case "check":
      return <CheckParts parts={failure.parts} />;
    case "needs":
      return (
        <Why>
          It needs what{" "}
          <a href={`#cell-${failure.cell}`}>
            <code>{failure.cell}</code>
          </a>{" "}
          gives.{" "}
          <button type="button" className={styles.inline} onClick={() => void session?.runTo(cell.id)}>
            Run to here
          </button>
        </Why>
      );
    case "expression":
    case "request":
    case "input":
    case "timeout":
      return <Why>{failure.message}</Why>;
    case "stopped":
      return <p className={styles.passed}>{failure.message}</p>;
    default:
      return assertNever(failure);
  }
}

function Why({ children }: { readonly children: ReactNode }) {
  return <p className={styles.why}>{children}</p>;
}

/** `once`, `4 times` */
function times(count: number): string {
  return count === 1 ? "once" : `${count.toLocaleString("en-US")} times`;
}

/** Milliseconds since a time of `performance.now()`, anew five times a second. */
function useElapsed(startedAt: number): number {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 200);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, now - startedAt);
}
