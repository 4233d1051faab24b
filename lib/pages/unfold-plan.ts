import type { ShownType } from "./shown-types.ts";

/**
 * Which fields of `root` have their type written out on the page itself: their paths, `bid.details`, and the type. Level
 * by level, each type once and none inside itself, up to `budget` fields and values: what is left out is fetched when it
 * is unfolded.
 */
export function planUnfolds(
  root: ShownType,
  types: ReadonlyMap<string, ShownType>,
  budget: number,
): ReadonlyMap<string, ShownType> {
  const planned = new Map<string, ShownType>();
  const seen = new Set([root.name]);
  const queue = [{ path: "", type: root }];
  let left = budget;
  for (const item of queue) {
    for (const { shortName, inner } of item.type.fields) {
      if (inner === null || seen.has(inner.name)) continue;
      const type = types.get(inner.name);
      const size = type === undefined ? 0 : type.fields.length + type.values.length;
      if (type === undefined || size > left) continue;
      const path = item.path + shortName;
      seen.add(inner.name);
      planned.set(path, type);
      left -= size;
      queue.push({ path: `${path}.`, type });
    }
  }
  return planned;
}
