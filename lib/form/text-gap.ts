import type { Node } from "jsonc-parser";

/** What stands after a value of an object or array, up to the next one. Offsets into the text. */
export interface Trail {
  /** Where the comments that follow the value on its line end; the value's end where there are none. */
  readonly ownEnd: number;
  /** Its comma, on whatever line. */
  readonly comma: number | null;
  /** Where the value, its comma and all its comments on this line end. */
  readonly tail: number;
  /** Whether the line ends there. */
  readonly endsLine: boolean;
}

/** What follows the value that ends at `end`. A comment after the comma is the value's where the line ends with it. */
export function trailOf(text: string, end: number): Trail {
  const before = trivia(text, end);
  if (before.next !== ",") {
    return { ownEnd: before.sameLine, comma: null, tail: before.sameLine, endsLine: before.broken };
  }
  const comma = before.end;
  const after = trivia(text, comma + 1);
  const lastOfLine = after.broken || /[}\]]/.test(after.next);
  const tail = !before.broken && lastOfLine ? after.sameLine : comma + 1;
  return { ownEnd: before.sameLine, comma, tail, endsLine: after.broken };
}

/** Where the comments end that follow the opening bracket at `open` on its line, and whether the line ends there. */
export function headOf(text: string, open: number): { readonly tail: number; readonly endsLine: boolean } {
  const { sameLine, broken } = trivia(text, open + 1);
  return broken ? { tail: sameLine, endsLine: true } : { tail: open + 1, endsLine: false };
}

/** Where the last comment before the next token ends; `start` where there is none. */
export function commentsEnd(text: string, start: number): number {
  return trivia(text, start).comments;
}

interface Trivia {
  /** The character that follows; empty at the end of the text. */
  readonly next: string;
  /** Where it is. */
  readonly end: number;
  /** Where the last comment that begins on this line ends. */
  readonly sameLine: number;
  /** Where the last comment ends. */
  readonly comments: number;
  /** Whether a line ends before it. */
  readonly broken: boolean;
}

/** What stands between a token and the next one. */
function trivia(text: string, start: number): Trivia {
  const piece = /(?<line>\r?\n|\r)|(?<comment>\/\/[^\r\n]*|\/\*[\s\S]*?\*\/)|[^\S\r\n]+/y;
  piece.lastIndex = start;
  let end = start;
  let sameLine = start;
  let comments = start;
  let broken = false;
  for (let match = piece.exec(text); match !== null; match = piece.exec(text)) {
    end = piece.lastIndex;
    if (match.groups?.line !== undefined) broken = true;
    if (match.groups?.comment === undefined) continue;
    comments = end;
    if (!broken) sameLine = end;
  }
  const next = text[end] ?? "";
  return { next, end, sameLine, comments, broken: broken || next === "" };
}

/** Where the line that holds the offset begins. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}

/** The blanks that the line of the offset begins with. */
export function indentAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, offset), offset))?.[0] ?? "";
}

/** Whether only blanks stand before the offset on its line. */
export function beginsLine(text: string, offset: number): boolean {
  return text.slice(lineStart(text, offset), offset).trim() === "";
}

/** How many blanks stand from the offset on. */
export function blanksAfter(text: string, offset: number): number {
  let end = offset;
  while (text[end] === " " || text[end] === "\t") end++;
  return end - offset;
}

/** How many blanks stand before the offset. */
export function blanksBefore(text: string, offset: number): number {
  let start = offset;
  while (text[start - 1] === " " || text[start - 1] === "\t") start--;
  return offset - start;
}

/** The offset after the node. */
export function endOf(node: Node): number {
  return node.offset + node.length;
}
