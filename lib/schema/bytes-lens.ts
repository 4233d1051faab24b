import type { BytesForm } from "../call/call.ts";
import { fromBase64, fromHex, toBase64, toHex } from "./bytes-text.ts";

/**
 * A way to write bytes. `text`: the bytes of its UTF-8. `txid`: 32 bytes in hex as explorers show a transaction id, which
 * is the reverse of what goes on the wire.
 */
export type BytesLens = BytesForm | "text" | "txid";

export const bytesLensNames = ["hex", "base64", "base64url", "text", "txid"] as const satisfies BytesLens[];

/** A `bytes` value as it is written: in the request's form, or with a lens of its own before a colon. */
export interface WrittenBytes {
  readonly lens: BytesLens;
  /** Whether the value names its lens itself: `txid:…`. */
  readonly prefixed: boolean;
  /** What stands after the prefix. */
  readonly body: string;
}

const prefix = /^(hex|base64|base64url|text|txid):/;

/** Splits a value. No form's own digits hold a colon, so a prefix is never one of them. */
export function splitLens(written: string, form: BytesForm): WrittenBytes {
  const match = prefix.exec(written);
  if (match === null) return { lens: form, prefixed: false, body: written };
  return { lens: match[1] as BytesLens, prefixed: true, body: written.slice(match[0].length) };
}

/** The bytes that a lens reads in `body`; null where it cannot. Both forms of base64 take either alphabet. */
export function decodeBytes(lens: BytesLens, body: string): Uint8Array | null {
  switch (lens) {
    case "hex":
      return fromHex(body);
    case "base64":
    case "base64url":
      return fromBase64(body);
    case "text":
      return /\p{Surrogate}/u.test(body) ? null : new TextEncoder().encode(body);
    case "txid":
      return body.length === 64 ? (fromHex(body)?.reverse() ?? null) : null;
  }
}

/** The bytes as a lens writes them, without its prefix; null where it has no words for them. */
export function encodeBytes(lens: BytesLens, bytes: Uint8Array): string | null {
  switch (lens) {
    case "hex":
    case "base64":
    case "base64url":
      return formatBytes(lens, bytes);
    case "text":
      try {
        return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
      } catch {
        return null;
      }
    case "txid":
      return bytes.length === 32 ? toHex(bytes.slice().reverse()) : null;
  }
}

/** Bytes in a request's or reply's form. Base64 is padded in both alphabets. */
export function formatBytes(form: BytesForm, bytes: Uint8Array): string {
  if (form === "hex") return toHex(bytes);
  const standard = toBase64(bytes);
  return form === "base64" ? standard : standard.replaceAll("+", "-").replaceAll("/", "_");
}

/** A value that `readRequest` reads as these bytes: without a prefix where the lens is the request's form. */
export function writeLens(lens: BytesLens, body: string, form: BytesForm): string {
  return lens === form ? body : `${lens}:${body}`;
}
