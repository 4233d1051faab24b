import { type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import { FeatureSet_FieldPresence, hasCustomJsonRepresentation, isWrapperDesc } from "@bufbuild/protobuf/wkt";
import type { MethodDocs } from "../reference/method-docs.ts";
import type { NewValue } from "./layout.ts";

/** How names of fields are written: as in the proto file, or in lowerCamelCase. */
export type KeyStyle = "proto" | "camel";

export function keyName(field: DescField, style: KeyStyle): string {
  return style === "proto" ? field.name : field.jsonName;
}

/** Short names of the fields that a message is not sent without: what a daemon or the schema requires. */
export function neededFields(desc: DescMessage, docs: MethodDocs): readonly string[] {
  const required = desc.fields.filter(
    ({ presence }) => presence === FeatureSet_FieldPresence.LEGACY_REQUIRED,
  );
  const names = new Set([
    ...(docs.messages[desc.typeName]?.needed ?? []),
    ...required.map(({ name }) => name),
  ]);
  return desc.fields.map(({ name }) => name).filter((name) => names.has(name));
}

/** What a field begins with once it is set: its default, an empty list, a message with the fields it needs. */
export function startOfField(field: DescField, docs: MethodDocs, style: KeyStyle): NewValue {
  if (field.fieldKind === "list") return "[]";
  if (field.fieldKind === "map") return "{}";
  return startOfItem(field, docs, style);
}

/** What an item of a list or an entry of a map begins with. */
export function startOfItem(field: DescField, docs: MethodDocs, style: KeyStyle): NewValue {
  if (field.message !== undefined) return startOfMessage(field.message, docs, style);
  if (field.enum !== undefined) return JSON.stringify(field.enum.values[0]?.name ?? "");
  return startOfScalar(field.scalar ?? ScalarType.STRING);
}

function startOfScalar(type: ScalarType): string {
  if (type === ScalarType.BOOL) return "false";
  return type === ScalarType.STRING || type === ScalarType.BYTES ? '""' : "0";
}

/** A message with nothing in it but what it needs; well-known types in their own form. */
export function startOfMessage(
  desc: DescMessage,
  docs: MethodDocs,
  style: KeyStyle,
  within: readonly DescMessage[] = [],
): NewValue {
  const wrapped = isWrapperDesc(desc) ? desc.fields[0]?.scalar : undefined;
  if (wrapped !== undefined) return startOfScalar(wrapped);
  if (hasCustomJsonRepresentation(desc)) return wellKnownStart[desc.typeName] ?? "{}";
  // A message that needs itself has no beginning.
  if (within.includes(desc)) return "{}";
  const members = neededFields(desc, docs).map((name) => {
    const field = desc.fields.find((each) => each.name === name) as DescField;
    const value =
      field.fieldKind === "message"
        ? startOfMessage(field.message, docs, style, [...within, desc])
        : startOfField(field, docs, style);
    return [keyName(field, style), value] as const;
  });
  return members.length === 0 ? "{}" : { object: members };
}

const wellKnownStart: Readonly<Record<string, string>> = {
  "google.protobuf.Timestamp": '"1970-01-01T00:00:00Z"',
  "google.protobuf.Duration": '"0s"',
  "google.protobuf.FieldMask": '""',
  "google.protobuf.ListValue": "[]",
  "google.protobuf.Value": "null",
};
