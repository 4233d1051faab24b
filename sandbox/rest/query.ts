import { create, type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import { readUrlBytes } from "./go-base64.ts";
import { goQuote, type Parsed, parseBool, parseDouble, parseSigned, parseUnsigned } from "./go-numbers.ts";

/** Parameters in their order, by name: a name may come several times. */
export type Parameters = ReadonlyMap<string, readonly string[]>;

/** Parameters of a query or a form, or what Go says is wrong with it. */
export function readParameters(query: string): Parameters | string {
  const found = new Map<string, string[]>();
  for (const pair of query.split("&")) {
    if (pair === "") continue;
    if (pair.includes(";")) return "invalid semicolon separator in query";
    const at = pair.indexOf("=");
    const [name, value] = at < 0 ? [pair, ""] : [pair.slice(0, at), pair.slice(at + 1)];
    for (const text of [name, value]) {
      const bad = badEscape(text);
      if (bad !== undefined) return `invalid URL escape ${goQuote(bad)}`;
    }
    const key = decodePart(name);
    found.set(key, [...(found.get(key) ?? []), decodePart(value)]);
  }
  return found;
}

/**
 * Puts parameters into a message by the paths that they name, as the gateway does: unknown names are passed over, fields
 * that the path of the URL has set are left alone. Gives back what is wrong.
 */
export function setParameters(
  message: ReflectMessage,
  parameters: Parameters,
  taken: ReadonlySet<string>,
): string | undefined {
  for (const [name, values] of parameters) {
    const inBrackets = /^(.*)\[(.*)\]$/.exec(name);
    const [path, all] =
      inBrackets === null ? [name, values] : [inBrackets[1] ?? "", [inBrackets[2] ?? "", ...values]];
    const wrong = setPath(message, path.split("."), all, taken);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

/** Sets one field to a part of the URL's path. Gives back what is wrong, in the words of the gateway. */
export function setFromPath(message: ReflectMessage, name: string, text: string): string | undefined {
  const field = fieldOf(message.desc, name);
  if (field === undefined) return undefined;
  const parsed = parseValue(field, text);
  if ("error" in parsed) return `type mismatch, parameter: ${name}, error: ${parsed.error}`;
  message.set(field, parsed.value);
  return undefined;
}

function setPath(
  root: ReflectMessage,
  path: readonly string[],
  values: readonly string[],
  taken: ReadonlySet<string>,
): string | undefined {
  let message = root;
  for (const [n, name] of path.entries()) {
    const field = fieldOf(message.desc, name);
    if (field === undefined || (n === 0 && taken.has(field.name))) return undefined;
    if (n === path.length - 1) return setField(message, field, values);
    if (field.fieldKind !== "message") return `invalid path: ${goQuote(name)} is not a message`;
    if (!message.isSet(field)) message.set(field, reflect(field.message, create(field.message)));
    message = message.get(field);
  }
  return undefined;
}

function setField(message: ReflectMessage, field: DescField, values: readonly string[]): string | undefined {
  const { oneof, name } = field;
  if (oneof?.fields.some((each) => message.isSet(each))) {
    return `field already set for oneof ${goQuote(oneof.name)}`;
  }
  if (field.fieldKind === "list") {
    for (const text of values) {
      const parsed = parseValue(field, text);
      if ("error" in parsed) return `parsing list ${goQuote(name)}: ${parsed.error}`;
      message.get(field).add(parsed.value);
    }
    return undefined;
  }
  if (values.length > 1) return `too many values for field ${goQuote(name)}: ${values.join(", ")}`;
  const parsed = parseValue(field, values[0] ?? "");
  if ("error" in parsed) return `parsing field ${goQuote(name)}: ${parsed.error}`;
  message.set(field, parsed.value);
  return undefined;
}

function parseValue(field: DescField, text: string): Parsed<unknown> {
  if (field.fieldKind === "map" || field.message !== undefined) {
    return { error: `unsupported message type: ${goQuote(field.message?.typeName ?? field.name)}` };
  }
  if (field.enum !== undefined) {
    const number = /^[+-]?\d+$/.test(text) ? Number(text) : undefined;
    const known = field.enum.values.find((each) => each.name === text || each.number === number);
    return known === undefined ? { error: `${goQuote(text)} is not a valid value` } : { value: known.number };
  }
  switch (field.scalar) {
    case ScalarType.STRING:
      return { value: text };
    case ScalarType.BYTES: {
      const reading = readUrlBytes(text);
      return "bytes" in reading
        ? { value: reading.bytes }
        : { error: `illegal base64 data at input byte ${reading.offset}` };
    }
    case ScalarType.BOOL:
      return parseBool(text);
    case ScalarType.DOUBLE:
    case ScalarType.FLOAT:
      return parseDouble(text);
    case ScalarType.UINT32:
    case ScalarType.FIXED32:
      return asNumber(parseUnsigned(text, 32));
    case ScalarType.UINT64:
    case ScalarType.FIXED64:
      return parseUnsigned(text, 64);
    case ScalarType.INT32:
    case ScalarType.SINT32:
    case ScalarType.SFIXED32:
      return asNumber(parseSigned(text, 32));
    default:
      return parseSigned(text, 64);
  }
}

function asNumber(parsed: Parsed<bigint>): Parsed<number> {
  return "value" in parsed ? { value: Number(parsed.value) } : parsed;
}

function fieldOf(desc: DescMessage, name: string): DescField | undefined {
  return desc.fields.find((each) => each.name === name) ?? desc.fields.find((each) => each.jsonName === name);
}

function badEscape(text: string): string | undefined {
  const at = text.search(/%(?![0-9a-fA-F]{2})/);
  return at < 0 ? undefined : text.slice(at, at + 3);
}

function decodePart(text: string): string {
  const bytes = Buffer.from(text.replaceAll("+", " "), "utf8").toString("latin1");
  const raw = bytes.replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(raw, "latin1").toString("utf8");
}
