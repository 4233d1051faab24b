import type { DescField, DescMessage, Registry } from "@bufbuild/protobuf";
import { isMap, isScalar, type ParsedNode, type YAMLMap } from "yaml";
import { type ApiSafety, type MethodSafety, PLAIN_SAFETY } from "../call/safety.ts";
import { findMethod } from "../schema/registry.ts";
import type { SkipEntry } from "./permissions.ts";
import { SourceError } from "./source-error.ts";
import { parseYamlSource, type YamlSource } from "./yaml-source.ts";

const ENTRIES = ["amounts", "tells", "secret"];

/**
 * The safety file of an API (`file` is its path, for errors). Throws a SourceError where it names a method, message or
 * field that the registry does not have, or holds what is not asked for.
 */
export function readSafety(yaml: string, file: string, registry: Registry, skip?: SkipEntry): ApiSafety {
  const attempt = (read: () => void) => {
    try {
      read();
    } catch (error) {
      if (skip === undefined || !(error instanceof SourceError)) throw error;
      skip(error.message);
    }
  };
  const source = parseYamlSource(yaml, file);
  const needed = new Map<string, readonly string[]>();
  const methods = new Map<string, MethodSafety>();
  for (const [section, offset, value] of entriesOf(source.document.contents, source)) {
    if (section === "needed") {
      for (const [type, at, fields] of entriesOf(value, source)) {
        attempt(() =>
          needed.set(type, neededFields(type, stringsOf(fields, at, source), at, registry, source)),
        );
      }
    } else if (section === "methods") {
      for (const [method, at, facts] of entriesOf(value, source)) {
        attempt(() => methods.set(method, methodSafety(method, facts, at, registry, source)));
      }
    } else source.fail(offset, `${section} is neither needed nor methods`);
  }
  return { needed, methods };
}

function neededFields(
  type: string,
  fields: readonly string[],
  offset: number | undefined,
  registry: Registry,
  { fail }: YamlSource,
): readonly string[] {
  const message = registry.getMessage(type) ?? fail(offset, `${type} is no message`);
  const unknown = fields.find((name) => !message.fields.some((field) => field.name === name));
  return unknown === undefined ? fields : fail(offset, `${type} has no field ${unknown}`);
}

function methodSafety(
  name: string,
  facts: ParsedNode | null,
  offset: number | undefined,
  registry: Registry,
  source: YamlSource,
): MethodSafety {
  const method = findMethod(registry, name) ?? source.fail(offset, `${name} is no method`);
  let safety = PLAIN_SAFETY;
  for (const [entry, at, value] of entriesOf(facts, source)) {
    if (entry === "amounts") {
      const amounts = stringsOf(value, at, source);
      for (const path of amounts) {
        if (!isAmount(method.input, path))
          source.fail(at, `${path} is no integer of ${method.input.typeName}`);
      }
      safety = { ...safety, amounts };
    } else if (
      entry === "tells" &&
      isScalar(value) &&
      findMethod(registry, String(value.value)) !== undefined
    ) {
      safety = { ...safety, tells: String(value.value) };
    } else if (entry === "secret" && isScalar(value) && typeof value.value === "boolean") {
      safety = { ...safety, secretReply: value.value };
    } else
      source.fail(at, `${entry} of ${name} is not one of ${ENTRIES.join(", ")} with a value that it takes`);
  }
  return safety;
}

/** Whether a path of field names leads to an integer, through messages and lists. */
function isAmount(input: DescMessage, path: string): boolean {
  let message: DescMessage | undefined = input;
  let field: DescField | undefined;
  for (const name of path.split(".")) {
    field = message?.fields.find((each) => each.name === name);
    message = field?.message;
  }
  return (
    field !== undefined && message === undefined && field.scalar !== undefined && field.enum === undefined
  );
}

type Entry = readonly [key: string, offset: number | undefined, value: ParsedNode | null];

function entriesOf(node: ParsedNode | null, { fail }: YamlSource): readonly Entry[] {
  if (node === null || (isScalar(node) && node.value === null)) return [];
  if (!isMap(node)) return fail(node.range[0], "expected a mapping");
  return (node as YAMLMap.Parsed).items.map(({ key, value }) => [
    isScalar(key) ? String(key.value) : "",
    key.range?.[0],
    value,
  ]);
}

function stringsOf(node: ParsedNode | null, offset: number | undefined, { fail }: YamlSource): string[] {
  const values: unknown = node?.toJSON();
  if (Array.isArray(values) && values.every((value) => typeof value === "string")) return values as string[];
  return fail(offset, "expected a list of names");
}
