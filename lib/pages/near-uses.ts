import { type Reach, reachedBy, type UseIndex } from "../reference/used-by.ts";

/** A type that this many methods have near the top says nothing about two of them. */
const COMMON = 6;

/** Type → the methods that have it as their request or reply, or in a field of it; none where they are too many to mean anything. */
export function indexNearUses(
  types: Iterable<string>,
  uses: UseIndex,
): ReadonlyMap<string, readonly Reach[]> {
  const index = new Map<string, readonly Reach[]>();
  for (const type of types) {
    const near = reachedBy(type, uses, 2 * COMMON).found.filter(({ path }) => !path.includes("."));
    if (near.length <= COMMON) index.set(type, near);
  }
  return index;
}
