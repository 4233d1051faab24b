import type { DescMessage, Registry } from "@bufbuild/protobuf";
import type { BytesForm } from "../call/call.ts";
import { fromBase64, toHex } from "./bytes-text.ts";
import { applyEdits } from "./problem.ts";
import { messageValue } from "./request-message.ts";
import { startReading } from "./request-reading.ts";
import { parseRequest } from "./request-syntax.ts";

/**
 * The same request with its `bytes` values written in another form. Only those values change: comments, spacing and
 * what cannot be read stay as they are.
 */
export function convertBytes(
  text: string,
  desc: DescMessage,
  { from, to, registry }: { readonly from: BytesForm; readonly to: BytesForm; readonly registry: Registry },
): string {
  const { root } = parseRequest(text);
  if (root === null || from === to) return text;
  const reading = startReading(text, from, registry);
  messageValue(reading, desc, root, "");
  const edits = reading.bytesRead.map(({ node, base64 }) => ({
    offset: node.offset,
    length: node.length,
    text: JSON.stringify(to === "hex" ? toHex(fromBase64(base64) ?? new Uint8Array()) : base64),
  }));
  return applyEdits(text, edits);
}
