import type { Node } from "jsonc-parser";
import type { TextEdit } from "../schema/problem.ts";
import { isBroken, type Layout, type NewValue, writeValue } from "./layout.ts";
import { beginsLine, commentsEnd, endOf, headOf, indentAt, trailOf } from "./text-gap.ts";

/** A member of an object or, without a key, an item of an array. */
export interface NewChild {
  readonly key: string | null;
  readonly value: NewValue;
}

/** The edits that add a child to an object or array, before its `index`th one, in the manner of its neighbours. */
export function insertChild(
  text: string,
  holder: Node,
  index: number,
  child: NewChild,
  layout: Layout,
): readonly TextEdit[] {
  const children = holder.children ?? [];
  const write = (indent: string | null) =>
    (child.key === null ? "" : `${JSON.stringify(child.key)}: `) + writeValue(child.value, layout, indent);
  return isBroken(text, holder)
    ? insertLine(text, holder, children, index, write, layout)
    : insertInLine(text, holder, children, index, write, layout);
}

type Write = (indent: string | null) => string;

function insertLine(
  text: string,
  holder: Node,
  children: readonly Node[],
  index: number,
  write: Write,
  { eol, unit }: Layout,
): readonly TextEdit[] {
  const outer = indentAt(text, holder.offset);
  const neighbour = children.find((child) => beginsLine(text, child.offset));
  const indent = neighbour === undefined ? outer + unit : indentAt(text, neighbour.offset);
  const line = eol + indent + write(indent);
  const before = children[index - 1];
  if (before !== undefined) {
    const { ownEnd, comma, tail, endsLine } = trailOf(text, endOf(before));
    if (comma === null) return joined(insertion(endOf(before), ","), insertion(ownEnd, line));
    if (endsLine || children[index] === undefined) return [insertion(tail, `${line},`)];
    return [insertion(tail, ` ${write(indent)},`)];
  }
  const head = headOf(text, holder.offset);
  if (children.length > 0) return [insertion(head.tail, head.endsLine ? `${line},` : ` ${write(indent)},`)];
  const last = commentsEnd(text, holder.offset + 1);
  const close = endOf(holder) - 1;
  const rest = text.slice(last, close);
  if (last > holder.offset + 1 && rest.includes("\n")) return [insertion(last, line)];
  return [{ offset: last, length: close - last, text: line + eol + outer }];
}

function insertInLine(
  text: string,
  holder: Node,
  children: readonly Node[],
  index: number,
  write: Write,
  layout: Layout,
): readonly TextEdit[] {
  const before = children[index - 1];
  const open = holder.offset + 1;
  if (before !== undefined) {
    // An item that spans lines is written so where its neighbour does.
    const spans = text.slice(before.offset, endOf(before)).includes("\n");
    const written = write(spans ? indentAt(text, before.offset) : null);
    const { ownEnd, comma, tail } = trailOf(text, endOf(before));
    return [comma === null ? insertion(ownEnd, `, ${written}`) : insertion(tail, ` ${written},`)];
  }
  const written = write(null);
  if (children.length > 0) {
    return [insertion(open, text[open] === " " ? ` ${written},` : `${written}, `)];
  }
  const space = holder.type === "object" && layout.spaced ? " " : "";
  return [{ offset: open, length: endOf(holder) - 1 - open, text: space + written + space }];
}

function insertion(offset: number, text: string): TextEdit {
  return { offset, length: 0, text };
}

/** Two insertions, one where they are at the same place: their order would be open. */
function joined(first: TextEdit, second: TextEdit): readonly TextEdit[] {
  if (first.offset !== second.offset) return [first, second];
  return [insertion(first.offset, first.text + second.text)];
}
