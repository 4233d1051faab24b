import type { Node } from "jsonc-parser";
import type { TextEdit } from "../schema/problem.ts";
import { beginsLine, blanksAfter, blanksBefore, endOf, lineStart, trailOf } from "./text-gap.ts";

/** The edits that take a child out of an object or array, with its comma and the comment at the end of its line. */
export function removeChild(text: string, holder: Node, child: Node): readonly TextEdit[] {
  const children = holder.children ?? [];
  const index = children.indexOf(child);
  const trail = trailOf(text, endOf(child));
  const ownLine = trail.comma === null || !text.slice(endOf(child), trail.comma).includes("\n");
  const end = ownLine ? trail.tail : trail.ownEnd;
  if (children.length === 1) {
    const close = endOf(holder) - 1;
    const rest = text.slice(holder.offset + 1, child.offset) + text.slice(end, close);
    if (rest.trim() === "") return [removal(holder.offset + 1, close)];
  }
  const edits = [removal(...wholePlace(text, child.offset, end))];
  if (!ownLine && trail.comma !== null) edits.push(removal(trail.comma, trail.comma + 1));
  const before = children[index - 1];
  if (trail.comma === null && before !== undefined) {
    const { comma } = trailOf(text, endOf(before));
    if (comma !== null) edits.push(removal(comma, comma + 1));
  }
  return edits;
}

/** The range with the blanks, or the whole line, that would be left behind. */
function wholePlace(text: string, start: number, end: number): [start: number, end: number] {
  const rest = end + blanksAfter(text, end);
  const lineBreak = /^\r?\n/.exec(text.slice(rest, rest + 2))?.[0];
  const first = beginsLine(text, start);
  if (lineBreak !== undefined && first) return [lineStart(text, start), rest + lineBreak.length];
  if (lineBreak !== undefined || /[}\]]/.test(text[rest] ?? "")) {
    return first ? [start, rest] : [start - blanksBefore(text, start), end];
  }
  return [start, rest];
}

function removal(start: number, end: number): TextEdit {
  return { offset: start, length: end - start, text: "" };
}
