import type { BytesForm } from "../call/call.ts";
import { encodeBytes, writeLens } from "../schema/bytes-lens.ts";

/** The largest file that is read for a bytes field: 1 MiB. */
export const maxFileBytes = 1024 * 1024;

/** The largest request text, in bytes. */
const maxTextBytes = 1024 * 1024;

export type FileReading =
  /** `value`: what the text writes, `size`: how many bytes it stands for. */
  | { readonly kind: "ok"; readonly value: string; readonly size: number }
  | { readonly kind: "problem"; readonly message: string };

/**
 * The content of a file as a bytes value of a text that has `textLength` characters: in the request's form, or in base64
 * where only that leaves the request within its limit.
 */
export async function bytesOfFile(
  file: { readonly name: string; readonly size: number; arrayBuffer(): Promise<ArrayBuffer> },
  textLength: number,
  form: BytesForm,
): Promise<FileReading> {
  if (file.size > maxFileBytes) {
    return {
      kind: "problem",
      message: `${file.name} is larger than 1 MiB, the most that a request may hold.`,
    };
  }
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    return { kind: "problem", message: `${file.name} cannot be read. Choose it again.` };
  }
  for (const lens of [form, "base64"] as const) {
    const value = writeLens(lens, encodeBytes(lens, bytes) ?? "", form);
    if (textLength + value.length + 200 <= maxTextBytes) return { kind: "ok", value, size: bytes.length };
  }
  return {
    kind: "problem",
    message: `${file.name} has ${bytes.length.toLocaleString("en-US")} bytes: written out, the request would be longer than 1 MiB.`,
  };
}
