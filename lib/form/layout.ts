import type { Node } from "jsonc-parser";
import { beginsLine, endOf, indentAt } from "./text-gap.ts";

/** How a text is laid out. */
export interface Layout {
  readonly eol: "\n" | "\r\n";
  /** What one level is indented by. */
  readonly unit: string;
  /** Whether blanks stand within the braces of an object in one line. */
  readonly spaced: boolean;
}

/** A value to be written: JSON as it is, or what is still to be laid out. */
export type NewValue =
  | string
  | { readonly object: readonly (readonly [key: string, value: NewValue])[] }
  | { readonly array: readonly NewValue[] };

/** The layout of a text: its line ends, and the indentation of its first member, or else two spaces. */
export function layoutOf(text: string, root: Node): Layout {
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const first = root.children?.find((child) => beginsLine(text, child.offset));
  const indent =
    first === undefined ? "" : indentAt(text, first.offset).slice(indentAt(text, root.offset).length);
  const spaced = !/\{"/.test(text) || /\{ "/.test(text);
  return { eol, unit: indent === "" ? "  " : indent, spaced };
}

/** Whether an object or array has its members on lines of their own, or would be given them. */
export function isBroken(text: string, node: Node): boolean {
  const children = node.children ?? [];
  if (children.length === 0)
    return gapsBreak(text, node) || hasComment(text, node) || !isWithinLine(text, node);
  return gapsBreak(text, node);
}

/** Whether a line ends between the members of an object or array. */
function gapsBreak(text: string, node: Node): boolean {
  let at = node.offset;
  for (const child of node.children ?? []) {
    if (text.slice(at, child.offset).includes("\n")) return true;
    at = endOf(child);
  }
  return text.slice(at, endOf(node)).includes("\n");
}

function hasComment(text: string, node: Node): boolean {
  return text.slice(node.offset + 1, endOf(node) - 1).trim() !== "";
}

/** Whether an object or array that holds the node has its members in one line. */
function isWithinLine(text: string, node: Node): boolean {
  const holder = node.parent?.type === "property" ? node.parent.parent : node.parent;
  return holder !== undefined && !isBroken(text, holder);
}

/** The value as text. `indent` is that of the line it begins on; null keeps it in one line. */
export function writeValue(value: NewValue, layout: Layout, indent: string | null): string {
  if (typeof value === "string") return value;
  const [open, close] = "object" in value ? ["{", "}"] : ["[", "]"];
  const inner = indent === null ? null : indent + layout.unit;
  const parts =
    "object" in value
      ? value.object.map(([key, each]) => `${JSON.stringify(key)}: ${writeValue(each, layout, inner)}`)
      : value.array.map((each) => writeValue(each, layout, inner));
  if (parts.length === 0) return open + close;
  if (inner === null) {
    const space = layout.spaced && open === "{" ? " " : "";
    return open + space + parts.join(", ") + space + close;
  }
  return `${open}${parts.map((part) => layout.eol + inner + part).join(",")}${layout.eol}${indent}${close}`;
}
