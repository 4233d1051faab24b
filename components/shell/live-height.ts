const heights = new Map<string, number>();
const listeners = new Set<() => void>();

/** Notes the height of a profile's chain as the header learns it. */
export function noteHeight(profile: string, height: string | null): void {
  const read = height === null ? Number.NaN : Number(height);
  if (!Number.isSafeInteger(read) || heights.get(profile) === read) return;
  heights.set(profile, read);
  for (const listener of listeners) listener();
}

/** The last known height of a profile's chain, or null. */
export function heightOf(profile: string): number | null {
  return heights.get(profile) ?? null;
}

/** Calls `listener` whenever a height changes. Gives the function that ends it. */
export function onHeightChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
