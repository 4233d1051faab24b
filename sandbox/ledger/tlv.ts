/** A type and its bytes. */
export type Field = readonly [type: number, bytes: Uint8Array];

/** Lightning's TLV stream: each field is type, length, bytes; types ascend. */
export function writeFields(fields: readonly Field[]): Uint8Array {
  const sorted = [...fields].sort(([a], [b]) => a - b);
  return Uint8Array.from(
    sorted.flatMap(([type, bytes]) => [...bigSize(type), ...bigSize(bytes.length), ...bytes]),
  );
}

/** The fields by type; undefined where the bytes end too early. */
export function readFields(bytes: Uint8Array): Map<number, Uint8Array> | undefined {
  const fields = new Map<number, Uint8Array>();
  let at = 0;
  const size = (): number => {
    const first = bytes[at++] ?? Number.NaN;
    if (first < 0xfd) {
      return first;
    }
    const value = ((bytes[at] ?? Number.NaN) << 8) | (bytes[at + 1] ?? Number.NaN);
    at += 2;
    return first === 0xfd && at <= bytes.length ? value : Number.NaN;
  };
  while (at < bytes.length) {
    const type = size();
    const length = size();
    if (!(at + length <= bytes.length) || Number.isNaN(type)) {
      return undefined;
    }
    fields.set(type, bytes.slice(at, at + length));
    at += length;
  }
  return fields;
}

/** A big-endian number of so many bytes. */
export function uint(value: number | bigint, bytes: number): Uint8Array {
  const hex = BigInt(value)
    .toString(16)
    .padStart(bytes * 2, "0");
  return Uint8Array.from(Buffer.from(hex, "hex"));
}

/** The number in a field; 0 where it is missing. */
export function fieldNumber(fields: ReadonlyMap<number, Uint8Array>, type: number): bigint {
  const bytes = fields.get(type);
  return bytes === undefined || bytes.length === 0 ? 0n : BigInt(`0x${Buffer.from(bytes).toString("hex")}`);
}

function bigSize(value: number): number[] {
  return value < 0xfd ? [value] : [0xfd, value >> 8, value & 0xff];
}
