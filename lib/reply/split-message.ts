import type { DescField, DescMessage } from "@bufbuild/protobuf";
import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { AnySchema, hasCustomJsonRepresentation } from "@bufbuild/protobuf/wkt";
import { concatenate } from "./byte-log.ts";
import { GrowingNumbers } from "./growing-numbers.ts";

/** The items of one repeated message field, as they lie on the wire. */
export interface WireList {
  readonly field: DescField & { readonly fieldKind: "list"; readonly listKind: "message" };
  readonly items: WireItems;
}

/** The items of a list: only where they lie is kept, for there may be millions of a few bytes each. */
export class WireItems {
  readonly #wire: Uint8Array;
  readonly #starts = new GrowingNumbers();
  readonly #ends = new GrowingNumbers();

  constructor(wire: Uint8Array) {
    this.#wire = wire;
  }

  get length(): number {
    return this.#starts.length;
  }

  /** The item's bytes, without tag and length. */
  at(index: number): Uint8Array {
    return this.#wire.subarray(this.#starts.at(index), this.#ends.at(index));
  }

  push(start: number, end: number): void {
    this.#starts.push(start);
    this.#ends.push(end);
  }
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
  const items = new Map<number, WireItems>();
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
      let list = items.get(number);
      if (list === undefined) {
        list = new WireItems(wire);
        items.set(number, list);
      }
      list.push(from, kept);
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
