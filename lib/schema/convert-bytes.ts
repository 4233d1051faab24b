import type { DescMessage, Registry } from "@bufbuild/protobuf";
import type { BytesForm } from "../call/call.ts";
import { formatBytes } from "./bytes-lens.ts";
import { applyEdits, type Problem } from "./problem.ts";
import { messageValue } from "./request-message.ts";
import { startReading } from "./request-reading.ts";
import { parseRequest } from "./request-syntax.ts";

export type BytesConversion =
  | { readonly kind: "ok"; readonly text: string }
  /** What has to be mended first. */
  | { readonly kind: "problem"; readonly problem: Problem };

/**
 * The same request with its `bytes` values written in another form. Only those values change: comments and spacing
 * stay, and so do values with a lens of their own (`txid:…`), which mean the same in either form. Where a value cannot be read nothing is converted: what is wrong in one form may be right, and something
 * else, in the other (`zz` is no hex and one byte in base64).
 */
export function convertBytes(
  text: string,
  desc: DescMessage,
  { from, to, registry }: { readonly from: BytesForm; readonly to: BytesForm; readonly registry: Registry },
): BytesConversion {
  if (from === to) return { kind: "ok", text };
  const { root, problems } = parseRequest(text);
  const [syntax] = problems;
  if (syntax !== undefined || root === null) {
    return syntax === undefined ? { kind: "ok", text } : { kind: "problem", problem: syntax };
  }
  const reading = startReading(text, from, registry);
  messageValue(reading, desc, root, "");
  const unread = reading.problems.find(({ code, severity }) => code === "bytes" && severity === "error");
  if (unread !== undefined) return { kind: "problem", problem: unread };
  const edits = reading.bytesRead
    .filter(({ written }) => !written.prefixed)
    .map(({ node, bytes }) => ({
      offset: node.offset,
      length: node.length,
      text: JSON.stringify(formatBytes(to, bytes)),
    }));
  return { kind: "ok", text: applyEdits(text, edits) };
}
