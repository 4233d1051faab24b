import type { DescMethod, FileRegistry, JsonValue } from "@bufbuild/protobuf";
import { isMap, isScalar, isSeq, type YAMLMap } from "yaml";
import { findMethod } from "../schema/registry.ts";
import { bindingFault } from "./check-binding.ts";
import { definitionLine } from "./comments.ts";
import { HTTP_OPTION, optionsJson } from "./definition-options.ts";
import { visibleText } from "./parse-doc.ts";
import type { HttpBinding } from "./reference.ts";
import { SourceError } from "./source-error.ts";
import { parseYamlSource } from "./yaml-source.ts";

const VERBS = ["get", "put", "post", "delete", "patch"] as const;

/**
 * The HTTP rules of a `google.api.Service` YAML by method, additional bindings after their rule. `file` is its path,
 * for errors. Throws a SourceError for a rule that is not understood, or that names a method or field that is not there.
 */
export function readHttpBindings(
  yaml: string,
  file: string,
  registry: FileRegistry,
): Map<string, HttpBinding[]> {
  const { document, fail } = parseYamlSource(yaml, file);
  const rules = document.getIn(["http", "rules"]);
  const bindings = new Map<string, HttpBinding[]>();
  if (!isSeq(rules)) return bindings;
  for (const rule of rules.items) {
    if (!isMap(rule)) {
      return fail(rules.range?.[0], "an HTTP rule is a mapping with selector, a verb and a path");
    }
    const selector = text(rule, "selector");
    const method = selector === null ? undefined : findMethod(registry, selector);
    if (selector === null || method === undefined) {
      return fail(
        rule.range?.[0],
        `the HTTP rule's selector ${selector ?? "(none)"} is no method of the documented files`,
      );
    }
    const additional = rule.get("additional_bindings");
    const all = [rule, ...(isSeq(additional) ? additional.items.filter(isMap) : [])];
    const found = all.map((item) => {
      const read =
        binding((key) => text(item, key), custom(item)) ??
        fail(item.range?.[0], `the HTTP rule of ${selector} has no verb with a path`);
      const fault = bindingFault(read, method);
      return fault === null ? read : fail(item.range?.[0], `the HTTP rule of ${selector}: ${fault}`);
    });
    bindings.set(selector, [...(bindings.get(selector) ?? []), ...found]);
  }
  return bindings;
}

/** What a method's own `google.api.http` option says. `protoRoot` leads to its file, for errors, which are as above. */
export function annotatedBindings(
  method: DescMethod,
  registry: FileRegistry,
  protoRoot: string,
): HttpBinding[] {
  const rule = optionsJson(method.proto.options, registry)[HTTP_OPTION];
  if (!isObject(rule)) return [];
  const { additional_bindings: additional } = rule;
  const all = [rule, ...(Array.isArray(additional) ? additional.filter(isObject) : [])];
  return all.map((item) => {
    const string = (from: JsonObject, key: string) =>
      typeof from[key] === "string" && from[key] !== "" ? visibleText(from[key]) : null;
    const { custom } = item;
    const read = binding(
      (key) => string(item, key),
      isObject(custom) ? { kind: string(custom, "kind"), path: string(custom, "path") } : null,
    );
    const fault = read === null ? "it has no verb with a path" : bindingFault(read, method);
    if (read !== null && fault === null) return read;
    const { proto } = method.parent.file;
    const name = `${method.parent.typeName}.${method.name}`;
    throw new SourceError(
      `${protoRoot}/${proto.name}`,
      definitionLine(proto, name),
      `the option google.api.http of ${name}: ${fault}`,
    );
  });
}

type JsonObject = { readonly [key: string]: JsonValue };

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function binding(
  text: (key: string) => string | null,
  custom: { readonly kind: string | null; readonly path: string | null } | null,
): HttpBinding | null {
  const responseBody = text("response_body");
  const rest = { body: text("body"), ...(responseBody !== null && { responseBody }) };
  for (const verb of VERBS) {
    const path = text(verb);
    if (path !== null) return { verb: verb.toUpperCase(), path, ...rest };
  }
  if (custom === null || custom.kind === null || custom.path === null) return null;
  return { verb: custom.kind, path: custom.path, ...rest };
}

function custom(rule: YAMLMap) {
  const node = rule.get("custom");
  return isMap(node) ? { kind: text(node, "kind"), path: text(node, "path") } : null;
}

function text(map: YAMLMap, key: string): string | null {
  const node = map.get(key, true);
  return isScalar(node) && typeof node.value === "string" ? visibleText(node.value) : null;
}
