import { namedTypes } from "../reference/method-docs.ts";
import type { Field, HttpBinding } from "../reference/reference.ts";
import { pathVariables, restPlace } from "../reference/rest-place.ts";

/**
 * Where a request's field goes over REST, in words: "body", "path as URL-safe base64", "query as outpoint.txid"; for a method
 * with several bindings each word with its verb. Nothing where it goes with the message that holds it, or has no binding.
 */
export function restWords(
  bindings: readonly HttpBinding[],
  path: readonly string[],
  field: Field,
): string | undefined {
  const words = bindings.map((binding) => ({ binding, word: placeWord(binding, path, field) }));
  const said = words.filter(({ word }) => word !== null);
  if (said.length === words.length && new Set(said.map(({ word }) => word)).size === 1) {
    return said[0]?.word ?? undefined;
  }
  const sameVerb = new Set(bindings.map(({ verb }) => verb)).size < bindings.length;
  const parts = said.map(
    ({ binding: { verb, path: url }, word }) => `${sameVerb ? `${verb} ${url}` : verb}: ${word}`,
  );
  return parts.length === 0 ? undefined : parts.join(" · ");
}

/** Those of the bindings that can send what is inside this field. */
export function bindingsInside(
  bindings: readonly HttpBinding[],
  path: readonly string[],
  field: Field,
): readonly HttpBinding[] {
  return bindings.filter((binding) => restPlace(binding, path, field) !== "none");
}

function placeWord(binding: HttpBinding, path: readonly string[], field: Field): string | null {
  const place = restPlace(binding, path, field);
  const inside = path.length > 1;
  const safe = field.type.kind === "scalar" && field.type.name === "bytes" ? ", URL-safe base64" : "";
  switch (place) {
    case "path":
      return `path${safe}`;
    case "body":
      return inside ? null : "body";
    case "none":
      return "not over REST";
    case "query": {
      // A message has no place of its own in a query, only its fields have.
      if (field.type.kind === "message" && namedTypes(field.type).length > 0) {
        return inside ? null : `query, by its fields`;
      }
      return `query${inside ? ` as ${path.join(".")}` : ""}${safe}`;
    }
  }
}

/** What a binding does with the fields of its request, as one phrase: "fields in the path and the body". */
export function bindingPhrase({ path, body }: HttpBinding): string {
  const inPath = pathVariables(path).length > 0;
  const rest = body === "*" ? "the body" : body === null ? "the query" : `the body (${body}) and the query`;
  return inPath ? `fields in the path and ${rest}` : `fields in ${rest}`;
}
