import { reachedBy, type Use } from "../reference/used-by.ts";
import { localName, methodHref } from "./links.ts";
import { type Element, element } from "./mdx.ts";
import { methodLabel, type PageContext } from "./page-context.ts";

/** How many methods a type's page names, and how many places a list of types names in each of its rows. */
const MAX_METHODS = 30;
const MAX_FIELDS = 60;
const MAX_IN_ROW = 4;

/** The section "Used by" of a type: the methods that have it, and through which fields; then the fields. Nothing where it is unused. */
export function usedByElements(name: string, context: PageContext): Element[] {
  const { found, more } = reachedBy(name, context.uses, MAX_METHODS);
  const fields = (context.uses.get(name) ?? []).filter(({ kind }) => kind === "field");
  const methods = found.map(({ kind, method, path }) => ({
    text: methodLabel(method, context),
    href: methodHref(method, context.basePath),
    as: kind === "request" ? "request" : "reply",
    ...(path === "" ? {} : { path }),
  }));
  const lists = [
    ...(methods.length === 0
      ? []
      : [
          element("UseList", {
            title: "Methods",
            items: methods,
            more: more ? "and more methods, further away" : undefined,
          }),
        ]),
    ...(fields.length === 0
      ? []
      : [
          element("UseList", {
            title: "Fields",
            items: fields.slice(0, MAX_FIELDS).map((use) => useItem(use, context)),
            more: fields.length > MAX_FIELDS ? `and ${fields.length - MAX_FIELDS} more fields` : undefined,
          }),
        ]),
  ];
  return lists.length === 0 ? [] : [element("Section", { title: "Used by", id: "used-by" }, lists)];
}

/** The nearest uses of a type for its row in a list, and how many there are beside them. */
export function usesInRow(name: string, context: PageContext): { uses: UseItem[]; more: number } {
  const all = context.uses.get(name) ?? [];
  const shown = all.length === MAX_IN_ROW + 1 ? all : all.slice(0, MAX_IN_ROW);
  return { uses: shown.map((use) => useItem(use, context)), more: all.length - shown.length };
}

/** One use as a page's props say it; a type alias, since props take no interface. */
type UseItem = { text: string; href: string | null; as: string };

function useItem({ kind, name }: Use, context: PageContext): UseItem {
  const text = kind === "field" ? localName(name, context.packages) : methodLabel(name, context);
  return { text, href: context.links.get(name) ?? null, as: kind };
}
