import {
  create,
  type DescEnum,
  type DescField,
  type DescMessage,
  type Message,
  ScalarType,
} from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";

/** A message with about half of its fields set, limits and odd values among them. */
export function randomMessage(desc: DescMessage, random: () => number, depth = 0): Message {
  const message = create(desc);
  fill(reflect(desc, message), random, depth);
  return message;
}

function fill(message: ReflectMessage, random: () => number, depth: number): void {
  for (const field of message.fields) {
    if (random() < 0.4 || (depth > 3 && field.message !== undefined)) continue;
    if (field.fieldKind === "list") {
      for (let count = pick(random, 4); count > 0; count--)
        message.get(field).add(fieldValue(field, random, depth));
    } else if (field.fieldKind === "map") {
      for (let count = pick(random, 4); count > 0; count--) {
        const key = scalarOf(field.mapKey, random) as string;
        message.get(field).set(key, fieldValue(field, random, depth));
      }
    } else message.set(field, fieldValue(field, random, depth) as string);
  }
}

function fieldValue(field: DescField, random: () => number, depth: number): unknown {
  if (field.message !== undefined) {
    return reflect(field.message, randomMessage(field.message, random, depth + 1));
  }
  if (field.enum !== undefined) return enumOf(field.enum, random);
  return scalarOf(field.scalar, random);
}

function enumOf(desc: DescEnum, random: () => number): number {
  return random() < 0.1 && desc.open
    ? 1000 + pick(random, 9)
    : (desc.values[pick(random, desc.values.length)]?.number ?? 0);
}

function scalarOf(type: ScalarType, random: () => number): unknown {
  switch (type) {
    case ScalarType.BOOL:
      return random() < 0.5;
    case ScalarType.STRING:
      return one(random, [
        "",
        "poold",
        'ü\n\t"\\',
        "\u2028\u0000",
        "漢字 🚀",
        "__proto__",
        "constructor",
        "// no comment",
      ]);
    case ScalarType.BYTES:
      return Uint8Array.from({ length: one(random, [0, 1, 2, 3, 32, 33, 100]) }, () => pick(random, 256));
    case ScalarType.FLOAT:
      return Math.fround(one(random, [0, 0.1, -1e30, Number.NaN]));
    case ScalarType.DOUBLE:
      return one(random, [
        0,
        -0,
        0.1,
        1e300,
        -5e-324,
        Number.NaN,
        Number.POSITIVE_INFINITY,
        Number.NEGATIVE_INFINITY,
      ]);
    case ScalarType.INT32:
    case ScalarType.SINT32:
    case ScalarType.SFIXED32:
      return one(random, [0, 1, -1, 2 ** 31 - 1, -(2 ** 31), pick(random, 2 ** 31)]);
    case ScalarType.UINT32:
    case ScalarType.FIXED32:
      return one(random, [0, 1, 2 ** 32 - 1, pick(random, 2 ** 32)]);
    case ScalarType.INT64:
    case ScalarType.SINT64:
    case ScalarType.SFIXED64:
      return one(random, [0n, -1n, 2n ** 53n + 1n, 2n ** 63n - 1n, -(2n ** 63n)]);
    case ScalarType.UINT64:
    case ScalarType.FIXED64:
      return one(random, [0n, 1n, 2n ** 53n + 1n, 2n ** 64n - 1n, BigInt(pick(random, 2 ** 50))]);
  }
}

function pick(random: () => number, below: number): number {
  return Math.floor(random() * below);
}

function one<T>(random: () => number, values: readonly [T, ...T[]]): T {
  return values[pick(random, values.length)] ?? values[0];
}
