import type { Method } from "../reference/reference.ts";
import type { Element } from "./mdx.ts";
import type { PageContext } from "./page-context.ts";

/** What a macaroon needs for this call. */
export function permissionSection(_method: Method, _context: PageContext): Element[] {
  return [];
}
