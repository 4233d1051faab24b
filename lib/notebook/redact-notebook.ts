import { applyEdits } from "../schema/problem.ts";
import { type FoundSecret, findSecrets, nameSecrets } from "../workspace/secrets.ts";

export interface RedactedNotebook {
  readonly source: string;
  /** What was taken out, in words; null: nothing was. */
  readonly removed: string | null;
}

const REQUEST = /^```json[^\n]*\n([\s\S]*?)^```/gm;

/** The text of a notebook without what looks like a secret, by its form, or by the field of a request that it stands in. */
export function redactNotebook(source: string): RedactedNotebook {
  const found: (FoundSecret & { readonly inRequest: boolean })[] = [];
  let at = 0;
  for (const { 0: whole, 1: request = "", index } of source.matchAll(REQUEST)) {
    const start = index + whole.indexOf("\n") + 1;
    found.push(...inLines(source.slice(at, start), at));
    for (const secret of findSecrets(request)) {
      // An expression names a value of another cell, and is none itself.
      const isExpression = request.slice(secret.offset, secret.offset + secret.length).includes("{{");
      if (!isExpression) found.push({ ...secret, offset: secret.offset + start, inRequest: true });
    }
    at = start + request.length;
  }
  found.push(...inLines(source.slice(at), at));
  const edits = found.map(({ offset, length, what, inRequest }) => {
    // What stands in angle brackets would be a component in prose.
    return { offset, length, text: inRequest ? `<${what}, removed>` : `(${what}, removed)` };
  });
  return { source: applyEdits(source, edits), removed: found.length === 0 ? null : nameSecrets(found) };
}

/** Outside of requests a line is looked at by itself: the whole is no JSON. */
function inLines(text: string, from: number) {
  const found: (FoundSecret & { readonly inRequest: boolean })[] = [];
  let at = from;
  for (const line of text.split("\n")) {
    for (const secret of findSecrets(line))
      found.push({ ...secret, offset: secret.offset + at, inRequest: false });
    at += line.length + 1;
  }
  return found;
}
