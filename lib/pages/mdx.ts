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
}

/** The element `<tag {...props}>children</tag>`. */
export function element(
  tag: string,
  props: Readonly<Record<string, Json | undefined>> = {},
  children: readonly Element[] = [],
): Element {
  return { tag, props, children };
}

/** An element that stands on many pages, with its props written out once for all of them. */
export function written(item: Element): Element {
  return { ...item, props: {}, open: openTag(item) };
}

/**
 * The text of one page: a comment that says where it comes from, the `page` export, then one element a line. Nothing
 * but tags, prop names and JSON literals of ours is in it, so that no text of a proto can become MDX or script.
 */
export function mdxText(source: string, page: PageInfo, body: readonly Element[]): string {
  const head =
    `{/* Generated from ${commentText(source)} by \`npm run generate\`. Do not edit. */}\n\n` +
    `export const page = ${literal({ ...page })};\n\n`;
  return `${head}${elementsText(body, "")}`;
}

function elementsText(elements: readonly Element[], indent: string): string {
  let text = "";
  for (const item of elements) {
    const { children } = item;
    text +=
      children.length === 0
        ? `${indent}${openTag(item)} />\n`
        : `${indent}${openTag(item)}>\n${elementsText(children, `${indent}  `)}${indent}</${item.tag}>\n`;
  }
  return text;
}

function openTag({ tag, props, open }: Element): string {
  return open ?? `<${tag}${attributesText(props)}`;
}

/** Props as they stand in a tag, each with a space before it. */
export function attributesText(props: Element["props"]): string {
  let text = "";
  for (const name in props) {
    const value = props[name];
    if (value !== undefined) text += ` ${name}={${literal(value)}}`;
  }
  return text;
}

/** What could end a string, an expression or a script element early, open a tag, or hide from a reader of the diff. */
const ESCAPED = /[<>{}\u2028\u2029]|(?!\n)[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu;

/** Finds at once that a text has none of those, which holds for nearly all. */
const MAYBE_ESCAPED = /[^ !-;=?-z|~]/;

/** A JSON literal that is also safe inside an MDX expression and inside HTML. */
export function literal(value: Json): string {
  if (typeof value === "string") return stringLiteral(value);
  if (Array.isArray(value)) {
    return `[${value.map(literal).join(",")}]`;
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(([key, item]) => `${literal(key)}:${literal(item)}`);
    return `{${entries.join(",")}}`;
  }
  return JSON.stringify(value);
}

/** Texts that were made into literals: descriptions stand on many pages. */
const known = new Map<string, string>();
const MOST_KNOWN = 100_000;

function stringLiteral(value: string): string {
  const found = known.get(value);
  if (found !== undefined) return found;
  const json = JSON.stringify(value);
  const text = MAYBE_ESCAPED.test(json) ? json.replace(ESCAPED, unicodeEscape) : json;
  if (value.length > 20) {
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(value, text);
  }
  return text;
}

function unicodeEscape(character: string): string {
  const units = Array.from({ length: character.length }, (_, i) => character.charCodeAt(i));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}

function commentText(text: string): string {
  return text.replace(/[^\w./ -]/g, "_");
}
