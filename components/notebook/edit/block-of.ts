import type { Cell, SourceText } from "../../../lib/notebook/notebook.ts";

/** Which of a cell's blocks of code: `request 0`, `until`, `expression`, `condition`. */
export type BlockName = `request ${number}` | "until" | "expression" | "condition";

/** A cell's block; null where it has none of the name. */
export function blockOf(cell: Cell, name: BlockName): SourceText | null {
  switch (cell.kind) {
    case "call":
      return requestOf(cell.requests, name);
    case "wait":
      return name === "until" ? cell.until : requestOf(cell.requests, name);
    case "expression":
      return name === "expression" ? cell.expression : null;
    case "check":
      return name === "condition" ? cell.condition : null;
    default:
      return null;
  }
}

function requestOf(requests: readonly SourceText[], name: BlockName): SourceText | null {
  return name.startsWith("request ") ? (requests[Number(name.slice("request ".length))] ?? null) : null;
}
