import type { Field, FieldType, Message } from "../reference/reference.ts";
import type { Json } from "./mdx.ts";
import type { PageContext } from "./page-context.ts";

type JsonObject = { readonly [key: string]: Json };
type Types = Pick<PageContext, "messages" | "enums">;

/**
 * A recorded message (ProtoJSON with bytes in hex) as a REST gateway writes it: proto names in the proto's order, bytes in base64.
 * `fill` adds what is not set, as a gateway does in replies: empty values, null for a message, nothing for a oneof.
 */
export function restJson(value: Json, message: Message, types: Types, fill: boolean): JsonObject {
  const given = isObject(value) ? value : {};
  return Object.fromEntries(
    message.fields.flatMap((field): [string, Json][] => {
      const own = given[field.shortName] ?? given[field.jsonName];
      if (own !== undefined && own !== null) return [[field.shortName, fieldJson(own, field, types, fill)]];
      if (!fill || field.oneof !== null) return [];
      return [[field.shortName, emptyJson(field, types)]];
    }),
  );
}

function fieldJson(value: Json, field: Field, types: Types, fill: boolean): Json {
  if (Array.isArray(value)) return value.map((item: Json) => typedJson(item, field.type, types, fill));
  return typedJson(value, field.type, types, fill);
}

function typedJson(value: Json, type: FieldType, types: Types, fill: boolean): Json {
  switch (type.kind) {
    case "scalar":
      if (type.name === "bytes") return hexToBase64(String(value));
      return WIDE.has(type.name) ? String(value) : value;
    case "enum":
      return value;
    case "map":
      return isObject(value)
        ? Object.fromEntries(
            Object.entries(value).map(([key, item]) => [key, typedJson(item, type.value, types, fill)]),
          )
        : value;
    case "message": {
      const message = types.messages.get(type.name);
      return message === undefined || message.builtIn === true
        ? value
        : restJson(value, message, types, fill);
    }
  }
}

const WIDE = new Set(["int64", "uint64", "sint64", "fixed64", "sfixed64"]);

function emptyJson({ type, cardinality }: Field, types: Types): Json {
  if (cardinality === "repeated") return [];
  switch (type.kind) {
    case "map":
      return {};
    case "message":
      return null;
    case "enum":
      return types.enums.get(type.name)?.values.find(({ number }) => number === 0)?.shortName ?? 0;
    case "scalar":
      if (type.name === "string" || type.name === "bytes") return "";
      if (type.name === "bool") return false;
      return WIDE.has(type.name) ? "0" : 0;
  }
}

function hexToBase64(hex: string): string {
  if (!/^(?:[0-9a-f]{2})*$/i.test(hex)) return hex;
  const bytes = [...hex.matchAll(/../g)].map(([pair]) => String.fromCharCode(Number.parseInt(pair, 16)));
  return btoa(bytes.join(""));
}

function isObject(value: Json): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
