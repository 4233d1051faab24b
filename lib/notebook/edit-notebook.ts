import type { MdxJsxFlowElement } from "mdast-util-mdx-jsx";
import { applyEdits, type TextEdit } from "../schema/problem.ts";
import { placeOf } from "./component.ts";
import { parseMarkdown } from "./markdown.ts";
import type { Cell, Notebook, Place, SourceText } from "./notebook.ts";

/*
 * Edits of a notebook: each gives the new source text. What an edit is not about stays byte for byte; lines that it writes
 * end as the lines of the source do. Whether the result can be read is for `parseNotebook` to say.
 */

/** Sets the inside of a fenced block: a request, an expression, a condition. */
export function setBlock(notebook: Notebook, block: SourceText, text: string): string {
  return applyEdits(notebook.source, blockEdits(notebook, block, text));
}

/** The edits that set the inside of a fenced block. Its fence becomes longer where the text holds such a fence itself. */
function blockEdits({ source }: Notebook, { place }: SourceText, text: string): TextEdit[] {
  const end = lineEnd(source);
  const opening = source.lastIndexOf("\n", place.start - 2) + 1;
  const openFence = /^\s*(`{3,}|~{3,})/.exec(source.slice(opening, place.start));
  const closing = closingFence(source, place.end);
  const fence = openFence?.[1] ?? "```";
  const needed = fenceFor(text, fence);
  const inside = text === "" ? "" : withLineEnds(text, end) + end;
  const edits: TextEdit[] = [{ offset: place.start, length: closing.line - place.start, text: inside }];
  if (needed === fence || openFence === null) return edits;
  const open = { offset: opening + openFence[0].length - fence.length, length: fence.length, text: needed };
  return [...edits, open, { offset: closing.fence, length: closing.length, text: needed }];
}

/**
 * Sets an attribute of a component; null takes it out. What is no attribute of the component becomes one, and the reader
 * says so.
 */
export function setAttribute(
  notebook: Notebook,
  cell: Exclude<Cell, { kind: "prose" }>,
  name: string,
  value: string | null,
): string {
  return applyEdits(notebook.source, attributeEdits(notebook, cell, name, value));
}

/** The edits that set an attribute. */
export function attributeEdits(
  { source }: Notebook,
  cell: Exclude<Cell, { kind: "prose" }>,
  name: string,
  value: string | null,
): TextEdit[] {
  const tag = readTag(source, cell.place);
  const found = tag.attributes.find((each) => each.name === name);
  if (found === undefined) {
    if (value === null) return [];
    const after = tag.attributes.at(-1)?.place.end ?? tag.nameEnd;
    return [{ offset: after, length: 0, text: ` ${written(name, value, '"')}` }];
  }
  const { start, end } = found.place;
  if (found.text === value) return [];
  if (value !== null) {
    const quote = source[end - 1] === "'" ? "'" : '"';
    return [{ offset: start, length: end - start, text: written(name, value, quote) }];
  }
  const blank = /\s*$/.exec(source.slice(cell.place.start, start))?.[0].length ?? 0;
  return [{ offset: start - blank, length: end - start + blank, text: "" }];
}

/** An attribute as it stands in the source. */
export interface WrittenAttribute {
  readonly name: string;
  /** As it is read: without quotes and escapes. */
  readonly text: string;
  /** From the name's first character past the closing quote. */
  readonly place: Pick<Place, "start" | "end">;
}

/** The attributes of a component, in their order. */
export function attributesOf(
  { source }: Notebook,
  cell: Exclude<Cell, { kind: "prose" }>,
): readonly WrittenAttribute[] {
  return readTag(source, cell.place).attributes;
}

/** Sets the Markdown of a prose cell; a blank one takes the cell out. */
export function setProse(notebook: Notebook, cell: Cell & { kind: "prose" }, text: string): string {
  const trimmed = text.replace(/^(?:[ \t]*\r?\n)+/, "").trimEnd();
  if (trimmed === "") return removeCell(notebook, cell.id);
  const { start, end } = cell.place;
  const edit = {
    offset: start,
    length: end - start,
    text: withLineEnds(trimmed, lineEnd(notebook.source)),
  };
  return applyEdits(notebook.source, [edit]);
}

/** Sets the whole text of a cell, as it stands in the file. */
export function setCellText({ source }: Notebook, { place }: Cell, text: string): string {
  const edit = {
    offset: place.start,
    length: place.end - place.start,
    text: withLineEnds(text, lineEnd(source)),
  };
  return applyEdits(source, [edit]);
}

/** Puts the text of a cell before the one that is now the `index`th (from 0); past the last it comes to the end. */
export function insertCell({ source, cells }: Notebook, index: number, text: string): string {
  const end = lineEnd(source);
  const cell = withLineEnds(text.trim(), end);
  const next = cells[index];
  const previous = cells[Math.min(index, cells.length) - 1];
  if (previous === undefined) {
    if (next === undefined) {
      const before = source.trimEnd();
      return `${before}${end}${end}${cell}${end}`;
    }
    return inserted(source, lineStart(source, next.place.start), `${cell}${end}${end}`);
  }
  const after = next === undefined ? "" : blankLine(source.slice(previous.place.end, next.place.start), end);
  return inserted(source, previous.place.end, `${end}${end}${cell}${after}`);
}

/** Takes a cell out, with the empty lines on one side of it. */
export function removeCell({ source, cells }: Notebook, id: string): string {
  const index = cells.findIndex((cell) => cell.id === id);
  const cell = cells[index];
  if (cell === undefined) return source;
  const next = cells[index + 1];
  const previous = cells[index - 1];
  const start = lineStart(source, cell.place.start);
  if (next !== undefined) return source.slice(0, start) + source.slice(lineStart(source, next.place.start));
  const from = previous?.place.end ?? start;
  return source.slice(0, from) + source.slice(cell.place.end);
}

/** Lets a cell change places with the one before (-1) or after it (1); the same text where there is none. */
export function moveCell({ source, cells }: Notebook, id: string, by: -1 | 1): string {
  const index = cells.findIndex((cell) => cell.id === id);
  const [first, second] = by === 1 ? [cells[index], cells[index + 1]] : [cells[index - 1], cells[index]];
  if (index === -1 || first === undefined || second === undefined) return source;
  const end = lineEnd(source);
  const between = source.slice(first.place.end, second.place.start);
  const third = cells[cells.indexOf(second) + 1];
  const after = third === undefined ? "" : blankLine(source.slice(second.place.end, third.place.start), end);
  return [
    source.slice(0, first.place.start),
    textOf(source, second),
    between + blankLine(between, end),
    textOf(source, first),
    after,
    source.slice(second.place.end),
  ].join("");
}

/** A cell's own text. */
function textOf(source: string, { place }: Cell): string {
  return source.slice(place.start, place.end);
}

/** What makes an empty line of the space between two cells that has none. */
function blankLine(between: string, end: string): string {
  const lines = between.split("\n").length - 1;
  return end.repeat(Math.max(0, 2 - lines));
}

/** How the lines of a source end: as its first one does. */
export function lineEnd(source: string): "\r\n" | "\n" {
  const first = source.indexOf("\n");
  return first > 0 && source[first - 1] === "\r" ? "\r\n" : "\n";
}

function withLineEnds(text: string, end: string): string {
  return text.replaceAll(/\r\n|\r|\n/g, end);
}

function inserted(source: string, offset: number, text: string): string {
  return source.slice(0, offset) + text + source.slice(offset);
}

/** Where the line of an offset begins, if only blanks stand before it there; else the offset. */
function lineStart(source: string, offset: number): number {
  const start = offset - (/[ \t]*$/.exec(source.slice(0, offset))?.[0].length ?? 0);
  return start === 0 || source[start - 1] === "\n" ? start : offset;
}

function closingFence(source: string, from: number): { line: number; fence: number; length: number } {
  const lines = /(?:[ \t]*\r?\n)*( {0,3})(`{3,}|~{3,})/y;
  lines.lastIndex = from;
  const match = lines.exec(source);
  const [whole = "", indent = "", fence = ""] = match ?? [];
  const at = from + whole.length - fence.length;
  return { line: at - indent.length, fence: at, length: fence.length };
}

/** A fence that the text does not close. */
function fenceFor(text: string, fence: string): string {
  const mark = fence[0] ?? "`";
  const runs = text.split(/\r?\n/).map((line) => {
    const run = /^ {0,3}(`+|~+)/.exec(line)?.[1] ?? "";
    return run[0] === mark ? run.length : 0;
  });
  return mark.repeat(Math.max(fence.length, ...runs.map((length) => length + 1)));
}

interface Tag {
  readonly nameEnd: number;
  readonly attributes: readonly WrittenAttribute[];
}

function readTag(source: string, place: Place): Tag {
  const [element] = parseMarkdown(source.slice(place.start, place.end)).children;
  if (element?.type !== "mdxJsxFlowElement") throw new Error("a component begins where its cell does");
  const { name, attributes } = element as MdxJsxFlowElement;
  return {
    nameEnd: place.start + 1 + (name ?? "").length,
    attributes: attributes.flatMap((attribute) => {
      if (attribute.type !== "mdxJsxAttribute" || typeof attribute.value === "object") return [];
      const { start, end } = placeOf(attribute.position);
      const at = { start: place.start + start, end: place.start + end };
      return [{ name: attribute.name, text: attribute.value ?? "", place: at }];
    }),
  };
}

/** `name="value"`, in the quotes that need no escape where one does. */
function written(name: string, value: string, preferred: '"' | "'"): string {
  const other = preferred === '"' ? "'" : '"';
  const quote = value.includes(preferred) && !value.includes(other) ? other : preferred;
  const line = value
    .replaceAll(/\s*[\r\n]+\s*/g, " ")
    .replaceAll(/&(?=[#\w])/g, "&amp;")
    .replaceAll(quote, quote === '"' ? "&quot;" : "&apos;");
  return `${name}=${quote}${line}${quote}`;
}
