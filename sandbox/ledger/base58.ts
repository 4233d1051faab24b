import { sha256 } from "./keys.ts";

const ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/** Bitcoin's base58: each leading zero byte is a `1`. */
export function encodeBase58(bytes: Uint8Array): string {
  let rest = bytes.length === 0 ? 0n : BigInt(`0x${Buffer.from(bytes).toString("hex")}`);
  let text = "";
  for (; rest > 0n; rest /= 58n) {
    text = (ALPHABET[Number(rest % 58n)] ?? "") + text;
  }
  const zeros = bytes.findIndex((byte) => byte !== 0);
  return "1".repeat(zeros < 0 ? bytes.length : zeros) + text;
}

/** The bytes; none at all where the text has a character outside the alphabet. */
export function decodeBase58(text: string): Uint8Array {
  let value = 0n;
  for (const char of text) {
    const digit = ALPHABET.indexOf(char);
    if (digit < 0) {
      return new Uint8Array();
    }
    value = value * 58n + BigInt(digit);
  }
  const hex = value === 0n ? "" : value.toString(16);
  const zeros = /^1*/.exec(text)?.[0].length ?? 0;
  return Uint8Array.from([
    ...new Uint8Array(zeros),
    ...Buffer.from(hex.length % 2 === 1 ? `0${hex}` : hex, "hex"),
  ]);
}

/** A version byte and its payload, or what is wrong with the text. */
export function decodeBase58Check(
  text: string,
): { version: number; payload: Uint8Array } | "format" | "checksum" {
  const bytes = decodeBase58(text);
  if (bytes.length < 5) {
    return "format";
  }
  const body = bytes.subarray(0, -4);
  const good = Buffer.compare(sha256(sha256(body)).subarray(0, 4), bytes.subarray(-4)) === 0;
  return good ? { version: body[0] ?? 0, payload: body.subarray(1) } : "checksum";
}
