import type { RecentValue } from "../../lib/editor/recent-values.ts";

/** More values than these are forgotten, the oldest first. */
const mostOfProfile = 300;

/** Characters of `sessionStorage` that one profile may take. */
const mostCharacters = 200_000;

const key = (profile: string) => `recent:${profile}`;

const known = new Map<string, readonly RecentValue[]>();
const listeners = new Set<() => void>();
const none: readonly RecentValue[] = [];

/**
 * Keeps values of a reply for later requests to the same profile, until the tab is closed. The newest come first. Must
 * not be called for a method whose safety says `secretReply`.
 */
export function rememberRecent(profile: string, values: readonly RecentValue[]): void {
  if (values.length === 0) return;
  const all = new Map<string, RecentValue>();
  for (const value of [...values, ...recentValues(profile)]) {
    const id = `${value.form} ${value.field} ${value.value}`;
    if (!all.has(id)) all.set(id, value);
  }
  let kept = [...all.values()].slice(0, mostOfProfile);
  while (kept.length > 0 && JSON.stringify(kept).length > mostCharacters) {
    kept = kept.slice(0, Math.floor(kept.length / 2));
  }
  known.set(profile, kept);
  try {
    sessionStorage.setItem(key(profile), JSON.stringify(kept));
  } catch {
    // Full or forbidden: the page's own memory has them.
  }
  for (const listener of listeners) listener();
}

/** The values seen in replies of the profile, newest first. The same array until they change. */
export function recentValues(profile: string): readonly RecentValue[] {
  let values = known.get(profile);
  if (values === undefined) {
    values = stored(profile);
    known.set(profile, values);
  }
  return values;
}

/** Calls `listener` whenever values change. Gives the function that ends it, as `useSyncExternalStore` wants. */
export function onRecentChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function stored(profile: string): readonly RecentValue[] {
  try {
    const read: unknown = JSON.parse(sessionStorage.getItem(key(profile)) ?? "[]");
    return Array.isArray(read) ? read.filter(isRecentValue) : none;
  } catch {
    return none;
  }
}

function isRecentValue(value: unknown): value is RecentValue {
  if (typeof value !== "object" || value === null) return false;
  const { field, form, value: text, bytesKind, label } = value as Record<string, unknown>;
  return (
    typeof field === "string" &&
    (form === "bytes" || form === "string" || form === "integer") &&
    typeof text === "string" &&
    (bytesKind === null || typeof bytesKind === "string") &&
    typeof label === "string"
  );
}
