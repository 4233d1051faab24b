import type { Method } from "../reference/reference.ts";
import type { Element } from "./mdx.ts";
import type { PageContext } from "./page-context.ts";

/** A real reply. */
export function replySection(_method: Method, _context: PageContext): Element[] {
  return [];
}
