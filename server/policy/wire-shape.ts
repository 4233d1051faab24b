import { type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";

/** No request of an API nests nearly as deep. */
const MOST_DEPTH = 100;

/**
 * Whether bytes are a message in the one way that every decoder reads alike: each field that the type has is written
 * with its own wire type. Decoders differ on others: one skips what the next one reads.
 */
export function hasWireShape(desc: DescMessage, bytes: Uint8Array, depth = 0): boolean {
  if (depth > MOST_DEPTH) return false;
  const fields = new Map(desc.fields.map((field) => [field.number, field]));
  const reader = new BinaryReader(bytes);
  try {
    while (reader.pos < reader.len) {
      const [number, type] = reader.tag();
      const field = fields.get(number);
      if (field !== undefined && !wireTypes(field).includes(type)) return false;
      if (type === WireType.StartGroup || type === WireType.EndGroup) return false;
      if (field?.message === undefined || field.fieldKind === "map") reader.skip(type, number);
      else if (!hasWireShape(field.message, reader.bytes(), depth + 1)) return false;
    }
  } catch {
    return false;
  }
  return reader.pos === reader.len;
}

/** The wire types that a field may have; lists of numbers are packed or not. */
function wireTypes(field: DescField): readonly WireType[] {
  if (field.fieldKind === "map" || field.message !== undefined) return [WireType.LengthDelimited];
  const own = field.scalar === undefined ? WireType.Varint : SCALARS[field.scalar];
  return field.fieldKind === "list" ? [own, WireType.LengthDelimited] : [own];
}

const SCALARS: Record<ScalarType, WireType> = {
  [ScalarType.DOUBLE]: WireType.Bit64,
  [ScalarType.FLOAT]: WireType.Bit32,
  [ScalarType.INT64]: WireType.Varint,
  [ScalarType.UINT64]: WireType.Varint,
  [ScalarType.INT32]: WireType.Varint,
  [ScalarType.FIXED64]: WireType.Bit64,
  [ScalarType.FIXED32]: WireType.Bit32,
  [ScalarType.BOOL]: WireType.Varint,
  [ScalarType.STRING]: WireType.LengthDelimited,
  [ScalarType.BYTES]: WireType.LengthDelimited,
  [ScalarType.UINT32]: WireType.Varint,
  [ScalarType.SFIXED32]: WireType.Bit32,
  [ScalarType.SFIXED64]: WireType.Bit64,
  [ScalarType.SINT32]: WireType.Varint,
  [ScalarType.SINT64]: WireType.Varint,
};
