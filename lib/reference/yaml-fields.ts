import { isMap, isScalar, isSeq, type ParsedNode, type YAMLMap } from "yaml";
import type { YamlSource } from "./yaml-source.ts";

/** The entries of one mapping of a YAML file, each read as what it has to be. A wrong one ends with a SourceError. */
export interface YamlFields {
  /** Where the mapping begins, for errors. */
  readonly offset: number | undefined;
  /** Throws a SourceError at the entry, or at the mapping where it has none of that name. */
  readonly fail: (key: string, reason: string) => never;
  /** A text on one line or several, or null. Numbers and booleans have to be in quotes. */
  readonly text: (key: string) => string | null;
  readonly needText: (key: string) => string;
  readonly flag: (key: string) => boolean;
  /** A list of texts; one text is a list of one; empty where there is none. */
  readonly texts: (key: string) => readonly string[];
  /** A list of mappings; empty where there is none. */
  readonly maps: (key: string) => readonly YamlFields[];
  /** A list of mappings and texts; empty where there is none. */
  readonly items: (key: string) => readonly (YamlFields | string)[];
}

/** Reads a mapping whose keys are among `keys`; `inner` has the keys of the mappings in its lists, by the list's key. */
export function yamlFields(
  node: ParsedNode | null | undefined,
  keys: readonly string[],
  source: YamlSource,
  inner: Readonly<Record<string, readonly string[]>> = {},
): YamlFields {
  if (!isMap(node)) return source.fail(node?.range?.[0], "expected a mapping");
  const map = node as YAMLMap.Parsed;
  const entries = new Map(
    map.items.map(({ key, value }) => [isScalar(key) ? String(key.value) : "", { key, value }]),
  );
  const offset = map.range[0];
  const at = (key: string) => entries.get(key)?.key.range?.[0] ?? offset;
  const fail = (key: string, reason: string): never => source.fail(at(key), reason);
  for (const key of entries.keys()) {
    if (!keys.includes(key)) fail(key, `${key} is not one of ${keys.join(", ")}`);
  }
  const valueAt = (key: string): ParsedNode | null => entries.get(key)?.value ?? null;
  const text = (key: string): string | null => {
    if (!entries.has(key)) return null;
    return textOf(valueAt(key)) ?? fail(key, `${key} is not a text; quote numbers and booleans`);
  };
  const items = (key: string): readonly (YamlFields | string)[] => {
    const value = valueAt(key);
    if (value === null) return [];
    if (!isSeq(value)) return fail(key, `${key} is not a list`);
    return value.items.map(
      (item) => textOf(item as ParsedNode) ?? yamlFields(item as ParsedNode, inner[key] ?? [], source, inner),
    );
  };
  return {
    offset,
    fail,
    text,
    needText: (key) => text(key) ?? fail(key, `${key} is missing`),
    flag: (key) => {
      const value = valueAt(key);
      if (value === null) return false;
      if (isScalar(value) && typeof value.value === "boolean") return value.value;
      return fail(key, `${key} is neither true nor false`);
    },
    texts: (key) => {
      const value = valueAt(key);
      if (value === null) return [];
      const one = textOf(value);
      if (one !== null) return [one];
      const items = isSeq(value) ? value.items.map((item) => textOf(item as ParsedNode)) : [null];
      return items.map((item) => item ?? fail(key, `${key} is not a list of texts`));
    },
    maps: (key) =>
      items(key).map((item) =>
        typeof item === "string" ? fail(key, `${item} is not a mapping, as ${key} has them`) : item,
      ),
    items,
  };
}

function textOf(node: ParsedNode | null): string | null {
  return isScalar(node) && typeof node.value === "string" ? node.value : null;
}
