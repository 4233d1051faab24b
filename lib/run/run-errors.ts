import { Code, ConnectError } from "@connectrpc/connect";
import { OUTCOME_HEADER, REASON_HEADER } from "../call/bridge-protocol.ts";
import type { MetadataEntry } from "../call/call.ts";
import type { Outcome, RunError, RunErrorReason } from "../call/run-event.ts";
import { CANCELLED, localError } from "./local-error.ts";

/** A refusal by the playground's own server before a call reached the bridge: an HTTP status that is not 200. */
export class GateError extends Error {
  override name = "GateError";
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Metadata rows in the order received. */
export function metadataEntries(headers: Headers): MetadataEntry[] {
  return [...headers].map(([name, value]) => ({ name, value }));
}

/** Converts whatever the transport threw. `cancelled`: whether the user had cancelled the call. */
export function toRunError(thrown: unknown, cancelled: boolean): RunError {
  if (cancelled) return CANCELLED;
  const error = ConnectError.from(thrown);
  const gate = findGateError(thrown);
  if (gate !== undefined) return gateError(gate);
  const reason = error.metadata.get(REASON_HEADER) as RunErrorReason | null;
  const details = error.details.flatMap((detail) =>
    "type" in detail ? [{ type: detail.type, value: detail.value }] : [],
  );
  const metadata = metadataEntries(error.metadata);
  if (reason !== null) {
    const outcome = (error.metadata.get(OUTCOME_HEADER) ?? "unknown") as Outcome;
    return {
      source: "bridge",
      reason,
      code: error.code,
      message: error.rawMessage,
      outcome,
      metadata,
      details,
    };
  }
  if (thrown instanceof TypeError || error.cause instanceof TypeError) {
    return localError("offline", Code.Unavailable, "the playground's own server does not answer", "unknown");
  }
  if (error.code === Code.DeadlineExceeded && metadata.length === 0) {
    return localError("deadline", error.code, "the call did not end within the deadline", "unknown");
  }
  const { code, rawMessage: message } = error;
  return { source: "daemon", reason: null, code, message, outcome: "answered", metadata, details };
}

function gateError(gate: GateError): RunError {
  if (gate.status === 401) return localError("session", Code.Unauthenticated, gate.message);
  return { ...localError("bad-request", Code.InvalidArgument, gate.message), source: "bridge" };
}

function findGateError(thrown: unknown): GateError | undefined {
  if (thrown instanceof GateError) return thrown;
  return thrown instanceof Error ? findGateError(thrown.cause) : undefined;
}
