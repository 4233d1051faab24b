import type { NavigationGroup } from "./navigation.tsx";

/** The pages that hold every word of the filter in their title, group or full name (`trader.submit`). */
export function filterGroups(groups: readonly NavigationGroup[], filter: string): NavigationGroup[] {
  const words = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.length === 0) return [...groups];
  return groups
    .map((group) => ({
      ...group,
      items: group.items.filter(({ title, href }) => {
        const fullName = href.replace(/^\/(reference\/)?/, "").replaceAll("/", ".");
        const text = `${title} ${group.title} ${fullName}`.toLowerCase();
        return words.every((word) => text.includes(word));
      }),
    }))
    .filter(({ items }) => items.length > 0);
}
