import {
  type DescExtension,
  type DescField,
  type DescMessage,
  fromJson,
  type JsonValue,
  ScalarType,
} from "@bufbuild/protobuf";
import { hasCustomJsonRepresentation, isWrapperDesc } from "@bufbuild/protobuf/wkt";
import { getNodeValue, type Node } from "jsonc-parser";
import { exactInteger } from "./exact-number.ts";
import { fieldByKey } from "./field-by-key.ts";
import { nearestName } from "./nearest-name.ts";
import { positionAt } from "./problem.ts";
import { nodeKind, type Reading, sourceOf } from "./request-reading.ts";
import { enumValue, scalarValue } from "./request-scalar.ts";
import { maxNesting } from "./request-syntax.ts";
import { integerRange, scalarName } from "./scalar-range.ts";

type AnyField = DescField | DescExtension;
type JsonMembers = Record<string, JsonValue>;

/**
 * The ProtoJSON value of a message, as `fromJson` of protobuf-es takes it: bytes in base64, 64-bit integers as
 * strings, enums as numbers, nothing that is null. Undefined after a problem was reported.
 */
export function messageValue(
  reading: Reading,
  desc: DescMessage,
  node: Node,
  path: string,
  depth = 1,
): JsonValue | undefined {
  if (depth > maxNesting) {
    const message = `The request is nested deeper than ${maxNesting} messages here: take levels out.`;
    return reading.report({ code: "too-deep", message, node, path });
  }
  if (hasCustomJsonRepresentation(desc)) return wellKnownValue(reading, desc, node, path, depth);
  if (node.type !== "object") {
    const what = path === "" ? "A request" : lastName(path);
    const message = `${what} is the message ${desc.name}: write an object { … }, not ${nodeKind(node)}.`;
    return reading.report({ code: "wrong-type", message, node, path });
  }
  return membersValue(reading, desc, node.children ?? [], path, depth);
}

function membersValue(
  reading: Reading,
  desc: DescMessage,
  properties: readonly Node[],
  path: string,
  depth: number,
): JsonMembers {
  const value: JsonMembers = Object.create(null);
  const seen = new Map<AnyField, Node>();
  const chosen = new Map<string, { field: DescField; node: Node }>();
  for (const property of properties) {
    const [key, child] = property.children ?? [];
    if (key === undefined) continue;
    const name = String(key.value);
    const field = fieldByKey(desc, name) ?? extensionOf(reading, desc, name);
    if (field === undefined) {
      reportUnknown(reading, desc, key, join(path, name));
      continue;
    }
    const fieldPath = join(path, field.kind === "extension" ? name : field.name);
    const before = seen.get(field);
    if (before !== undefined) {
      reportDuplicate(reading, key, before, fieldPath);
      continue;
    }
    seen.set(field, key);
    if (child === undefined || (child.type === "null" && !takesNull(field))) continue;
    if (field.kind === "field" && field.oneof !== undefined) {
      const other = chosen.get(field.oneof.name);
      if (other !== undefined) {
        const message = `${field.name} and ${other.field.name} exclude each other (oneof ${field.oneof.name}): keep one of them.`;
        reading.report({ code: "oneof", message, node: key, path: fieldPath });
        continue;
      }
      chosen.set(field.oneof.name, { field, node: key });
    }
    const fieldValue = readField(reading, field, child, fieldPath, depth);
    if (fieldValue !== undefined) value[name] = fieldValue;
  }
  return value;
}

function extensionOf(reading: Reading, desc: DescMessage, key: string): DescExtension | undefined {
  if (!key.startsWith("[") || !key.endsWith("]")) return undefined;
  const extension = reading.registry.getExtension(key.slice(1, -1));
  return extension?.extendee.typeName === desc.typeName ? extension : undefined;
}

/** Whether null is a value of the field's type and not the absence of one. */
function takesNull(field: AnyField): boolean {
  return (
    field.message?.typeName === "google.protobuf.Value" ||
    field.enum?.typeName === "google.protobuf.NullValue"
  );
}

function reportUnknown(reading: Reading, desc: DescMessage, key: Node, path: string): void {
  const written = String(key.value);
  const names = desc.fields.map((field) => field.name);
  const meant = nearestName(written, names);
  const shown = written.length > 40 ? `${written.slice(0, 39)}…` : written;
  const start = `${desc.name} has no field "${shown}".`;
  const node = { node: key, path, code: "unknown-field" } as const;
  if (meant !== null) {
    const message = `${start} Did you mean "${meant}"?`;
    reading.report({ ...node, message, replacement: JSON.stringify(meant) });
    return;
  }
  const hint =
    names.length === 0 ? " It has none." : names.length <= 8 ? ` It has: ${names.join(", ")}.` : "";
  reading.report({ ...node, message: start + hint });
}

function reportDuplicate(reading: Reading, key: Node, before: Node, path: string): void {
  const { line } = positionAt(reading.text, before.offset);
  const other = before.value === key.value ? "" : ` as "${before.value}"`;
  const message = `"${key.value}" is set already${other} in line ${line}: keep one of them.`;
  reading.report({ code: "duplicate-field", message, node: key, path });
}

