import { type DescField, type DescMessage, fromBinary, type Message } from "@bufbuild/protobuf";
import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";

/** Shorter messages cannot hold so many unknown fields that it matters. */
const SHORT_BYTES = 64 << 10;

/** Fields that the descriptors do not know are kept of a message up to this many: each takes a hundred times its bytes. */
export const MOST_UNKNOWN = 10_000;

/** A message of a daemon. `unread`: it has more than `MOST_UNKNOWN` unknown fields, and none of them is in `message`. */
export interface DecodedReply {
  readonly message: Message;
  readonly unread: boolean;
}

/** Decodes what a daemon sent, whatever it sent, in memory that is bounded by its bytes. Throws where it is no such message. */
export function decodeReply(desc: DescMessage, wire: Uint8Array): DecodedReply {
  const unread = wire.length > SHORT_BYTES && countUnknown(desc, wire) > MOST_UNKNOWN;
  return { message: fromBinary(desc, wire, { readUnknownFields: !unread }), unread };
}

/** Counts no further than it matters, and nothing of bytes that are no such message. */
function countUnknown(desc: DescMessage, wire: Uint8Array): number {
  const known = new Map<DescMessage, ReadonlyMap<number, DescField>>();
  let count = 0;
  const visit = (type: DescMessage, bytes: Uint8Array): void => {
    let fields = known.get(type);
    if (fields === undefined) {
      fields = new Map(type.fields.map((field) => [field.number, field]));
      known.set(type, fields);
    }
    const reader = new BinaryReader(bytes);
    while (reader.pos < reader.len && count <= MOST_UNKNOWN) {
      const [number, wireType] = reader.tag();
      const field = fields.get(number);
      if (field === undefined) count++;
      const inner = field?.message;
      if (wireType !== WireType.LengthDelimited || inner === undefined) reader.skip(wireType, number);
      else if (field?.fieldKind === "map") visitEntry(inner, reader.bytes());
      else visit(inner, reader.bytes());
    }
  };
  /** A map's entry: the key is 1, the value 2. */
  const visitEntry = (type: DescMessage, bytes: Uint8Array): void => {
    const reader = new BinaryReader(bytes);
    while (reader.pos < reader.len) {
      const [number, wireType] = reader.tag();
      if (number === 2 && wireType === WireType.LengthDelimited) visit(type, reader.bytes());
      else reader.skip(wireType, number);
    }
  };
  try {
    visit(desc, wire);
  } catch {
    // What is wrong with it is told where it is decoded.
  }
  return count;
}
