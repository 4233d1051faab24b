import type { DescField, DescMessage } from "@bufbuild/protobuf";
import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { AnySchema, hasCustomJsonRepresentation } from "@bufbuild/protobuf/wkt";
import { concatenate } from "./byte-log.ts";

/** The items of one repeated message field, as they lie on the wire. */
export interface WireList {
  readonly field: DescField & { readonly fieldKind: "list"; readonly listKind: "message" };
  /** Each item's bytes, without tag and length. */
  readonly items: readonly Uint8Array[];
}

/** A message taken apart: its lists of messages, and all the rest as a message of the same type. */
export interface SplitMessage {
  readonly rest: Uint8Array;
  /** Those that have items, by field number. */
  readonly lists: readonly WireList[];
}

/**
 * Takes the lists of messages out of a message without decoding them, so that a large reply can be read piece by
 * piece. Null where it has none, or cannot be taken apart: then it is to be read as a whole.
 */
export function splitMessage(desc: DescMessage, wire: Uint8Array): SplitMessage | null {
  if (hasCustomJsonRepresentation(desc) || desc.typeName === AnySchema.typeName) return null;
  const lists = new Map<number, WireList["field"]>();
  for (const field of desc.fields) {
    if (field.fieldKind === "list" && field.listKind === "message" && !field.delimitedEncoding) {
      lists.set(field.number, field);
    }
  }
  if (lists.size === 0) return null;
  const items = new Map<number, Uint8Array[]>();
  const rest: Uint8Array[] = [];
  const reader = new BinaryReader(wire);
  let kept = 0;
  try {
    while (reader.pos < reader.len) {
      const start = reader.pos;
      const [number, wireType] = reader.tag();
      if (wireType !== WireType.LengthDelimited || !lists.has(number)) {
        reader.skip(wireType, number);
        continue;
      }
      const length = reader.uint32();
      const from = reader.pos;
      if (from + length > wire.length) return null;
      reader.pos = from + length;
      if (start > kept) rest.push(wire.subarray(kept, start));
      kept = reader.pos;
      const list = items.get(number);
      if (list === undefined) items.set(number, [wire.subarray(from, kept)]);
      else list.push(wire.subarray(from, kept));
    }
  } catch {
    return null;
  }
  if (items.size === 0) return null;
  rest.push(wire.subarray(kept));
  return {
    rest: concatenate(rest),
    lists: [...items]
      .sort(([a], [b]) => a - b)
      .map(([number, list]) => ({ field: lists.get(number) as WireList["field"], items: list })),
  };
}
