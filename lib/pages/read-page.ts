import type { Element, Json } from "./mdx.ts";
import type { PageInfo } from "./page-file.ts";

/** What a generated page says. */
export interface ReadPage {
  readonly info: PageInfo;
  readonly body: readonly Element[];
}

/** Reads the text of a generated page back into what it was written from. Throws on text that was not written by us. */
export function readPage(text: string): ReadPage {
  let info: PageInfo | null = null;
  const body: Element[] = [];
  /** The open elements, outermost first. */
  const open: { tag: string; children: Element[] }[] = [];
  for (const [i, line] of text.split("\n").entries()) {
    const trimmed = line.trim();
    if (trimmed === "" || trimmed.startsWith("{/*")) continue;
    const exported = /^export const page = (.*);$/.exec(trimmed)?.[1];
    if (exported !== undefined) {
      info = JSON.parse(exported) as PageInfo;
    } else if (trimmed.startsWith("</")) {
      open.pop();
    } else {
      const read = readTag(trimmed, i + 1);
      const children: Element[] = [];
      (open.at(-1)?.children ?? body).push({ tag: read.tag, props: read.props, children });
      if (!read.closed) open.push({ tag: read.tag, children });
    }
  }
  if (info === null) throw new Error("a generated page has no `export const page`");
  return { info, body };
}

function readTag(
  line: string,
  number: number,
): { tag: string; props: Record<string, Json>; closed: boolean } {
  const tag = /^<(\w+)/.exec(line)?.[1];
  if (tag === undefined) throw new Error(`line ${number} of a generated page is no element: ${line}`);
  const props: Record<string, Json> = {};
  let at = tag.length + 1;
  for (;;) {
    const name = /^ (\w+)=\{/.exec(line.slice(at, at + 80))?.[1];
    if (name === undefined) break;
    const from = at + name.length + 3;
    const end = endOfLiteral(line, from);
    props[name] = JSON.parse(line.slice(from, end)) as Json;
    at = end + 1;
  }
  const rest = line.slice(at);
  if (rest !== ">" && rest !== " />") throw new Error(`line ${number} of a generated page is cut: ${line}`);
  return { tag, props, closed: rest === " />" };
}

/** Where the brace closes that stands before `from`. Strings have no braces in them: they are written as escapes. */
function endOfLiteral(line: string, from: number): number {
  let depth = 1;
  let at = from;
  while (at < line.length) {
    const character = line[at];
    if (character === "{") depth++;
    else if (character === "}" && --depth === 0) return at;
    at++;
  }
  return at;
}
