import type { Method } from "../reference/reference.ts";
import type { Element } from "./mdx.ts";
import type { PageContext } from "./page-context.ts";

/** The command that makes this call, with its flags. */
export function cliSection(_method: Method, _context: PageContext): Element[] {
  return [];
}
