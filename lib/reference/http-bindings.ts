import { isMap, isScalar, isSeq, type YAMLMap } from "yaml";
import { visibleText } from "./parse-doc.ts";
import type { HttpBinding } from "./reference.ts";
import { parseYamlSource } from "./yaml-source.ts";

const VERBS = ["get", "put", "post", "delete", "patch"] as const;

/**
 * The HTTP rules of a `google.api.Service` YAML by method, additional bindings after their rule. `file` is its path,
 * for errors. Throws a SourceError for a rule that is not understood or that names none of `methods`.
 */
export function readHttpBindings(
  yaml: string,
  file: string,
  methods: ReadonlySet<string>,
): Map<string, HttpBinding[]> {
  const { document, fail } = parseYamlSource(yaml, file);
  const rules = document.getIn(["http", "rules"]);
  const bindings = new Map<string, HttpBinding[]>();
  if (!isSeq(rules)) {
    return bindings;
  }
  for (const rule of rules.items) {
    if (!isMap(rule)) {
      return fail(rules.range?.[0], "an HTTP rule is a mapping with selector, a verb and a path");
    }
    const offset = rule.range?.[0];
    const selector = text(rule, "selector");
    if (selector === null || !methods.has(selector)) {
      return fail(
        offset,
        `the HTTP rule's selector ${selector ?? "(none)"} is no method of the documented files`,
      );
    }
    const additional = rule.get("additional_bindings");
    const all = [rule, ...(isSeq(additional) ? additional.items.filter(isMap) : [])];
    const found = all.map(
      (item) =>
        binding(item) ?? fail(item.range?.[0], `the HTTP rule of ${selector} has no verb with a path`),
    );
    bindings.set(selector, [...(bindings.get(selector) ?? []), ...found]);
  }
  return bindings;
}

function binding(rule: YAMLMap): HttpBinding | null {
  const body = text(rule, "body");
  for (const verb of VERBS) {
    const path = text(rule, verb);
    if (path !== null) {
      return { verb: verb.toUpperCase(), path, body };
    }
  }
  const custom = rule.get("custom");
  if (isMap(custom)) {
    const verb = text(custom, "kind");
    const path = text(custom, "path");
    return verb !== null && path !== null ? { verb, path, body } : null;
  }
  return null;
}

function text(map: YAMLMap, key: string): string | null {
  const node = map.get(key, true);
  return isScalar(node) && typeof node.value === "string" ? visibleText(node.value) : null;
}
