import { basePathAt, methodHref } from "../../lib/pages/links.ts";
import { nameSecrets, redact } from "../../lib/workspace/secrets.ts";
import { fingerprint, writeFragment } from "../../lib/workspace/share-link.ts";
import { loadMethodSchema } from "../run/method-schema.ts";
import type { RequestText } from "../run/use-request.ts";

export type LinkMaking =
  /** `removed`: what was left out of it, in words; null where nothing was. */
  | { readonly kind: "ok"; readonly url: string; readonly removed: string | null }
  | { readonly kind: "problem"; readonly message: string };

/** The address of a method's page that brings this request: method and request, and nothing else. */
export async function makeLink(method: string, { text, bytes }: RequestText): Promise<LinkMaking> {
  const { image } = await loadMethodSchema(method);
  const redacted = redact(text);
  const fragment = await writeFragment({
    method,
    request: redacted.text,
    bytes,
    schema: fingerprint(image),
  });
  if (fragment === null) {
    return {
      kind: "problem",
      message: "The request is too large for a link. Save it to a collection and share its file instead.",
    };
  }
  const removed = redacted.found.length === 0 ? null : nameSecrets(redacted.found);
  return {
    kind: "ok",
    url: `${location.origin}${methodHref(method, basePathAt(location.pathname))}#${fragment}`,
    removed,
  };
}
