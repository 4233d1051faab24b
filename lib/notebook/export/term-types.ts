import { type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import type { FeatureSet_FieldPresence } from "@bufbuild/protobuf/wkt";
import { type IntegerType, type Term, type TermType, typeName, Untranslatable } from "./term.ts";

const IMPLICIT: typeof FeatureSet_FieldPresence.IMPLICIT = 2;

export const BOOL: TermType = { kind: "bool" };
export const DOUBLE: TermType = { kind: "double" };
export const STRING: TermType = { kind: "string" };
export const BYTES: TermType = { kind: "bytes" };
export const INT = integer("int", 64);
export const UINT = integer("uint", 64);
/** Of sizes: no list here comes near the end of it. */
export const SIZE: IntegerType = { ...integer("int", 32), least: 0n };

function integer(kind: "int" | "uint", bits: 32 | 64): IntegerType {
  const half = 1n << BigInt(bits - 1);
  const [least, most] = kind === "int" ? [-half, half - 1n] : [0n, 2n * half - 1n];
  return { kind, bits, least, most, enum: null };
}

/** The type of a field's value. */
export function fieldType(field: DescField): TermType {
  switch (field.fieldKind) {
    case "list":
      return { kind: "list", item: itemType(field) };
    case "map":
      return { kind: "map", key: scalarType(field.mapKey), value: itemType(field) };
    default:
      return itemType(field);
  }
}

function itemType(field: DescField): TermType {
  if (field.message !== undefined) return messageType(field.message);
  if (field.enum !== undefined) return { ...integer("int", 32), enum: field.enum };
  return scalarType(field.scalar);
}

function messageType(desc: DescMessage): TermType {
  if (desc.typeName.startsWith("google.protobuf.")) {
    throw new Untranslatable(`CEL has a meaning of its own for ${desc.typeName}`);
  }
  return { kind: "message", desc };
}

function scalarType(scalar: ScalarType): TermType {
  switch (scalar) {
    case ScalarType.BOOL:
      return BOOL;
    case ScalarType.STRING:
      return STRING;
    case ScalarType.BYTES:
      return BYTES;
    case ScalarType.DOUBLE:
    case ScalarType.FLOAT:
      return DOUBLE;
    case ScalarType.UINT32:
    case ScalarType.FIXED32:
      return integer("uint", 32);
    case ScalarType.UINT64:
    case ScalarType.FIXED64:
      return UINT;
    case ScalarType.INT32:
    case ScalarType.SINT32:
    case ScalarType.SFIXED32:
      return integer("int", 32);
    default:
      return INT;
  }
}

/** Whether a field that is not set can be told from one that holds its default. */
export function hasPresence(field: DescField): boolean {
  return field.fieldKind !== "list" && field.fieldKind !== "map" && field.presence !== IMPLICIT;
}

export function isInteger(type: TermType): type is IntegerType {
  return type.kind === "int" || type.kind === "uint";
}

export function isNumber(type: TermType): boolean {
  return isInteger(type) || type.kind === "double";
}

/** What a value of either type is. */
export function commonType(a: TermType, b: TermType): TermType {
  if (a.kind === "nothing") return b;
  if (b.kind === "nothing") return a;
  if (isInteger(a) && isInteger(b) && a.kind === b.kind) {
    return {
      kind: a.kind,
      bits: a.bits === 32 && b.bits === 32 ? 32 : 64,
      least: lesserOf(a.least, b.least),
      most: greaterOf(a.most, b.most),
      enum: a.enum === b.enum ? a.enum : null,
    };
  }
  if (a.kind === "list" && b.kind === "list") return { kind: "list", item: commonType(a.item, b.item) };
  if (a.kind === "map" && b.kind === "map") {
    return { kind: "map", key: commonType(a.key, b.key), value: commonType(a.value, b.value) };
  }
  if (a.kind === "message" && b.kind === "message" && a.desc.typeName === b.desc.typeName) return a;
  if (a.kind === "record" && b.kind === "record") return commonRecord(a.values, b.values);
  if (a.kind === b.kind && !isInteger(a) && a.kind !== "message") return a;
  throw new Untranslatable(`one value of it may be ${typeName(a)} or ${typeName(b)}`);
}

function commonRecord(a: ReadonlyMap<string, TermType>, b: ReadonlyMap<string, TermType>): TermType {
  const values = [...a].map(([name, type]) => {
    const other = b.get(name);
    if (other === undefined || a.size !== b.size) throw new Untranslatable("two maps of it have other keys");
    return [name, commonType(type, other)] as const;
  });
  return { kind: "record", values: new Map(values) };
}

/** Math.min takes no bigint. */
export function lesserOf(a: bigint, b: bigint): bigint {
  if (b < a) return b;
  return a;
}

export function greaterOf(a: bigint, b: bigint): bigint {
  if (b > a) return b;
  return a;
}

/** What an operator of two integers gives, and whether that may leave the 64 bits. */
export function arithmeticType(
  operator: "+" | "-" | "*" | "/" | "%",
  left: IntegerType,
  right: IntegerType,
): { readonly type: IntegerType; readonly checked: boolean } {
  const whole = left.kind === "int" ? INT : UINT;
  const [least, most] = rangeOf(operator, left, right);
  const checked = least < whole.least || most > whole.most;
  const type = {
    ...whole,
    least: greaterOf(least, whole.least),
    most: lesserOf(most, whole.most),
  };
  return { type, checked };
}

function rangeOf(operator: string, left: IntegerType, right: IntegerType): readonly [bigint, bigint] {
  const [a, b, c, d] = [left.least, left.most, right.least, right.most];
  switch (operator) {
    case "+":
      return [a + c, b + d];
    case "-":
      return [a - d, b - c];
    case "*": {
      const corners = [a * c, a * d, b * c, b * d];
      return [corners.reduce(lesserOf), corners.reduce(greaterOf)];
    }
    default: {
      // A quotient or a rest is never farther from zero than what is divided; the least int by -1 is one too far.
      const far = greaterOf(-a, b);
      return [a < 0n || c < 0n ? -far : 0n, a < 0n && c >= 0n && b < 0n ? 0n : far];
    }
  }
}

/**
 * Leaves out the check of a part where the check of the whole finds it too: sums and products of unsigned integers only
 * grow, and what has been taken away too much stays below zero when more is.
 */
export function checkedByWhole(part: Term, operator: string, side: "left" | "right"): Term {
  if (part.kind !== "arithmetic" || part.type.kind !== "uint") return part;
  const grows = operator === "+" && (part.operator === "+" || part.operator === "*");
  const shrinks = operator === "-" && side === "left" && part.operator === "-";
  return grows || shrinks ? { ...part, checked: false } : part;
}
