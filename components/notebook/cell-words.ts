import type { CellState } from "../../lib/notebook/cell-state.ts";
import type { Cell } from "../../lib/notebook/notebook.ts";
import { formatMs } from "../../lib/reply/format.ts";

/** Every kind of cell that is not prose. */
export type RunnableCell = Exclude<Cell, { kind: "prose" }>;

const KINDS: Readonly<Record<RunnableCell["kind"], string>> = {
  call: "Call",
  wait: "Wait",
  expression: "Value",
  check: "Check",
  table: "Table",
  chart: "Chart",
  input: "Your value",
};

/** What kind of cell it is, in a word. */
export function kindWord(cell: RunnableCell): string {
  return KINDS[cell.kind];
}

/** What a cell is called where it is spoken of: `InitAccount`, `The account is open`. */
export function cellName(cell: RunnableCell): string {
  switch (cell.kind) {
    case "call":
    case "wait":
      return shortName(cell.method.text);
    case "expression":
      return cell.as;
    case "check":
      return cell.say;
    case "table":
      return cell.of.text;
    case "chart":
      return cell.title;
    case "input":
      return cell.label;
  }
}

/** `poolrpc.Trader.GetInfo` → `GetInfo` */
export function shortName(method: string): string {
  return method.slice(method.lastIndexOf(".") + 1);
}

/** Where a cell stands, in words; empty for one that was never run. */
export function stateWords(cell: RunnableCell, state: CellState): string {
  switch (state.kind) {
    case "idle":
      return "";
    case "queued":
      return "Waits for its turn";
    case "running":
      return "Running";
    case "done": {
      if (state.output.kind === "passed-over") return "Passed over";
      const word = cell.kind === "check" ? "Holds" : cell.kind === "wait" ? "It came true" : "Done";
      return `${word} · ${formatMs(state.ms)}`;
    }
    case "failed":
      if (state.failure.kind === "stopped") return "Stopped";
      return `${cell.kind === "check" && state.failure.kind === "check" ? "Does not hold" : "Failed"} · ${formatMs(state.ms)}`;
  }
}
