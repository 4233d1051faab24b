import { namedTypes } from "../reference/method-docs.ts";
import type { Field, HttpBinding, Message } from "../reference/reference.ts";
import { pathVariables, restPlace } from "../reference/rest-place.ts";

/**
 * Where a request's field goes over REST, in words: "body", "path as URL-safe base64", "query as outpoint.txid"; for a method
 * with several bindings each word with its verb. Nothing where it goes with the message that holds it, or has no binding.
 */
export function restWords(
  bindings: readonly HttpBinding[],
  path: readonly string[],
  field: Pick<Field, "type" | "cardinality">,
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
  field: Pick<Field, "type" | "cardinality">,
): readonly HttpBinding[] {
  return bindings.filter((binding) => restPlace(binding, path, field) !== "none");
}

function placeWord(
  binding: HttpBinding,
  path: readonly string[],
  field: Pick<Field, "type" | "cardinality">,
): string | null {
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

/** Where a binding has the fields of its request, as one phrase: "fields in the path and the body", "no fields". */
export function bindingPhrase(binding: HttpBinding, request: Message | undefined): string {
  if (request === undefined) return "fields as in the binding";
  if (request.fields.length === 0) return "no fields";
  const tops = new Set(pathVariables(binding.path).map((name) => name.split(".")[0]));
  const places = new Set(
    request.fields.map((field) => {
      const place = restPlace(binding, [field.shortName], field);
      return place === "none" ? null : place;
    }),
  );
  if (tops.size > 0) places.add("path");
  const words = (["path", "query", "body"] as const).filter((place) => places.has(place));
  return words.length === 0 ? "no fields" : `fields in the ${words.join(" and the ")}`;
}
