import type { Call } from "../../lib/call/call.ts";
import type { CallOptionsValue } from "./call-options-value.ts";
import { readDeadline } from "./read-deadline.ts";
import { readMetadata } from "./read-metadata.ts";

export type OptionsReading =
  | { readonly kind: "ok"; readonly options: Pick<Call, "metadata" | "deadlineMs" | "compression"> }
  | { readonly kind: "problem"; readonly message: string };

/** The options as a call has them, or a sentence on the first that cannot be sent. */
export function readOptions({ metadata, deadline, compression }: CallOptionsValue): OptionsReading {
  const entries = readMetadata(metadata);
  if (entries.kind === "problem") return { kind: "problem", message: entries.message };
  const limit = readDeadline(deadline);
  if (limit.kind === "problem") return limit;
  return { kind: "ok", options: { metadata: entries.entries, deadlineMs: limit.ms, compression } };
}
