import type { TypeAt } from "../../lib/editor/request-types.ts";
import { enumHref, fieldAnchor, messageHref, valueAnchor } from "../../lib/pages/links.ts";

/** The path of a type's page on this site, with the place of the member on it. */
export function typeHref({ kind, type, member }: Pick<TypeAt, "kind" | "type" | "member">): string {
  if (kind === "enum") return enumHref(type) + (member === null ? "" : `#${valueAnchor(member)}`);
  return messageHref(type) + (member === null ? "" : `#${fieldAnchor(member)}`);
}
