/**
 * The macaroon in a file, as lower-case hex, or undefined where the file holds none. Accepted are the binary forms
 * V2 and V1, and either of them written as hex text. Only the shape is looked at: whether it is any good, the daemon
 * knows.
 */
export function macaroonHex(file: Uint8Array): string | undefined {
  const bytes = Buffer.from(file);
  if (isV2(bytes) || isV1(bytes)) return bytes.toString("hex");
  const text = bytes.toString("latin1").trim();
  if (!/^(?:[0-9a-fA-F]{2})+$/.test(text)) return undefined;
  const decoded = Buffer.from(text, "hex");
  return isV2(decoded) || isV1(decoded) ? decoded.toString("hex") : undefined;
}

const END = 0;
const IDENTIFIER = 2;
const SIGNATURE = 6;

/** Version byte 2, sections of (type, length, value) that end with 0, and a signature of 32 bytes at the very end. */
function isV2(bytes: Buffer): boolean {
  if (bytes[0] !== 2) return false;
  let at = 1;
  let identified = false;
  while (at < bytes.length) {
    const type = bytes[at++];
    if (type === END) continue;
    const length = varint(bytes, at);
    if (length === undefined || length.next + length.value > bytes.length) return false;
    at = length.next + length.value;
    if (type === IDENTIFIER) identified = true;
    if (type === SIGNATURE) return identified && length.value === 32 && at === bytes.length;
  }
  return false;
}

function varint(bytes: Buffer, start: number): { value: number; next: number } | undefined {
  let value = 0;
  for (let at = start, shift = 0; at < bytes.length && shift < 28; at++, shift += 7) {
    const byte = bytes[at] ?? 0;
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return { value, next: at + 1 };
  }
  return undefined;
}

/** Packets that open with their own length in four hex digits: `location` first, `signature` last. */
function isV1(bytes: Buffer): boolean {
  let at = 0;
  let last = "";
  while (at < bytes.length) {
    const digits = bytes.toString("latin1", at, at + 4);
    const length = /^[0-9a-f]{4}$/.test(digits) ? Number.parseInt(digits, 16) : 0;
    if (length < 5 || at + length > bytes.length) return false;
    const space = bytes.indexOf(0x20, at + 4);
    if (space < 0 || space >= at + length) return false;
    last = bytes.toString("latin1", at + 4, space);
    if (at === 0 && last !== "location") return false;
    at += length;
  }
  return last === "signature";
}
