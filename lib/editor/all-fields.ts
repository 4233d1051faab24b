import {
  create,
  type DescField,
  type DescMessage,
  type DescOneof,
  ScalarType,
  toJson,
} from "@bufbuild/protobuf";
import { hasCustomJsonRepresentation } from "@bufbuild/protobuf/wkt";
import type { MethodDocs } from "../reference/method-docs.ts";

/** How field names are written. */
export type NameStyle = "snake" | "camel";

export interface AllFieldsOptions {
  /** `snake` unless said otherwise. */
  readonly style?: NameStyle;
  /** Whether comments tell units and other choices. They do unless said otherwise. */
  readonly notes?: boolean;
}

/** Nested deeper than this, a message is left empty, or left out where it must not be empty. */
const DEEPEST = 8;

/** More fields than these are not written: messages that would hold more are left out. */
const MOST_FIELDS = 300;

/**
 * A request with every field that it can hold at once: of a oneof the first member, with the others named; lists and maps
 * with one item; numbers 0 and texts empty. It is valid, and holds no message without the fields that it needs.
 */
export function allFields(desc: DescMessage, docs: MethodDocs, options: AllFieldsOptions = {}): string {
  return messageText(desc, startPlace(docs, options)) ?? "{}";
}

/** The same of one field's value. */
export function allOfField(field: DescField, docs: MethodDocs, options: AllFieldsOptions = {}): string {
  return fieldText(field, startPlace(docs, options)) ?? "{}";
}

interface Place {
  readonly docs: MethodDocs;
  readonly style: NameStyle;
  readonly notes: boolean;
  readonly indent: string;
  /** The messages that this one is in, by name. */
  readonly above: readonly string[];
  readonly budget: { left: number };
}

function startPlace(docs: MethodDocs, { style = "snake", notes = true }: AllFieldsOptions): Place {
  return { docs, style, notes, indent: "", above: [], budget: { left: MOST_FIELDS } };
}

/** Null where the message must not be written here: it would hold itself, or lack what it needs. */
function messageText(desc: DescMessage, place: Place): string | null {
  if (hasCustomJsonRepresentation(desc)) return JSON.stringify(toJson(desc, create(desc)));
  if (place.above.includes(desc.typeName) || place.above.length >= DEEPEST || place.budget.left <= 0)
    return null;
  place.budget.left -= desc.fields.length;
  const inside = { ...place, indent: `${place.indent}  `, above: [...place.above, desc.typeName] };
  const written = new Set<DescOneof>();
  const lines = desc.fields.flatMap((field) => {
    if (field.oneof !== undefined && written.has(field.oneof)) return [];
    const value = fieldText(field, inside);
    if (value !== null && field.oneof !== undefined) written.add(field.oneof);
    return value === null ? [] : [{ field, value }];
  });
  const needed = place.docs.messages[desc.typeName]?.needed ?? [];
  if (needed.some((name) => !lines.some(({ field }) => field.name === name))) return null;
  if (lines.length === 0) return "{}";
  const text = lines.map(({ field, value }, at) => {
    const comma = at < lines.length - 1 ? "," : "";
    const note = place.notes ? noteOn(field, place.docs) : "";
    const name = `${inside.indent}${JSON.stringify(place.style === "camel" ? field.jsonName : field.name)}: `;
    // A note on a value of several lines stands above it, where it is read first.
    if (note === "") return `${name}${value}${comma}`;
    return value.includes("\n")
      ? `${inside.indent}// ${note}\n${name}${value}${comma}`
      : `${name}${value}${comma} // ${note}`;
  });
  return `{\n${text.join("\n")}\n${place.indent}}`;
}

function fieldText(field: DescField, place: Place): string | null {
  const inside = { ...place, indent: `${place.indent}  ` };
  switch (field.fieldKind) {
    case "list": {
      const item = field.message === undefined ? plainText(field) : messageText(field.message, inside);
      return item === null ? "[]" : `[\n${inside.indent}${item}\n${place.indent}]`;
    }
    case "map": {
      const item = field.message === undefined ? plainText(field) : messageText(field.message, inside);
      return item === null ? "{}" : `{\n${inside.indent}${mapKey(field.mapKey)}: ${item}\n${place.indent}}`;
    }
    case "message":
      return messageText(field.message, place);
    default:
      return plainText(field);
  }
}

function plainText(field: DescField): string {
  if (field.enum !== undefined) return JSON.stringify(field.enum.values[0]?.name ?? "");
  switch (field.scalar) {
    case ScalarType.BOOL:
      return "false";
    case ScalarType.STRING:
    case ScalarType.BYTES:
      return '""';
    default:
      return "0";
  }
}

function mapKey(scalar: ScalarType): string {
  if (scalar === ScalarType.STRING) return '""';
  return scalar === ScalarType.BOOL ? '"false"' : '"0"';
}

/** What helps to fill the field in: the other members of its oneof, an enum's other values, the unit. */
function noteOn(field: DescField, docs: MethodDocs): string {
  const fields = docs.messages[field.parent.typeName]?.fields;
  const others = field.oneof?.fields.filter((member) => member !== field).map(({ name }) => name) ?? [];
  const values = field.enum?.values.slice(1, 5).map(({ name }) => name) ?? [];
  const more = (field.enum?.values.length ?? 0) > 5 ? ", …" : "";
  return [
    others.length === 0 ? "" : `or ${others.join(", ")}`,
    values.length === 0 ? "" : `or ${values.join(", ")}${more}`,
    fields?.[field.name]?.unit ?? "",
    fields?.[field.name]?.deprecated === true ? "deprecated" : "",
  ]
    .filter((part) => part !== "")
    .join("; ")
    .replace(/\s+/g, " ");
}
