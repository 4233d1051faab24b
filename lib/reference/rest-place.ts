import type { Field, HttpBinding } from "./reference.ts";

/** Where a request's field goes in an HTTP request. `none`: it cannot be sent over this binding. */
export type RestPlace = "path" | "query" | "body" | "none";

/** The names in braces of a path template, in order: `a.b` for both `{a.b}` and `{a.b=shelves/*}`. */
export function pathVariables(path: string): string[] {
  return [...path.matchAll(/\{([^{}=]+)(?:=[^{}]*)?\}/g)].map(([, name = ""]) => name.trim());
}

/**
 * Where the field at `path` (short names from the request message down, `["outpoint", "txid"]`) goes, by the rules of
 * `google.api.HttpRule` as a gRPC gateway follows them.
 */
export function restPlace(
  { path: template, body }: HttpBinding,
  path: readonly string[],
  field: Pick<Field, "type" | "cardinality">,
): RestPlace {
  if (pathVariables(template).includes(path.join("."))) return "path";
  if (body === "*" || (body !== null && body === path[0])) return "body";
  return fitsQuery(field) ? "query" : "none";
}

/** A query holds scalars, lists of them and maps of them; a message by its own fields, lists of messages not at all. */
function fitsQuery({ type, cardinality }: Pick<Field, "type" | "cardinality">): boolean {
  switch (type.kind) {
    case "scalar":
    case "enum":
      return true;
    case "message":
      return cardinality !== "repeated";
    case "map":
      return type.value.kind !== "message";
  }
}