function readField(
  reading: Reading,
  field: AnyField,
  node: Node,
  path: string,
  depth: number,
): JsonValue | undefined {
  switch (field.fieldKind) {
    case "scalar":
      return scalarValue(reading, field.scalar, node, field.name, path);
    case "enum":
      return enumValue(reading, field.enum, node, field.name, path);
    case "message":
      return messageValue(reading, field.message, node, path, depth + 1);
    case "list":
      return listValue(reading, field, node, path, depth);
    case "map":
      return mapValue(reading, field, node, path, depth);
  }
}

function listValue(
  reading: Reading,
  field: AnyField & { fieldKind: "list" },
  node: Node,
  path: string,
  depth: number,
): JsonValue | undefined {
  if (node.type !== "array") {
    const message = `${field.name} is repeated: write an array [ … ], not ${nodeKind(node)}.`;
    const replacement = `[${sourceOf(reading, node)}]`;
    const fix = { replacement, title: "Put it in [ ]" };
    return reading.report({ code: "wrong-type", message, node, path, ...fix });
  }
  const items: JsonValue[] = [];
  for (const [index, child] of (node.children ?? []).entries()) {
    const item = element(reading, field, child, `${path}[${index}]`, depth);
    if (item !== undefined) items.push(item);
  }
  return items;
}

/** The value of one item of a list or map. */
function element(
  reading: Reading,
  field: AnyField & { fieldKind: "list" | "map" },
  node: Node,
  path: string,
  depth: number,
): JsonValue | undefined {
  if (node.type === "null" && !takesNull(field)) {
    const message = `null is no value of ${field.name}: take it out.`;
    return reading.report({ code: "wrong-type", message, node, path });
  }
  if (field.message !== undefined) return messageValue(reading, field.message, node, path, depth + 1);
  if (field.enum !== undefined) return enumValue(reading, field.enum, node, field.name, path);
  return scalarValue(reading, field.scalar, node, field.name, path);
}

function mapValue(
  reading: Reading,
  field: AnyField & { fieldKind: "map" },
  node: Node,
  path: string,
  depth: number,
): JsonValue | undefined {
  if (node.type !== "object") {
    const message = `${field.name} is a map: write an object { "key": value }, not ${nodeKind(node)}.`;
    return reading.report({ code: "wrong-type", message, node, path });
  }
  const value: JsonMembers = Object.create(null);
  const seen = new Map<string, Node>();
  for (const property of node.children ?? []) {
    const [key, child] = property.children ?? [];
    if (key === undefined) continue;
    const entryPath = `${path}[${JSON.stringify(key.value)}]`;
    const name = mapKey(reading, field.mapKey, key, field.name, entryPath);
    if (name === undefined) continue;
    const before = seen.get(name);
    if (before !== undefined) {
      reportDuplicate(reading, key, before, entryPath);
      continue;
    }
    seen.set(name, key);
    if (child === undefined) continue;
    const entry = element(reading, field, child, entryPath, depth);
    if (entry !== undefined) value[name] = entry;
  }
  return value;
}

function mapKey(
  reading: Reading,
  type: ScalarType,
  key: Node,
  name: string,
  path: string,
): string | undefined {
  const written = String(key.value);
  const kind = scalarName(type);
  const bad = (message: string) => reading.report({ code: "map-key", message, node: key, path });
  if (type === ScalarType.BOOL) {
    return /^(true|false)$/.test(written) ? written : bad(`${name} has bool keys: write "true" or "false".`);
  }
  const range = integerRange(type);
  if (range === null) {
    return /\p{Surrogate}/u.test(written) ? bad(`This key of ${name} is not valid Unicode.`) : written;
  }
  const number = exactInteger(written);
  if (number.kind !== "integer" || !/^-?[0-9]+$/.test(written)) {
    return bad(`${name} has ${kind} keys: write a whole number in double quotes, such as "2016".`);
  }
  if (number.value < range.min || number.value > range.max) {
    return bad(`This key does not fit in ${kind}: ${range.min} to ${range.max}.`);
  }
  return number.value.toString();
}

/** Types with a JSON form of their own: `fromJson` judges them, here at their place. */
function wellKnownValue(
  reading: Reading,
  desc: DescMessage,
  node: Node,
  path: string,
  depth: number,
): JsonValue | undefined {
  const wrapped = isWrapperDesc(desc) ? desc.fields[0] : undefined;
  const value =
    wrapped?.scalar !== undefined
      ? scalarValue(reading, wrapped.scalar, node, lastName(path), path)
      : desc.typeName === "google.protobuf.Any"
        ? anyValue(reading, node, path, depth)
        : (getNodeValue(node) as JsonValue);
  if (value === undefined) return undefined;
  try {
    fromJson(desc, value, { registry: reading.registry });
    return value;
  } catch (error) {
    return reading.report({ code: "value", message: messageOf(error), node, path });
  }
}

function anyValue(reading: Reading, node: Node, path: string, depth: number): JsonValue | undefined {
  const properties = node.type === "object" ? (node.children ?? []) : [];
  const type = properties.find((property) => property.children?.[0]?.value === "@type");
  const url = String(type?.children?.[1]?.value ?? "");
  const desc = reading.registry.getMessage(url.slice(url.lastIndexOf("/") + 1));
  if (desc === undefined || hasCustomJsonRepresentation(desc)) return getNodeValue(node) as JsonValue;
  const members = membersValue(
    reading,
    desc,
    properties.filter((property) => property !== type),
    path,
    depth + 1,
  );
  members["@type"] = url;
  return members;
}

/** What protobuf-es says, as a sentence. */
export function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
}

function join(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1) || "It";
}
