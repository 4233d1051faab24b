import type { Method } from "../reference/reference.ts";
import type { Element } from "./mdx.ts";
import type { PageContext } from "./page-context.ts";

/** What this method refuses, why, and how to mend it. */
export function errorSection(_method: Method, _context: PageContext): Element[] {
  return [];
}
