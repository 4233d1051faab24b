import { type DescEnum, type JsonValue, ScalarType } from "@bufbuild/protobuf";
import type { Node } from "jsonc-parser";
import { exactInteger, isDecimal } from "./exact-number.ts";
import { nearestName } from "./nearest-name.ts";
import { bytesValue } from "./request-bytes.ts";
import { nodeKind, type Reading, sourceOf } from "./request-reading.ts";
import { integerRange, maxFloat, scalarName } from "./scalar-range.ts";

/** The ProtoJSON value of a scalar, or undefined after a problem was reported. */
export function scalarValue(
  reading: Reading,
  type: ScalarType,
  node: Node,
  name: string,
  path: string,
): JsonValue | undefined {
  switch (type) {
    case ScalarType.BOOL:
      return boolValue(reading, node, name, path);
    case ScalarType.STRING:
      return stringValue(reading, node, name, path);
    case ScalarType.BYTES:
      return bytesValue(reading, node, name, path);
    case ScalarType.FLOAT:
    case ScalarType.DOUBLE:
      return floatValue(reading, type, node, name, path);
    default:
      return integerValue(reading, type, node, name, path);
  }
}

/** The literal's source text decides, never a JavaScript number: 64-bit integers stay exact. */
function integerValue(
  reading: Reading,
  type: ScalarType,
  node: Node,
  name: string,
  path: string,
): JsonValue | undefined {
  const range = integerRange(type);
  if (range === null) throw new Error(`${scalarName(type)} is no integer type`);
  const kind = scalarName(type);
  const report = (code: "wrong-type" | "not-integer" | "range", message: string) =>
    reading.report({ code, message, node, path });
  if (node.type !== "number" && node.type !== "string") {
    return report("wrong-type", `${name} is ${kind}: write a whole number, not ${nodeKind(node)}.`);
  }
  const source = node.type === "string" ? String(node.value) : sourceOf(reading, node);
  const read = exactInteger(source);
  switch (read.kind) {
    case "not-a-number":
      return report("wrong-type", `${name} is ${kind}: ${shorten(source)} is no whole number.`);
    case "fraction":
      return report(
        "not-integer",
        `${name} is ${kind}: ${shorten(source)} has a fraction, write a whole number.`,
      );
    case "huge":
      return report("range", `${shorten(source)} does not fit in ${kind}: ${limits(range.min, range.max)}.`);
    case "integer":
      if (read.value < range.min || read.value > range.max) {
        return report(
          "range",
          `${shorten(source)} does not fit in ${kind}: ${limits(range.min, range.max)}.`,
        );
      }
      return range.bits === 64 ? read.value.toString() : Number(read.value);
  }
}

function limits(min: bigint, max: bigint): string {
  return `${min} to ${max}`;
}

function floatValue(
  reading: Reading,
  type: ScalarType,
  node: Node,
  name: string,
  path: string,
): JsonValue | undefined {
  const kind = scalarName(type);
  const source = node.type === "string" ? String(node.value) : sourceOf(reading, node);
  if (node.type === "string" && /^(NaN|-?Infinity)$/.test(source)) return source;
  if ((node.type !== "number" && node.type !== "string") || !isDecimal(source)) {
    const shown = node.type === "string" ? shorten(JSON.stringify(source)) : nodeKind(node);
    const message = `${name} is ${kind}: write a number, "NaN", "Infinity" or "-Infinity", not ${shown}.`;
    return reading.report({ code: "wrong-type", message, node, path });
  }
  const value = Number(source);
  const max = type === ScalarType.FLOAT ? maxFloat : Number.MAX_VALUE;
  if (Math.abs(value) > max) {
    const message = `${shorten(source)} does not fit in ${kind}: its largest value is ${max}.`;
    return reading.report({ code: "range", message, node, path });
  }
  return value;
}

function boolValue(reading: Reading, node: Node, name: string, path: string): JsonValue | undefined {
  if (node.type === "boolean") return node.value as boolean;
  const message = `${name} is bool: write true or false, not ${nodeKind(node)}.`;
  const meant = /^(true|false)$/i.exec(String(node.value))?.[0].toLowerCase();
  if (meant === undefined) return reading.report({ code: "wrong-type", message, node, path });
  return reading.report({ code: "wrong-type", message, node, path, replacement: meant });
}

function stringValue(reading: Reading, node: Node, name: string, path: string): JsonValue | undefined {
  if (node.type !== "string") {
    const message = `${name} is string: write it in double quotes, not as ${nodeKind(node)}.`;
    const literal = node.type === "number" || node.type === "boolean";
    if (!literal) return reading.report({ code: "wrong-type", message, node, path });
    const replacement = JSON.stringify(sourceOf(reading, node));
    return reading.report({ code: "wrong-type", message, node, path, replacement });
  }
  const value = String(node.value);
  if (/\p{Surrogate}/u.test(value)) {
    const message = `${name} holds half of a surrogate pair, which UTF-8 cannot encode.`;
    return reading.report({ code: "value", message, node, path });
  }
  return value;
}

/** The number of an enum's value, by name or number, or undefined after a problem was reported. */
export function enumValue(
  reading: Reading,
  desc: DescEnum,
  node: Node,
  name: string,
  path: string,
): JsonValue | undefined {
  if (desc.typeName === "google.protobuf.NullValue" && node.type === "null") return null;
  if (node.type === "number") return enumNumber(reading, desc, node, name, path);
  if (node.type !== "string") {
    const message = `${name} is the enum ${desc.name}: write a value's name, not ${nodeKind(node)}.${valuesOf(desc)}`;
    return reading.report({ code: "wrong-type", message, node, path });
  }
  const written = String(node.value);
  const value = desc.values.find((each) => each.name === written || each.jsonName === written);
  if (value !== undefined) return value.number;
  const names = desc.values.map((each) => each.name);
  const meant = /^[0-9]+$/.test(written) ? null : nearestName(written, names);
  const hint = meant === null ? valuesOf(desc) : ` Did you mean "${meant}"?`;
  const message = `${desc.name} has no value ${shorten(JSON.stringify(written))}.${hint}`;
  const number = /^-?[0-9]{1,9}$/.test(written) ? written : null;
  const replacement = meant === null ? number : JSON.stringify(meant);
  return reading.report({ code: "enum", message, node, path, ...(replacement !== null && { replacement }) });
}

function enumNumber(
  reading: Reading,
  desc: DescEnum,
  node: Node,
  name: string,
  path: string,
): JsonValue | undefined {
  const number = integerValue(reading, ScalarType.INT32, node, name, path);
  if (typeof number !== "number" || desc.values.some((each) => each.number === number)) return number;
  const message = `${desc.name} has no value ${number}.${valuesOf(desc)}`;
  if (!desc.open) return reading.report({ code: "enum", message, node, path });
  reading.report({ code: "enum", severity: "warning", message, node, path });
  return number;
}

function valuesOf(desc: DescEnum): string {
  const names = desc.values.map((value) => value.name);
  return names.length > 8 ? "" : ` Its values: ${names.join(", ")}.`;
}

function shorten(source: string): string {
  return source.length > 40 ? `${source.slice(0, 39)}…` : source;
}
