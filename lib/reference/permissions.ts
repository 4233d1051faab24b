import { isMap, isScalar, isSeq } from "yaml";
import { parseYamlSource } from "./yaml-source.ts";

/** Takes why an entry about another version of the API is left out, instead of an error. */
export type SkipEntry = (why: string) => void;

const PERMISSION = /^[^\s:]+:[^\s:]+$/;

/**
 * The macaroon permissions of each method that the YAML lists, as `entity:action`. `file` is its path, for errors.
 * Throws a SourceError for an entry that is no list of permissions or that names none of `methods`.
 */
export function readPermissions(
  yaml: string,
  file: string,
  methods: ReadonlySet<string>,
  skip?: SkipEntry,
): Map<string, readonly string[]> {
  const { document, fail } = parseYamlSource(yaml, file);
  const permissions = new Map<string, readonly string[]>();
  if (document.contents === null) {
    return permissions;
  }
  if (!isMap(document.contents)) {
    return fail(undefined, "expected a mapping from method to a list of permissions");
  }
  for (const { key, value } of document.contents.items) {
    const method = isScalar(key) ? String(key.value) : "";
    const offset = isScalar(key) ? key.range?.[0] : undefined;
    if (!methods.has(method)) {
      if (skip !== undefined) {
        skip(`${file}: ${method} is no method of the documented files`);
        continue;
      }
      return fail(offset, `${method} is no method of the documented files`);
    }
    const values = isSeq(value) ? value.items.map((item) => (isScalar(item) ? item.value : null)) : [null];
    const list = values.filter((item): item is string => typeof item === "string" && PERMISSION.test(item));
    if (list.length !== values.length) {
      return fail(offset, `the permissions of ${method} are not a list of entity:action`);
    }
    permissions.set(method, list);
  }
  return permissions;
}
