import type { Outcome, RunErrorReason } from "../../lib/call/run-event.ts";

/** A call that the bridge itself ended. `message` says what, where and what to do; it never holds a credential. */
export interface BridgeFailure {
  readonly kind: "failure";
  readonly reason: RunErrorReason;
  /** gRPC status code. */
  readonly code: number;
  readonly message: string;
  /** Whether the daemon may have got the request. */
  readonly outcome: Exclude<Outcome, "answered">;
}

const CODES = {
  unreachable: 14,
  disconnected: 14,
  plaintext: 14,
  "tls-untrusted": 14,
  "tls-expired": 14,
  "tls-name": 14,
  "tls-unreadable": 14,
  "tls-failed": 14,
  "macaroon-unreadable": 16,
  "not-grpc": 2,
  "unknown-profile": 5,
  "unknown-method": 12,
  "service-not-served": 12,
  "write-refused": 7,
  confirmation: 9,
  repeated: 14,
  hazard: 3,
  "bad-request": 3,
  "too-large": 8,
  busy: 8,
  deadline: 4,
  cancelled: 1,
  session: 16,
  offline: 14,
} as const satisfies Record<RunErrorReason, number>;

/** A failure before anything was sent, with the reason's usual status code or with a nearer one. */
export function failure(
  reason: RunErrorReason,
  message: string,
  code: number = CODES[reason],
): BridgeFailure {
  return { kind: "failure", reason, code, message, outcome: "not-sent" };
}
