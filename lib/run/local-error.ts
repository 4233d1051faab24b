import type { RunError, RunErrorReason } from "../call/run-event.ts";

/**
 * An error that this page made itself, before or without an answer. `code` is a gRPC status code. Apart from the
 * transport's errors, so that a page has it without loading the transport.
 */
export function localError(reason: RunErrorReason | null, code: number, message: string): RunError {
  const source = reason === "offline" || reason === "session" ? "network" : "request";
  return { source, reason, code, message, metadata: [], details: [] };
}

export const CANCELLED: RunError = localError("cancelled", 1, "cancelled here before the call ended");
