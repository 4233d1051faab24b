import type { Outcome, RunError, RunErrorReason } from "../call/run-event.ts";

/**
 * An error that this page made itself, before or without an answer; `outcome` says whether the request was sent. `code` is a gRPC status code. Apart from the
 * transport's errors, so that a page has it without loading the transport.
 */
export function localError(
  reason: RunErrorReason | null,
  code: number,
  message: string,
  outcome: Outcome = "not-sent",
): RunError {
  const source = reason === "offline" || reason === "session" ? "network" : "request";
  return { source, reason, code, message, outcome, metadata: [], details: [] };
}

export const CANCELLED: RunError = localError(
  "cancelled",
  1,
  "cancelled here before the call ended",
  "unknown",
);
