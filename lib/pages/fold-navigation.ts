import type { NavigationGroup } from "./navigation.ts";

/** With more pages than this, an API's navigation would outweigh its pages. */
const MOST_ITEMS = 150;

interface Folded {
  readonly title: string;
  readonly href: string;
  readonly source: string;
}

/**
 * An API's groups as every page carries them. Those of a large API are folded to a link each; what they hold is in
 * `files`, by the path that it is loaded from: `/navigation/reference/0.json`.
 */
export function foldNavigation(
  groups: readonly NavigationGroup[],
  base: string,
): { groups: (NavigationGroup | Folded)[]; files: Map<string, NavigationGroup["items"]> } {
  const files = new Map<string, NavigationGroup["items"]>();
  const count = groups.reduce((sum, { items }) => sum + items.length, 0);
  if (count <= MOST_ITEMS) return { groups: [...groups], files };
  const folded = groups.map((group, i) => {
    const first = group.items[0]?.href ?? base;
    const href = first.slice(0, first.lastIndexOf("/"));
    // What lies right below the base is of no group: few pages, that lead everywhere.
    if (href === base || group.items.some((item) => !item.href.startsWith(`${href}/`))) return group;
    const source = `/navigation${base}/${i}.json`;
    files.set(source, group.items);
    return { title: group.title, href, source };
  });
  return { groups: folded, files };
}
