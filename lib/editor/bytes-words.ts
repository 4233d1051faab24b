import { encodeBytes } from "../schema/bytes-lens.ts";
import { toHex } from "../schema/bytes-text.ts";

/** Hex of which the middle is left out where it is long: `02a1b2c3…e4f50617`. */
export function shortHex(hex: string): string {
  return hex.length <= 24 ? hex : `${hex.slice(0, 8)}…${hex.slice(-8)}`;
}

/** `1 byte`, `33 bytes` */
export function byteCount(count: number): string {
  return count === 1 ? "1 byte" : `${count.toLocaleString("en-US")} bytes`;
}

/** The bytes as words, where they are some and can be printed; null otherwise. */
export function printable(bytes: Uint8Array): string | null {
  if (bytes.length === 0 || bytes.length > 400) return null;
  const text = encodeBytes("text", bytes);
  return text === null || /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\u2028\u2029]/u.test(text) ? null : text;
}

/** All of the bytes for a hover, up to some lines. */
export function wholeHex(bytes: Uint8Array): string {
  return bytes.length <= 1024 ? toHex(bytes) : `${toHex(bytes.subarray(0, 1024))}…`;
}
