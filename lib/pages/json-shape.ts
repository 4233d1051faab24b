import type { Field, FieldType, Message } from "../reference/reference.ts";
import type { Json } from "./mdx.ts";
import type { PageContext } from "./page-context.ts";

type Types = Pick<PageContext, "messages" | "enums">;

/** Levels of messages that a shape writes out; what is deeper is `{}`. */
const MAX_LEVELS = 4;

/**
 * A message as a REST gateway writes it with nothing set in it: proto names, 64-bit integers in quotes, bytes in base64. A list
 * shows one item and a oneof its first member, so that the shape is seen.
 */
export function jsonShape(message: Message, types: Types): { readonly [key: string]: Json } {
  return shape(message, types, [message.name]);
}

function shape(message: Message, types: Types, within: readonly string[]): { readonly [key: string]: Json } {
  const chosen = new Set<string>();
  return Object.fromEntries(
    message.fields
      .filter(({ oneof, cardinality }) => {
        if (oneof === null || cardinality === "optional") return true;
        const first = !chosen.has(oneof);
        chosen.add(oneof);
        return first;
      })
      .map((field) => [field.shortName, fieldShape(field, types, within)]),
  );
}

function fieldShape(field: Field, types: Types, within: readonly string[]): Json {
  const value = typeShape(field.type, types, within);
  if (field.cardinality !== "repeated") return value;
  return value === null ? [] : [value];
}

function typeShape(type: FieldType, types: Types, within: readonly string[]): Json {
  switch (type.kind) {
    case "scalar":
      return scalarShape(type.name);
    case "enum":
      return types.enums.get(type.name)?.values[0]?.shortName ?? 0;
    case "map": {
      const value = typeShape(type.value, types, within);
      return value === null ? {} : { [String(scalarShape(type.key) || "key")]: value };
    }
    case "message": {
      const message = types.messages.get(type.name);
      if (within.includes(type.name)) return null;
      if (message === undefined || message.builtIn === true) return wellKnownShape(type.name);
      return within.length > MAX_LEVELS ? {} : shape(message, types, [...within, type.name]);
    }
  }
}

function scalarShape(name: string): Json {
  switch (name) {
    case "bool":
      return false;
    case "string":
    case "bytes":
      return "";
    case "int64":
    case "uint64":
    case "sint64":
    case "fixed64":
    case "sfixed64":
      return "0";
    default:
      return 0;
  }
}

function wellKnownShape(name: string): Json {
  switch (name) {
    case "google.protobuf.Timestamp":
      return "1970-01-01T00:00:00Z";
    case "google.protobuf.Duration":
      return "0s";
    case "google.protobuf.FieldMask":
      return "";
    case "google.protobuf.ListValue":
      return [];
    case "google.protobuf.Value":
      return null;
    default:
      return name.endsWith("Value") ? null : {};
  }
}
