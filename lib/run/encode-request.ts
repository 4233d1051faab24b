import type { DescMessage, FileRegistry } from "@bufbuild/protobuf";
import type { BytesForm } from "../call/call.ts";
import { describeProblem } from "../schema/problem.ts";
import { readRequest } from "../schema/request-text.ts";

/**
 * The bytes that a request text is sent as, or the sentence that says why it is no request. The runner sends exactly
 * these, so a confirmation is asked for with them.
 */
export function encodeRequest(
  text: string,
  desc: DescMessage,
  registry: FileRegistry,
  bytes: BytesForm,
): Uint8Array | string {
  const read = readRequest(text, desc, { bytes, registry });
  if (read.kind === "ok") return read.wire;
  const first = read.problems.find(({ severity }) => severity === "error");
  return first === undefined ? "the request cannot be read" : describeProblem(text, first);
}
