import { assertNever } from "../../lib/call/assert-never.ts";
import type { MetadataEntry } from "../../lib/call/call.ts";
import type { RunError, RunEvent } from "../../lib/call/run-event.ts";

/** How many messages stay in the page. Older ones are counted, not kept. */
export const KEPT_MESSAGES = 500;

export interface ReceivedMessage {
  readonly index: number;
  readonly wire: Uint8Array;
  readonly atMs: number;
}

/** A message as it stood in the editor when it was sent. */
export interface SentMessage {
  readonly text: string;
  readonly atMs: number;
}

/** What the page shows of one run. Times are milliseconds since its start. */
export interface RunState {
  readonly phase: "idle" | "running" | "ended";
  readonly profile: string | null;
  readonly headers: readonly MetadataEntry[] | null;
  readonly headersAtMs: number | null;
  /** The last `KEPT_MESSAGES`, oldest first. */
  readonly messages: readonly ReceivedMessage[];
  readonly received: number;
  readonly receivedBytes: number;
  readonly firstAtMs: number | null;
  /** Oldest first, at most `KEPT_MESSAGES`. */
  readonly sent: readonly SentMessage[];
  readonly sentCount: number;
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
  messages: [],
  received: 0,
  receivedBytes: 0,
  firstAtMs: null,
  sent: [],
  sentCount: 0,
  halfClosed: false,
  trailers: null,
  error: null,
  endedAtMs: null,
};

export function started(profile: string, request: string): RunState {
  return applySent({ ...IDLE, phase: "running", profile }, { text: request, atMs: 0 });
}

/** The state after one more message was handed to the call. */
export function applySent(state: RunState, message: SentMessage): RunState {
  return { ...state, sent: [...state.sent, message].slice(-KEPT_MESSAGES), sentCount: state.sentCount + 1 };
}

/** The state after a batch of events, as they came since the last paint. */
export function applyEvents(state: RunState, events: readonly RunEvent[]): RunState {
  const received: ReceivedMessage[] = [];
  let next = state;
  for (const event of events) {
    if (event.kind === "message") received.push(event);
    else next = applyEvent(next, event);
  }
  if (received.length === 0) return next;
  return {
    ...next,
    messages: [...state.messages, ...received].slice(-KEPT_MESSAGES),
    received: state.received + received.length,
    receivedBytes: received.reduce((sum, { wire }) => sum + wire.length, state.receivedBytes),
    firstAtMs: state.firstAtMs ?? received[0]?.atMs ?? null,
  };
}

function applyEvent(state: RunState, event: Exclude<RunEvent, { kind: "message" }>): RunState {
  switch (event.kind) {
    case "headers":
      return { ...state, headers: event.headers, headersAtMs: event.atMs };
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
