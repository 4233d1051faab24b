import { ScalarType } from "@bufbuild/protobuf";
import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { toHex } from "../schema/bytes-text.ts";
import { GrowingNumbers } from "./growing-numbers.ts";
import type { Children, OutlineSource } from "./outline.ts";
import type { WireField, WireShape } from "./wire-shape.ts";

/** A stretch of a message's bytes. Offsets are from the beginning of the message. */
export type WireItem =
  /** A field: tag, length where it has one, and value. */
  | {
      readonly kind: "field";
      readonly bytes: Uint8Array;
      readonly start: number;
      /** Where its value begins, after tag and length. */
      readonly value: number;
      readonly end: number;
      readonly number: number;
      readonly wireType: number;
      /** Null: the descriptors do not know the number. */
      readonly field: WireField | null;
      /** What is in the value, where it is a message. */
      readonly shape: WireShape | null;
    }
  /** Sixteen bytes of a long value. */
  | { readonly kind: "bytes"; readonly bytes: Uint8Array; readonly start: number; readonly end: number }
  /** What cannot be read from here on. */
  | {
      readonly kind: "broken";
      readonly bytes: Uint8Array;
      readonly start: number;
      readonly end: number;
      readonly why: string;
    };

/** How many bytes stand on a row of bytes, and how many of its value on a field's. */
const ROW_BYTES = 16;
const FIELD_BYTES = 6;

/** The fields of a message as they lie on the wire, from `start` to `end`. */
export function wireFields(
  bytes: Uint8Array,
  shape: WireShape,
  start = 0,
  end = bytes.length,
): Children<WireItem> {
  // Where each begins is all that is kept of it: there may be millions, of two bytes each.
  const starts = new GrowingNumbers();
  const reader = new BinaryReader(bytes.subarray(0, end));
  reader.pos = start;
  let broken: string | null = null;
  while (reader.pos < end && broken === null) {
    starts.push(reader.pos);
    try {
      passField(reader);
    } catch (error) {
      broken = error instanceof Error ? error.message : String(error);
    }
  }
  return {
    count: starts.length,
    at: (index) => {
      const from = starts.at(index);
      if (broken !== null && index === starts.length - 1) {
        return { kind: "broken", bytes, start: from, end, why: broken };
      }
      reader.pos = from;
      const { number, wireType, value } = passField(reader);
      const field = shape.get(number) ?? null;
      const inner = wireType === WireType.LengthDelimited ? (field?.shape() ?? null) : null;
      const place = { bytes, start: from, value, end: reader.pos };
      return { kind: "field", ...place, number, wireType, field, shape: inner };
    },
  };
}

/** Reads over a field. `value`: where its value begins. Throws where it is none. */
function passField(reader: BinaryReader): { number: number; wireType: WireType; value: number } {
  const [number, wireType] = reader.tag();
  let value = reader.pos;
  if (wireType === WireType.LengthDelimited) {
    const length = reader.uint32();
    value = reader.pos;
    const left = reader.len - value;
    if (length > left) throw new Error(`the length says ${length} bytes, and ${left} are left`);
    reader.pos = value + length;
  } else reader.skip(wireType, number);
  return { number, wireType, value };
}

/** A wire view opens messages into their fields, and long values into rows of bytes. */
export const wireSource: OutlineSource<WireItem> = {
  opens: (item) => {
    if (item.kind === "bytes") return false;
    if (item.kind === "broken") return item.end - item.start > ROW_BYTES;
    if (item.wireType === WireType.Varint) return false;
    return item.shape === null ? item.end - item.value > shownBytes(item) : item.end > item.value;
  },
  open: (item) => {
    if (item.kind === "field" && item.shape !== null) {
      return wireFields(item.bytes, item.shape, item.value, item.end);
    }
    const from = item.kind === "field" ? item.value : item.start;
    return {
      count: Math.ceil((item.end - from) / ROW_BYTES),
      at: (index) => {
        const start = from + index * ROW_BYTES;
        return { kind: "bytes", bytes: item.bytes, start, end: Math.min(start + ROW_BYTES, item.end) };
      },
    };
  },
};

/** A row of the wire view, in words. */
export interface WireWords {
  readonly offset: number;
  /** Tag and length, then as much of the value as a row holds; hex, by bytes. */
  readonly head: string;
  readonly body: string;
  readonly more: number;
  readonly number: number | null;
  /** `varint`, `64-bit`, `length 33`, `32-bit`, `group`; null for a row of bytes. */
  readonly wire: string | null;
  /** Short name of the field; null where it is not known. */
  readonly name: string | null;
  readonly type: string | null;
  /** What the bytes say, shortened. */
  readonly value: string;
}

