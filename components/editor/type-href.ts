import type { TypeAt } from "../../lib/editor/request-types.ts";
import { basePathAt, enumHref, fieldAnchor, messageHref, valueAnchor } from "../../lib/pages/links.ts";

/** The path of a type's page, with the place of the member on it, for the API whose method the page that is open is of. */
export function typeHref({ kind, type, member }: Pick<TypeAt, "kind" | "type" | "member">): string {
  const base = basePathAt(location.pathname);
  if (kind === "enum") return enumHref(type, base) + (member === null ? "" : `#${valueAnchor(member)}`);
  return messageHref(type, base) + (member === null ? "" : `#${fieldAnchor(member)}`);
}
