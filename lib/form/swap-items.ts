import type { Node } from "jsonc-parser";
import type { TextEdit } from "../schema/problem.ts";
import { endOf, type Trail, trailOf } from "./text-gap.ts";

/** The edits that have two values change places, with the comments at the ends of their lines where both lines end. */
export function swapItems(text: string, a: Node, b: Node): readonly TextEdit[] {
  const first = readItem(text, a);
  const second = readItem(text, b);
  const values = [
    { offset: a.offset, length: a.length, text: second.value },
    { offset: b.offset, length: b.length, text: first.value },
  ];
  if (first.comments === second.comments || !first.trail.endsLine || !second.trail.endsLine) return values;
  return [...values, ...moveComments(first, second.comments), ...moveComments(second, first.comments)];
}

interface Item {
  readonly value: string;
  /** The comments after it on its line, with the blanks before them. */
  readonly comments: string;
  readonly end: number;
  readonly trail: Trail;
}

function readItem(text: string, node: Node): Item {
  const end = endOf(node);
  const trail = trailOf(text, end);
  const behind =
    trail.comma === null || trail.tail <= trail.comma ? "" : text.slice(trail.comma + 1, trail.tail);
  const comments = text.slice(end, trail.ownEnd) + behind;
  return { value: text.slice(node.offset, end), comments, end, trail };
}

/** Puts comments behind an item, in place of its own. */
function moveComments({ end, trail }: Item, comments: string): TextEdit[] {
  const { comma, ownEnd, tail } = trail;
  if (comma === null || tail <= comma) return [{ offset: end, length: ownEnd - end, text: comments }];
  const behind = { offset: comma + 1, length: tail - comma - 1, text: comments };
  return ownEnd === end ? [behind] : [{ offset: end, length: ownEnd - end, text: "" }, behind];
}
