import {
  type DescEnum,
  type DescField,
  type DescMessage,
  type DescMethod,
  type Message,
  ScalarType,
} from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";

/** A value of a request, for a language to write down. Fields that are not set are left out. */
export type Literal =
  | MessageLiteral
  | { readonly kind: "list"; readonly items: readonly Literal[] }
  | { readonly kind: "map"; readonly entries: readonly (readonly [key: Literal, value: Literal])[] }
  | EnumLiteral
  /** `bits`: of its type, which may be unsigned. */
  | { readonly kind: "integer"; readonly bits: 32 | 64; readonly signed: boolean; readonly value: bigint }
  | { readonly kind: "real"; readonly bits: 32 | 64; readonly value: number }
  | { readonly kind: "flag"; readonly value: boolean }
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "bytes"; readonly value: Uint8Array };

export interface MessageLiteral {
  readonly kind: "message";
  readonly type: DescMessage;
  /** In the order of the proto file; of a oneof at most one. */
  readonly fields: readonly { readonly field: DescField; readonly value: Literal }[];
}

/** Expressions that are written where literals stand, by literal: of a request that takes values from elsewhere. */
export type Instead = ReadonlyMap<Literal, string>;

/** `name` is short, and null for a number that the enum does not list. */
export interface EnumLiteral {
  readonly kind: "enum";
  readonly type: DescEnum;
  readonly number: number;
  readonly name: string | null;
}

/** Gives null where the message holds what descriptors do not name (extensions): no language can write that down. */
export function readLiteral(desc: DescMessage, message: Message): MessageLiteral | null {
  try {
    return messageLiteral(reflect(desc, message, false));
  } catch (cause) {
    if (cause instanceof Unnamed) return null;
    throw cause;
  }
}

/** The same for all messages of a request; null where one of them cannot be written down. */
export function readLiterals({
  method,
  messages,
}: {
  readonly method: DescMethod;
  readonly messages: readonly Message[];
}): readonly MessageLiteral[] | null {
  const literals = messages.map((message) => readLiteral(method.input, message));
  return literals.every((each) => each !== null) ? literals : null;
}

class Unnamed extends Error {}

function messageLiteral(message: ReflectMessage): MessageLiteral {
  if ((message.getUnknown() ?? []).length > 0) throw new Unnamed();
  const fields = message.fields
    .filter((field) => message.isSet(field))
    .map((field) => ({ field, value: fieldLiteral(message, field) }));
  return { kind: "message", type: message.desc, fields };
}

function fieldLiteral(message: ReflectMessage, field: DescField): Literal {
  switch (field.fieldKind) {
    case "list":
      return { kind: "list", items: [...message.get(field)].map((item) => valueLiteral(field, item)) };
    case "map":
      return {
        kind: "map",
        entries: [...message.get(field)].map(
          ([key, value]) => [scalarLiteral(field.mapKey, key), valueLiteral(field, value)] as const,
        ),
      };
    default:
      return valueLiteral(field, message.get(field));
  }
}

function valueLiteral(field: DescField, value: unknown): Literal {
  if (field.message !== undefined) return messageLiteral(value as ReflectMessage);
  if (field.enum === undefined) return scalarLiteral(field.scalar, value);
  const number = value as number;
  return { kind: "enum", type: field.enum, number, name: field.enum.value[number]?.name ?? null };
}

function scalarLiteral(type: ScalarType, value: unknown): Literal {
  switch (type) {
    case ScalarType.BOOL:
      return { kind: "flag", value: value as boolean };
    case ScalarType.STRING:
      return { kind: "text", value: value as string };
    case ScalarType.BYTES:
      return { kind: "bytes", value: value as Uint8Array };
    case ScalarType.DOUBLE:
      return { kind: "real", bits: 64, value: value as number };
    case ScalarType.FLOAT:
      return { kind: "real", bits: 32, value: value as number };
    case ScalarType.INT32:
    case ScalarType.SINT32:
    case ScalarType.SFIXED32:
      return { kind: "integer", bits: 32, signed: true, value: BigInt(value as number) };
    case ScalarType.UINT32:
    case ScalarType.FIXED32:
      return { kind: "integer", bits: 32, signed: false, value: BigInt(value as number) };
    case ScalarType.INT64:
    case ScalarType.SINT64:
    case ScalarType.SFIXED64:
      return { kind: "integer", bits: 64, signed: true, value: BigInt(value as bigint) };
    case ScalarType.UINT64:
    case ScalarType.FIXED64:
      return { kind: "integer", bits: 64, signed: false, value: BigInt(value as bigint) };
  }
}
