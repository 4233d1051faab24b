import { fingerprint, readFragment } from "../../lib/workspace/share-link.ts";
import { loadMethodSchema } from "../run/method-schema.ts";
import type { Brought, RequestText } from "../run/use-request.ts";

export type LinkOpening =
  | { readonly kind: "ok"; readonly request: RequestText; readonly origin: Pick<Brought, "from" | "notes"> }
  /** It is for a method that has another page. */
  | { readonly kind: "elsewhere"; readonly method: string }
  | { readonly kind: "problem"; readonly message: string };

/** What the fragment brings to the page of `method`. Nothing of it is run. */
export async function openLink(fragment: string, method: string): Promise<LinkOpening> {
  const reading = await readFragment(fragment);
  if (reading.kind === "problem") return reading;
  const { shared } = reading;
  if (shared.method !== method) return { kind: "elsewhere", method: shared.method };
  const schema = await loadMethodSchema(method).then(
    ({ image }) => fingerprint(image),
    () => null,
  );
  const notes =
    schema === null || schema === shared.schema
      ? []
      : ["It was made for another version of this method's messages: look whether all fields still fit."];
  return {
    kind: "ok",
    request: { text: shared.request, bytes: shared.bytes },
    origin: { from: "This link", notes },
  };
}
