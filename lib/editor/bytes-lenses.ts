import { findNodeAtOffset, type Node } from "jsonc-parser";
import type { BytesForm } from "../call/call.ts";
import { type BytesLens, bytesLensNames, encodeBytes, writeLens } from "../schema/bytes-lens.ts";
import type { TextEdit } from "../schema/problem.ts";
import type { ReadBytes } from "../schema/request-reading.ts";

/** One way to write a `bytes` value, with the edit that writes it so. What goes on the wire stays the same. */
export interface BytesLensChoice {
  readonly lens: BytesLens;
  /** `base64`, `transaction id (as explorers show it)` */
  readonly title: string;
  /** What the value would be in the text, without its quotes. */
  readonly value: string;
  /** Whether it is written so now. */
  readonly current: boolean;
  readonly edit: TextEdit;
}

export const bytesLensTitles: Readonly<Record<BytesLens, string>> = {
  hex: "hex",
  base64: "base64",
  base64url: "base64url",
  text: "text",
  txid: "transaction id (as explorers show it)",
};

/** The `bytes` value at the offset, in it or at either end; undefined where there is none that can be read. */
export function bytesAt(
  bytesRead: readonly ReadBytes[],
  root: Node | null,
  offset: number,
): ReadBytes | undefined {
  const found = root === null ? undefined : findNodeAtOffset(root, offset, true);
  const value = found?.parent?.type === "property" ? found.parent.children?.[1] : found;
  return bytesRead.find(({ node }) => node === value);
}

/** The ways to write a value that was read, the present one among them. A lens that cannot say the bytes is left out. */
export function bytesLenses(
  { node, written, bytes }: ReadBytes,
  form: BytesForm,
): readonly BytesLensChoice[] {
  return bytesLensNames.flatMap((lens) => {
    const body = lensBody(lens, bytes);
    if (body === null) return [];
    const value = writeLens(lens, body, form);
    return {
      lens,
      title: bytesLensTitles[lens],
      value,
      current: lens === written.lens,
      edit: { offset: node.offset, length: node.length, text: JSON.stringify(value) },
    };
  });
}

/** The bytes as a lens writes them; null where it cannot, or only with characters that nobody sees. */
export function lensBody(lens: BytesLens, bytes: Uint8Array): string | null {
  const body = encodeBytes(lens, bytes);
  return body !== null && lens === "text" && /[\p{Cc}\p{Cn}]/u.test(body) ? null : body;
}
