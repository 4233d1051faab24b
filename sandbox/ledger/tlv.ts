/** A type and its bytes. */
export type Field = readonly [type: number, bytes: Uint8Array];

/** Lightning's TLV stream: each field is type, length, bytes; types ascend. */
export function writeFields(fields: readonly Field[]): Uint8Array {
  const sorted = [...fields].sort(([a], [b]) => a - b);
  return Uint8Array.from(
    sorted.flatMap(([type, bytes]) => [...bigSize(type), ...bigSize(bytes.length), ...bytes]),
  );
}

/** The forms of fields, as Pool declares them. */
export const BYTE: FieldForm = { size: 1, wanted: "*uint8", got: "*uint8" };
export const UINT32: FieldForm = { size: 4, wanted: "*uint32", got: "*uint32" };
export const UINT64: FieldForm = { size: 8, wanted: "*uint64", got: "*uint64" };
export const BYTES_8: FieldForm = { size: 8, wanted: "*[8]byte", got: "*[8]uint8" };
export const BYTES_32: FieldForm = { size: 32, wanted: "*[32]byte", got: "*[32]uint8" };
export const PUBLIC_KEY: FieldForm = { size: 33, wanted: "**btcec.PublicKey", got: "**secp256k1.PublicKey" };
export const SIGNATURE: FieldForm = { size: 64, wanted: "**btcec.Signature", got: "**ecdsa.Signature" };

/** What a field has to be: its size in bytes and the names that Go's library gives it where it is not. */
export interface FieldForm {
  readonly size: number;
  readonly wanted: string;
  readonly got: string;
  /** What is wrong with bytes of the right size; undefined where they are good. */
  readonly problem?: (bytes: Uint8Array) => string | undefined;
}

/** Bytes that are no stream of fields, in the words of lnd's library. */
export class TlvError extends Error {}

/** The fields by type. Forms are of known types; others may hold anything. Throws `TlvError` with the words of lnd's library. */
export function readFields(
  bytes: Uint8Array,
  forms: Readonly<Record<number, FieldForm>> = {},
): Map<number, Uint8Array> {
  const fields = new Map<number, Uint8Array>();
  let at = 0;
  const take = (size: number): Uint8Array => {
    if (size > bytes.length - at) throw new TlvError("unexpected EOF");
    at += size;
    return bytes.slice(at - size, at);
  };
  const size = (): number => {
    const first = take(1)[0] ?? 0;
    if (first < 0xfd) return first;
    const more = first === 0xfd ? 2 : first === 0xfe ? 4 : 8;
    const value = bigEndian(take(more));
    const least = more === 2 ? 0xfdn : 1n << BigInt(more * 4);
    if (value < least) throw new TlvError("decoded varint is not canonical");
    return Number(value);
  };
  let last = -1;
  while (at < bytes.length) {
    const type = size();
    if (type <= last) throw new TlvError("tlv stream is not canonical");
    last = type;
    const length = size();
    const form = forms[type];
    if (form !== undefined && form.size !== length) throw new TlvError(wrongSize(form, length));
    const value = take(length);
    const problem = form?.problem?.(value);
    if (problem !== undefined) throw new TlvError(problem);
    fields.set(type, value);
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
  return bigEndian(fields.get(type) ?? new Uint8Array());
}

function bigEndian(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${Buffer.from(bytes).toString("hex")}`);
}

function wrongSize({ size, wanted, got }: FieldForm, length: number): string {
  return size === SIGNATURE.size
    ? `ErrTypeForEncoding want (type: ${wanted}), got (type: ${got})`
    : `ErrTypeForDecoding want (type: ${wanted}, length: ${size}), got (type: ${got}, length: ${length})`;
}

function bigSize(value: number): number[] {
  return value < 0xfd ? [value] : [0xfd, value >> 8, value & 0xff];
}
