import { ScalarType } from "@bufbuild/protobuf";

export interface IntegerRange {
  readonly min: bigint;
  readonly max: bigint;
  readonly bits: 32 | 64;
}

const signed32: IntegerRange = { min: -(2n ** 31n), max: 2n ** 31n - 1n, bits: 32 };
const unsigned32: IntegerRange = { min: 0n, max: 2n ** 32n - 1n, bits: 32 };
const signed64: IntegerRange = { min: -(2n ** 63n), max: 2n ** 63n - 1n, bits: 64 };
const unsigned64: IntegerRange = { min: 0n, max: 2n ** 64n - 1n, bits: 64 };

/** What an integer of the type can hold; null for types that are no integers. */
export function integerRange(type: ScalarType): IntegerRange | null {
  switch (type) {
    case ScalarType.INT32:
    case ScalarType.SINT32:
    case ScalarType.SFIXED32:
      return signed32;
    case ScalarType.UINT32:
    case ScalarType.FIXED32:
      return unsigned32;
    case ScalarType.INT64:
    case ScalarType.SINT64:
    case ScalarType.SFIXED64:
      return signed64;
    case ScalarType.UINT64:
    case ScalarType.FIXED64:
      return unsigned64;
    case ScalarType.BOOL:
    case ScalarType.STRING:
    case ScalarType.BYTES:
    case ScalarType.FLOAT:
    case ScalarType.DOUBLE:
      return null;
  }
}

/** The type's keyword in a proto file: `uint64`. */
export function scalarName(type: ScalarType): string {
  return ScalarType[type].toLowerCase();
}

/** The largest finite `float`. */
export const maxFloat = 3.4028234663852886e38;
