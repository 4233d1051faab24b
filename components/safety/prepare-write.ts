import type { DescMessage, FileRegistry } from "@bufbuild/protobuf";
import type { BytesForm } from "../../lib/call/call.ts";
import type { MethodSafety } from "../../lib/call/safety.ts";
import type { MethodDocs } from "../../lib/reference/method-docs.ts";
import { type Amount, findAmounts } from "../../lib/schema/amounts.ts";
import { findHazards } from "../../lib/schema/hazards.ts";
import { writeMessage } from "../../lib/schema/message-text.ts";
import { describeProblem } from "../../lib/schema/problem.ts";
import { readRequest } from "../../lib/schema/request-text.ts";

/**
 * A request that may be asked about: the bytes that a confirmation is for, what they say, and the amounts to name.
 * `shown` is written from the message: comments and their tricks are not in it, and what cannot be seen is escaped.
 */
export type PreparedWrite =
  | {
      readonly kind: "ok";
      readonly wire: Uint8Array;
      readonly shown: string;
      readonly amounts: readonly Amount[];
    }
  | { readonly kind: "refused"; readonly message: string };

/** Reads a write's request before anybody is asked about it. One that would crash the daemon is refused here. */
export function prepareWrite({
  text,
  bytes,
  desc,
  registry,
  docs,
  safety,
}: {
  readonly text: string;
  readonly bytes: BytesForm;
  readonly desc: DescMessage;
  readonly registry: FileRegistry;
  readonly docs: MethodDocs;
  readonly safety: MethodSafety;
}): PreparedWrite {
  const reading = readRequest(text, desc, { bytes, registry });
  if (reading.kind === "problems") {
    const first = reading.problems.find(({ severity }) => severity === "error");
    const message = first === undefined ? "the request cannot be read" : describeProblem(text, first);
    return { kind: "refused", message };
  }
  const hazards = findHazards(desc, reading.message, (type) => docs.messages[type]?.needed ?? []);
  if (hazards.length > 0) {
    const why = hazards.map(({ message }) => message).join(" ");
    return { kind: "refused", message: `${why} Nothing was sent.` };
  }
  const { message, wire } = reading;
  const shown = escapeUnseen(writeMessage(desc, message, { bytes, registry, emitDefaults: false }));
  return { kind: "ok", wire, shown, amounts: findAmounts(desc, message, safety.amounts) };
}

/** Characters that turn text around or take no room, as JSON escapes them. They stand in strings alone. */
function escapeUnseen(text: string): string {
  return text.replace(/[\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\u007f-\u009f]/gu, (character) =>
    Array.from(
      { length: character.length },
      (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`,
    ).join(""),
  );
}
