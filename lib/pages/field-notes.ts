import type { Doc } from "../reference/reference.ts";
import { linksIn } from "./links.ts";
import { type Element, element } from "./mdx.ts";
import type { PageContext } from "./page-context.ts";

/** The unit without its explanation (`ppb per block`), or the length of the bytes (`33 bytes`). */
export function shortUnit({ unit, bytes }: Doc): string | undefined {
  if (unit !== null) {
    return unit.replace(/ \(.*$/, "");
  }
  const length = /^(\d+)-byte\b/.exec(bytes ?? "")?.[1];
  return length === undefined ? undefined : `${length} bytes`;
}

/** The Markdown of a doc, with the names in it resolved; nothing where there is no text. */
export function docElements(doc: Doc, context: Pick<PageContext, "links">, text = doc.text): Element[] {
  return text === "" ? [] : [element("Doc", { text, links: linksIn(context.links, text) })];
}

/** The tag lines of a doc; a unit only where it says more than its chip. `more` are lines of the page's own. */
export function noteElements(
  doc: Doc,
  context: Pick<PageContext, "links">,
  more: Readonly<Record<string, string | null>> = {},
): Element[] {
  const { limits, default: fallback, bytes } = doc;
  const unit = doc.unit === shortUnit(doc) ? null : doc.unit;
  const present: Record<string, string> = {};
  const texts: Readonly<Record<string, string | null>> = { unit, limits, default: fallback, bytes, ...more };
  for (const name in texts) {
    const text = texts[name];
    if (typeof text === "string") present[name] = text;
  }
  const said = Object.values(present);
  return said.length === 0 ? [] : [element("Notes", { ...present, links: linksIn(context.links, ...said) })];
}
