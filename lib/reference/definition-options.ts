import {
  type DescMessage,
  type FileRegistry,
  type JsonValue,
  type Message,
  toJson,
} from "@bufbuild/protobuf";
import {
  EnumOptionsSchema,
  EnumValueOptionsSchema,
  FieldOptionsSchema,
  MessageOptionsSchema,
  MethodOptionsSchema,
  OneofOptionsSchema,
  ServiceOptionsSchema,
} from "@bufbuild/protobuf/wkt";
import { visibleText } from "./parse-doc.ts";
import type { DefinitionOption } from "./reference.ts";

/** protobuf's own options that tell a caller something. The others tell compilers and code generators. */
const TOLD = new Set(["idempotency_level", "debug_redact"]);

/** The annotation that says what `HttpBinding`s say. */
export const HTTP_OPTION = "[google.api.http]";

const SCHEMAS = new Map<string, DescMessage>(
  [
    EnumOptionsSchema,
    EnumValueOptionsSchema,
    FieldOptionsSchema,
    MessageOptionsSchema,
    MethodOptionsSchema,
    OneofOptionsSchema,
    ServiceOptionsSchema,
  ].map((schema) => [schema.typeName, schema]),
);

/** The options message of a definition as JSON with proto names; extensions are `[their.name]`. Empty where there is none. */
export function optionsJson(
  options: Message | undefined,
  registry: FileRegistry,
): Readonly<Record<string, JsonValue>> {
  const schema = options === undefined ? undefined : SCHEMAS.get(options.$typeName);
  if (options === undefined || schema === undefined) return {};
  try {
    const json = toJson(schema, options, { registry, useProtoFieldName: true });
    return typeof json === "object" && json !== null && !Array.isArray(json) ? json : {};
  } catch {
    // An `Any` of a type that the image does not hold has no JSON.
    return {};
  }
}

/** What of the options is shown: custom ones, and those of protobuf that a caller can use. Sorted by name. */
export function shownOptions(options: Message | undefined, registry: FileRegistry): DefinitionOption[] {
  if (options === undefined) return [];
  return Object.entries(optionsJson(options, registry))
    .filter(([name]) => TOLD.has(name) || (name.startsWith("[") && name !== HTTP_OPTION))
    .map(([name, value]) => ({
      name: name.replace(/^\[(.*)\]$/, "($1)"),
      value: visibleText(typeof value === "string" && TOLD.has(name) ? value : JSON.stringify(value)),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
