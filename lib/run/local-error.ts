import type { Outcome, RunError, RunErrorReason } from "../call/run-event.ts";

const OF_THE_NETWORK: readonly (RunErrorReason | null)[] = ["offline", "session", "disconnected"];

/**
 * An error that this page made itself, before or without an answer; `outcome` says whether the request was sent. `code`
 * is a gRPC status code. Apart from the transports, so that a page has it without loading them.
 */
export function localError(
  reason: RunErrorReason | null,
  code: number,
  message: string,
  outcome: Outcome = "not-sent",
): RunError {
  const source = OF_THE_NETWORK.includes(reason) ? "network" : "request";
  return { source, reason, code, message, outcome, metadata: [], details: [] };
}

export const CANCELLED: RunError = localError(
  "cancelled",
  1,
  "cancelled here before the call ended",
  "unknown",
);

/** A call that was cancelled before anything of it was sent. */
export const CANCELLED_IN_TIME: RunError = { ...CANCELLED, outcome: "not-sent" };
