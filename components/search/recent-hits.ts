import type { Hit } from "../../lib/search/query.ts";
import { HIT_KINDS } from "../../lib/search/search-index.ts";

const KEY = "recent-hits";
const MOST = 6;

/** What was last opened from the palette, the newest first. Whatever else is stored there is taken for nothing. */
export function recentHits(): readonly Hit[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(stored) ? stored.filter(isHit).slice(0, MOST) : [];
  } catch {
    return [];
  }
}

/** Notes that a hit was opened. */
export function keepHit(hit: Hit): void {
  const others = recentHits().filter(({ href }) => href !== hit.href);
  localStorage.setItem(KEY, JSON.stringify([hit, ...others].slice(0, MOST)));
}

export function forgetHits(): void {
  localStorage.removeItem(KEY);
}

function isHit(value: unknown): value is Hit {
  if (typeof value !== "object" || value === null) return false;
  const hit = value as Record<string, unknown>;
  const texts = ["title", "context", "href", "text", "kind"].every((name) => typeof hit[name] === "string");
  // Only paths of this site: `//host` would lead to another one.
  return texts && String(hit.kind) in HIT_KINDS && /^\/(?![/\\])/.test(String(hit.href));
}
