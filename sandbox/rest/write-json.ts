import { type DescField, type DescMessage, type Message, ScalarType } from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";

/**
 * A message as the gateway writes it: one line, names as in the proto, in the order of their declaration; fields without
 * a value too, messages as null; 64 bit integers as text, bytes in base64, enums by name.
 */
export function writeJson(desc: DescMessage, message: Message): string {
  return writeMessage(reflect(desc, message));
}

function writeMessage(message: ReflectMessage): string {
  const members = message.desc.fields.flatMap((field) => {
    const value = writeField(message, field);
    return value === undefined ? [] : [`${JSON.stringify(field.name)}:${value}`];
  });
  return `{${members.join(",")}}`;
}

function writeField(message: ReflectMessage, field: DescField): string | undefined {
  const set = message.isSet(field);
  if (field.oneof !== undefined && !set) return undefined;
  switch (field.fieldKind) {
    case "message":
      return set ? writeMessage(message.get(field)) : "null";
    case "list": {
      const items = [...message.get(field)].map((item) => writeValue(field, item));
      return `[${items.join(",")}]`;
    }
    case "map": {
      const entries = [...message.get(field)].sort(([a], [b]) => byKey(a, b));
      return `{${entries.map(([key, value]) => `${JSON.stringify(String(key))}:${writeValue(field, value)}`).join(",")}}`;
    }
    case "scalar":
    case "enum":
      return writeValue(field, message.get(field));
  }
}

function byKey(a: unknown, b: unknown): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a) < String(b) ? -1 : 1;
}

type Valued = Exclude<DescField, { fieldKind: "message" }>;

function writeValue(field: Valued, value: unknown): string {
  if (field.enum !== undefined) {
    const name = field.enum.values.find(({ number }) => number === value)?.name;
    return name === undefined ? String(value) : JSON.stringify(name);
  }
  if (field.message !== undefined) return writeMessage(value as ReflectMessage);
  switch (field.scalar) {
    case ScalarType.BYTES:
      return `"${Buffer.from(value as Uint8Array).toString("base64")}"`;
    case ScalarType.STRING:
      return JSON.stringify(value);
    case ScalarType.DOUBLE:
    case ScalarType.FLOAT:
      return Number.isFinite(value) ? String(value) : `"${String(value)}"`;
    default:
      return typeof value === "bigint" ? `"${value}"` : String(value);
  }
}
