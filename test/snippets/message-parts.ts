import type { DescField, DescMessage, Message } from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";

/**
 * What a message holds, as a text that is the same for the same bytes but for the order of fields and of a map's entries.
 * Not a number is one value, and the two zeros are two.
 */
export function messageParts(desc: DescMessage, message: Message): string {
  return JSON.stringify(partsOf(reflect(desc, message, false)));
}

function partsOf(message: ReflectMessage): unknown {
  const fields = message.fields.filter((field) => message.isSet(field));
  const unknown = (message.getUnknown() ?? []).map(({ no, wireType, data }) => [no, wireType, hex(data)]);
  return [...fields.map((field) => [field.number, fieldParts(message, field)]), ...unknown];
}

function fieldParts(message: ReflectMessage, field: DescField): unknown {
  switch (field.fieldKind) {
    case "list":
      return [...message.get(field)].map(valueParts);
    case "map":
      return [...message.get(field)].map((entry) => JSON.stringify(entry.map(valueParts))).sort();
    default:
      return valueParts(message.get(field));
  }
}

function valueParts(value: unknown): unknown {
  if (value instanceof Uint8Array) return hex(value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  return typeof value === "object" && value !== null ? partsOf(value as ReflectMessage) : value;
}

function hex(bytes: Uint8Array): string {
  return `0x${Buffer.from(bytes).toString("hex")}`;
}
