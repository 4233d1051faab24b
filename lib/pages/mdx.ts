import type { PageInfo } from "./page-file.ts";

/** A value that a prop can hold. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** One component element of a page. Props that are undefined are left out. */
export interface Element {
  readonly tag: string;
  readonly props: Readonly<Record<string, Json | undefined>>;
  readonly children: readonly Element[];
}

/** The element `<tag {...props}>children</tag>`. */
export function element(
  tag: string,
  props: Readonly<Record<string, Json | undefined>> = {},
  children: readonly Element[] = [],
): Element {
  return { tag, props, children };
}

/**
 * The text of one page: a comment that says where it comes from, the `page` export, then one element a line. Nothing
 * but tags, prop names and JSON literals of ours is in it, so that no text of a proto can become MDX or script.
 */
export function mdxText(source: string, page: PageInfo, body: readonly Element[]): string {
  return [
    `{/* Generated from ${commentText(source)} by \`npm run generate\`. Do not edit. */}`,
    "",
    `export const page = ${literal({ ...page })};`,
    "",
    ...body.flatMap((item) => elementLines(item, "")),
    "",
  ].join("\n");
}

function elementLines({ tag, props, children }: Element, indent: string): string[] {
  const attributes = Object.entries(props)
    .filter((entry): entry is [string, Json] => entry[1] !== undefined)
    .map(([name, value]) => ` ${name}={${literal(value)}}`)
    .join("");
  if (children.length === 0) {
    return [`${indent}<${tag}${attributes} />`];
  }
  const inner = children.flatMap((child) => elementLines(child, `${indent}  `));
  return [`${indent}<${tag}${attributes}>`, ...inner, `${indent}</${tag}>`];
}

/** What could end a string, an expression or a script element early, open a tag, or hide from a reader of the diff. */
const ESCAPED = /[<>{}\u2028\u2029]|(?!\n)[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu;

/** A JSON literal that is also safe inside an MDX expression and inside HTML. */
export function literal(value: Json): string {
  if (typeof value === "string") {
    return JSON.stringify(value).replace(ESCAPED, unicodeEscape);
  }
  if (Array.isArray(value)) {
    return `[${value.map(literal).join(",")}]`;
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(([key, item]) => `${literal(key)}:${literal(item)}`);
    return `{${entries.join(",")}}`;
  }
  return JSON.stringify(value);
}

function unicodeEscape(character: string): string {
  const units = Array.from({ length: character.length }, (_, i) => character.charCodeAt(i));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}

function commentText(text: string): string {
  return text.replace(/[^\w./ -]/g, "_");
}
