import { assertNever } from "../../lib/call/assert-never.ts";
import type { CellFailure, CellOutput, CellState } from "../../lib/notebook/cell-state.ts";
import { readDependencies } from "../../lib/notebook/dependencies.ts";
import type { NotebookMethod } from "../../lib/notebook/host.ts";
import type { Notebook } from "../../lib/notebook/notebook.ts";
import { NotebookRun, START } from "../../lib/notebook/run-notebook.ts";
import { type StoredReply, storeReply } from "../../lib/notebook/stored-reply.ts";
import { writeReply } from "../../lib/schema/reply-text.ts";
import { replyDifference, type StoredOutputs } from "./notebook-outputs.ts";
import type { CellReport, RunnableCell } from "./notebook-report.ts";
import type { NotebookServer } from "./notebook-server.ts";

export interface RunNotebookOptions {
  /** What replies are to be; null: they are not compared. */
  readonly stored: StoredOutputs | null;
  /** Hears of each cell when it has run. */
  readonly onCell: (report: CellReport) => void;
  /** Ends the run in the middle. */
  readonly signal?: AbortSignal;
}

/** Runs all cells of a notebook that has no problems, until one fails. Gives them in the order in which they run. */
export async function runNotebook(
  notebook: Notebook,
  server: NotebookServer,
  { stored, onCell, signal }: RunNotebookOptions,
): Promise<readonly CellReport[]> {
  const { host } = server;
  const run = new NotebookRun(notebook, host);
  const dependencies = readDependencies(notebook);
  const cells = new Map(
    notebook.cells.flatMap((cell) => (cell.kind === "prose" ? [] : [[cell.id, cell] as const])),
  );
  const secret = secretCells(notebook, server, dependencies.dependents);
  const beginning = notebook.info.scenario !== null && host.begin !== null ? [START] : [];
  const order = [...beginning, ...dependencies.order];
  const reports: CellReport[] = [];
  // Methods are looked up beforehand, since a change is heard of in the middle of a run.
  const methods = new Map(
    await Promise.all(
      [...cells.values()].flatMap((cell) =>
        "method" in cell ? [host.methodOf(cell.method.text).then((one) => [cell.id, one] as const)] : [],
      ),
    ),
  );

  const report = (id: string, state: CellState): CellReport => {
    const cell = cells.get(id) ?? null;
    const base = {
      id,
      cell,
      what: cell === null ? `scenario ${notebook.info.scenario}, seed ${notebook.info.seed}` : describe(cell),
      line: cell?.place.line ?? 1,
      hidden: secret.has(id),
      stored: null,
      replies: [],
    };
    switch (state.kind) {
      case "done": {
        const { output, ms } = state;
        if (output.kind === "passed-over") {
          return { ...base, ms, result: { kind: "passed-over", instead: output.instead } };
        }
        const method = methods.get(id);
        const replies = cell === null ? [] : shown(cell, output, method);
        const kept = cell === null ? null : keep(cell, output, method, base.hidden);
        const difference =
          kept === null || stored === null ? null : replyDifference(stored.cells.get(id), kept);
        if (difference === null)
          return { ...base, ms, replies, stored: kept, result: { kind: "passed", output } };
        const failed = { ...difference, line: base.line, parts: [], output };
        return { ...base, ms, replies, stored: kept, result: { kind: "failed", failed } };
      }
      case "failed": {
        const { failure, ms } = state;
        const failed = {
          message: failure.message,
          line: cell === null ? 1 : lineOf(cell, failure),
          parts: failure.kind === "check" ? failure.parts : [],
          diff: [],
          output: null,
        };
        return { ...base, ms, result: { kind: "failed", failed } };
      }
      default:
        return { ...base, ms: 0, result: { kind: "not-run" } };
    }
  };

  const listen = () => {
    for (let id = order[reports.length]; id !== undefined; id = order[reports.length]) {
      const state = run.stateOf(id);
      if (state.kind !== "done" && state.kind !== "failed") return;
      const ended = report(id, state);
      reports.push(ended);
      onCell(ended);
    }
  };
  const off = run.onChange(listen);
  const stop = () => run.stop();
  signal?.addEventListener("abort", stop, { once: true });
  try {
    if (signal?.aborted !== true) await run.runAll();
  } finally {
    off();
    signal?.removeEventListener("abort", stop);
  }
  for (const id of order.slice(reports.length)) {
    const left = report(id, { kind: "idle" });
    reports.push(left);
    onCell(left);
  }
  return reports;
}

/** Cells that show what a secret reply gave: those that get it, and those that make something of it. */
function secretCells(
  notebook: Notebook,
  { isSecret }: NotebookServer,
  dependentsOf: (id: string) => ReadonlySet<string>,
): ReadonlySet<string> {
  const own = notebook.cells.filter((cell) => "method" in cell && isSecret(cell.method.text));
  return new Set(own.flatMap(({ id }) => [id, ...dependentsOf(id)]));
}

function shown(
  cell: RunnableCell,
  output: CellOutput,
  method: NotebookMethod | undefined,
): readonly string[] {
  if (output.kind !== "reply" || method === undefined || !("bytes" in cell)) return [];
  const options = { bytes: cell.bytes, registry: method.registry };
  return output.messages.map((wire) => {
    const written = writeReply(method.method.output, wire, options);
    return written.kind === "ok" ? written.text : written.message;
  });
}

function keep(
  cell: RunnableCell,
  output: CellOutput,
  method: NotebookMethod | undefined,
  hidden: boolean,
): StoredReply | null {
  if (output.kind !== "reply" || method === undefined || (cell.kind !== "call" && cell.kind !== "wait")) {
    return null;
  }
  return storeReply(output, { method, bytes: cell.bytes, varies: cell.varies, secret: hidden });
}

/** What a cell does, in a line. */
function describe(cell: RunnableCell): string {
  switch (cell.kind) {
    case "call":
      return cell.expect === null ? cell.method.text : `${cell.method.text}, which is to fail`;
    case "wait":
      return `${cell.method.text} until ${oneLine(cell.until.text)}`;
    case "expression":
      return oneLine(cell.expression.text);
    case "check":
      return cell.say;
    case "table":
      return `table of ${oneLine(cell.of.text)}`;
    case "chart":
      return cell.title;
    case "input":
      return `${cell.label}: ${cell.value}${cell.unit === null ? "" : ` ${cell.unit}`}`;
    default:
      return assertNever(cell);
  }
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}

/** Where in the file the reason of a failure stands. */
function lineOf(cell: RunnableCell, failure: CellFailure): number {
  switch (cell.kind) {
    case "check":
      return cell.condition.place.line;
    case "expression":
      return cell.expression.place.line;
    case "wait":
      return failure.kind === "timeout" || failure.kind === "expression"
        ? cell.until.place.line
        : cell.place.line;
    case "call":
      return failure.kind === "request" ? (cell.requests[0]?.place.line ?? cell.place.line) : cell.place.line;
    default:
      return cell.place.line;
  }
}
