import type { PageInfo } from "./page-file.ts";

/** A value that a prop can hold. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** One component element of a page. Props that are undefined are left out. */
export interface Element {
  readonly tag: string;
  readonly props: Readonly<Record<string, Json | undefined>>;
  readonly children: readonly Element[];
  /** The tag as it opens, up to its end, where that is known already; it stands in place of `props`. */
  readonly open?: string;
  /** What comes before the children, where that is known already. */
  readonly lines?: Lines;
}

/** Lines that stand on many pages: their text is made once for each depth. */
export class Lines {
  readonly lines: readonly string[];
  readonly #texts: string[] = [];

  constructor(lines: readonly string[]) {
    this.lines = lines;
  }

  textAt(depth: number): string {
    let text = this.#texts[depth];
    if (text === undefined) {
      const indent = indentAt(depth);
      text = this.lines.map((line) => `${indent}${line}\n`).join("");
      this.#texts[depth] = text;
    }
    return text;
  }
}

const INDENTS = Array.from({ length: 20 }, (_, depth) => "  ".repeat(depth));

function indentAt(depth: number): string {
  return INDENTS[depth] ?? "  ".repeat(depth);
}

/** The element `<tag {...props}>children</tag>`. */
export function element(
  tag: string,
  props: Readonly<Record<string, Json | undefined>> = {},
  children: readonly Element[] = [],
): Element {
  return { tag, props, children };
}

/** An element without children as the line that it is written as. */
export function elementLine(item: Element): string {
  return `${openTag(item)} />`;
}

/**
 * The text of one page: a comment that says where it comes from, the `page` export, then one element a line. Nothing
 * but tags, prop names and JSON literals of ours is in it, so that no text of a proto can become MDX or script.
 */
export function mdxText(source: string, page: PageInfo, body: readonly Element[]): string {
  const head =
    `{/* Generated from ${commentText(source)} by \`npm run generate\`. Do not edit. */}\n\n` +
    `export const page = ${literal({ ...page })};\n\n`;
  const pieces = [head];
  addElements(body, 0, pieces);
  return pieces.join("");
}

function addElements(elements: readonly Element[], depth: number, pieces: string[]): void {
  const indent = indentAt(depth);
  for (const item of elements) {
    const { tag, children, lines } = item;
    pieces.push(indent, openTag(item));
    if (children.length === 0 && (lines === undefined || lines.lines.length === 0)) {
      pieces.push(" />\n");
      continue;
    }
    pieces.push(">\n");
    if (lines !== undefined) pieces.push(lines.textAt(depth + 1));
    if (children.length > 0) addElements(children, depth + 1, pieces);
    pieces.push(indent, "</", tag, ">\n");
  }
}

function openTag({ tag, props, open }: Element): string {
  return open ?? `<${tag}${attributesText(props)}`;
}

/** Props as they stand in a tag, each with a space before it. */
export function attributesText(props: Element["props"]): string {
  const pieces: string[] = [];
  for (const name in props) {
    const value = props[name];
    if (value !== undefined) pieces.push(` ${name}={`, literal(value), "}");
  }
  return pieces.join("");
}

/** What could end a string, an expression or a script element early, open a tag, or hide from a reader of the diff. */
const ESCAPED = /[<>{}\u2028\u2029]|(?!\n)[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu;

/** Text without those and without what JSON escapes, which nearly all is. */
const PLAIN = /^[ !#-;=?-[\]-z|~]*$/;

/** A JSON literal that is also safe inside an MDX expression and inside HTML. */
export function literal(value: Json): string {
  if (typeof value === "string") return stringLiteral(value);
  if (typeof value !== "object" || value === null) return String(value);
  let text = "";
  if (Array.isArray(value)) {
    for (const item of value as readonly Json[]) text += `${text === "" ? "" : ","}${literal(item)}`;
    return `[${text}]`;
  }
  const object = value as { readonly [key: string]: Json };
  for (const key in object) {
    text += `${text === "" ? "" : ","}${stringLiteral(key)}:${literal(object[key] as Json)}`;
  }
  return `{${text}}`;
}

function stringLiteral(value: string): string {
  return PLAIN.test(value) ? `"${value}"` : JSON.stringify(value).replace(ESCAPED, unicodeEscape);
}

function unicodeEscape(character: string): string {
  const units = Array.from({ length: character.length }, (_, i) => character.charCodeAt(i));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}

function commentText(text: string): string {
  return text.replace(/[^\w./ -]/g, "_");
}