export function wireWords(item: WireItem): WireWords {
  const cut = (from: number) => {
    const shown = Math.min(item.end, from + (item.kind === "field" ? shownBytes(item) : ROW_BYTES));
    return { body: spaced(item.bytes.subarray(from, shown)), more: item.end - shown };
  };
  if (item.kind !== "field") {
    const value =
      item.kind === "broken"
        ? `unreadable: ${item.why}`
        : printable(item.bytes.subarray(item.start, item.end));
    const nothing = { number: null, wire: null, name: null, type: null };
    return { offset: item.start, head: "", ...cut(item.start), ...nothing, value };
  }
  return {
    offset: item.start,
    head: spaced(item.bytes.subarray(item.start, item.value)),
    ...cut(item.value),
    number: item.number,
    wire: wireName(item.wireType, item.end - item.value),
    name: item.field?.name ?? null,
    type: item.field?.type ?? null,
    value: valueWords(item),
  };
}

/** Numbers are shown whole. */
function shownBytes({ wireType }: WireItem & { readonly kind: "field" }): number {
  return wireType === WireType.LengthDelimited ? FIELD_BYTES : ROW_BYTES;
}

function spaced(bytes: Uint8Array): string {
  return toHex(bytes).replace(/..(?=.)/g, "$& ");
}

function wireName(wireType: number, length: number): string {
  switch (wireType) {
    case WireType.Varint:
      return "varint";
    case WireType.Bit64:
      return "64-bit";
    case WireType.LengthDelimited:
      return `length ${length}`;
    case WireType.Bit32:
      return "32-bit";
    default:
      return "group";
  }
}

function valueWords(item: WireItem & { readonly kind: "field" }): string {
  const { field, wireType, bytes, value, end } = item;
  const body = bytes.subarray(value, end);
  if (item.shape !== null) return "";
  const reader = new BinaryReader(body);
  try {
    switch (wireType) {
      case WireType.Varint:
        return varintWords(field, reader);
      case WireType.Bit64:
        return field === null ? String(reader.fixed64()) : fixedWords(field, reader);
      case WireType.Bit32:
        return field === null ? String(reader.fixed32()) : fixedWords(field, reader);
      case WireType.LengthDelimited:
        if (field?.packs === true) return shortened(packedWords(field, reader));
        return field?.scalar === ScalarType.BYTES ? "" : shortened(printable(body));
      default:
        return "";
    }
  } catch {
    return "";
  }
}

function packedWords(field: WireField, reader: BinaryReader): string {
  const values: string[] = [];
  while (reader.pos < reader.len && values.length < 12) values.push(fixedWords(field, reader));
  return `${values.join(", ")}${reader.pos < reader.len ? ", …" : ""}`;
}

function fixedWords(field: WireField, reader: BinaryReader): string {
  switch (field.scalar) {
    case ScalarType.DOUBLE:
      return String(reader.double());
    case ScalarType.FLOAT:
      return String(reader.float());
    case ScalarType.FIXED32:
      return String(reader.fixed32());
    case ScalarType.SFIXED32:
      return String(reader.sfixed32());
    case ScalarType.FIXED64:
      return String(reader.fixed64());
    case ScalarType.SFIXED64:
      return String(reader.sfixed64());
    default:
      return varintWords(field, reader);
  }
}

function varintWords(field: WireField | null, reader: BinaryReader): string {
  if (field !== null && field.enum !== null) {
    const number = reader.int32();
    const name = field.enum.value[number]?.name;
    return name === undefined ? String(number) : `${number} ${name}`;
  }
  switch (field?.scalar) {
    case ScalarType.BOOL:
      return String(reader.bool());
    case ScalarType.SINT32:
      return String(reader.sint32());
    case ScalarType.SINT64:
      return String(reader.sint64());
    case ScalarType.INT32:
      return String(reader.int32());
    case ScalarType.INT64:
      return String(reader.int64());
    default:
      return String(reader.uint64());
  }
}

const decoder = new TextDecoder();

/** What of the bytes can be shown as text, with a dot for the rest. */
function printable(bytes: Uint8Array): string {
  return decoder.decode(bytes.subarray(0, 400)).replaceAll(/[^\x20-\x7e\u00a1-\u{ffff}]|\ufffd/gu, ".");
}

function shortened(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}
