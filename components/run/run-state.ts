import { assertNever } from "../../lib/call/assert-never.ts";
import type { MetadataEntry } from "../../lib/call/call.ts";
import type { RunError, RunEvent } from "../../lib/call/run-event.ts";

/** What is known of one run, but for its messages. Times are milliseconds since its start. */
export interface RunState {
  readonly phase: "idle" | "running" | "ended";
  readonly profile: string | null;
  readonly headers: readonly MetadataEntry[] | null;
  readonly headersAtMs: number | null;
  /** What the bridge took to connect to the daemon; 0 over a connection that was open, null where it did not say. */
  readonly connectMs: number | null;
  readonly received: number;
  /** Bytes of the messages, without their framing; so for what was sent. */
  readonly receivedBytes: number;
  readonly firstAtMs: number | null;
  readonly lastAtMs: number | null;
  readonly sentCount: number;
  readonly sentBytes: number;
  readonly halfClosed: boolean;
  readonly trailers: readonly MetadataEntry[] | null;
  readonly error: RunError | null;
  readonly endedAtMs: number | null;
}

export const IDLE: RunState = {
  phase: "idle",
  profile: null,
  headers: null,
  headersAtMs: null,
  connectMs: null,
  received: 0,
  receivedBytes: 0,
  firstAtMs: null,
  lastAtMs: null,
  sentCount: 0,
  sentBytes: 0,
  halfClosed: false,
  trailers: null,
  error: null,
  endedAtMs: null,
};

/** A run that has just begun, with its first message on the way. */
export function started(profile: string): RunState {
  return { ...IDLE, phase: "running", profile, sentCount: 1 };
}

/** The state after a further event. */
export function applyEvent(state: RunState, event: RunEvent): RunState {
  switch (event.kind) {
    case "headers":
      return { ...state, headers: event.headers, headersAtMs: event.atMs, connectMs: event.connectMs };
    case "message":
      return {
        ...state,
        received: state.received + 1,
        receivedBytes: state.receivedBytes + event.wire.length,
        firstAtMs: state.firstAtMs ?? event.atMs,
        lastAtMs: event.atMs,
      };
    case "trailers":
      return { ...state, phase: "ended", trailers: event.trailers, endedAtMs: event.atMs };
    case "error":
      return {
        ...state,
        phase: "ended",
        error: event.error,
        trailers: event.error.metadata,
        endedAtMs: event.atMs,
      };
    default:
      return assertNever(event);
  }
}
