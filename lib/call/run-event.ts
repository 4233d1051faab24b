import type { MetadataEntry } from "./call.ts";

/**
 * What a run gives, in order: at most one `headers`, any number of `message`, then one `trailers` or one `error`.
 * `connectMs`: what the bridge took to connect to the daemon, TLS included; 0 over a connection that was open, null
 * where it did not say.
 */
export type RunEvent =
  | {
      readonly kind: "headers";
      readonly headers: readonly MetadataEntry[];
      readonly connectMs: number | null;
      readonly atMs: number;
    }
  | { readonly kind: "message"; readonly index: number; readonly wire: Uint8Array; readonly atMs: number }
  | { readonly kind: "trailers"; readonly trailers: readonly MetadataEntry[]; readonly atMs: number }
  | { readonly kind: "error"; readonly error: RunError; readonly atMs: number };

/** Where a failed run failed. `daemon`: the status is the daemon's own and is shown as it is. */
export type RunErrorSource = "daemon" | "bridge" | "network" | "request";

/**
 * Why the bridge or the browser gave up, where the daemon did not answer. Each has its own advice on the page.
 * The bridge sends it in the metadata `x-playground-reason`.
 */
export type RunErrorReason =
  | "unreachable" // nothing listens at the profile's address
  | "disconnected" // the connection was lost during the call
  | "plaintext" // the port does not speak TLS
  | "tls-untrusted" // the certificate is not the profile's tls.cert
  | "tls-expired"
  | "tls-name" // the certificate does not name the address
  | "tls-unreadable" // tls.cert is missing or is no certificate
  | "tls-failed" // any other failure of the handshake
  | "macaroon-unreadable" // the macaroon file is missing, empty or not a macaroon
  | "not-grpc" // the peer answered, but not as a gRPC server
  | "unknown-profile"
  | "unknown-method"
  | "service-not-served" // the profile has no endpoint for the method's service
  | "write-refused" // the policy does not allow this method on this profile
  | "confirmation" // the write has no confirmation, or one that is used, expired or of another request
  | "repeated" // the browser sent the same write twice, and the first may have been carried out
  | "hazard" // the daemon is known to crash on this request
  | "bad-request" // malformed call: framing, header, content type
  | "too-large" // request or reply over the limit
  | "busy" // too many calls in flight
  | "deadline" // the bridge's own deadline
  | "cancelled"
  | "session" // no valid session
  | "offline"; // the playground's server itself does not answer

/**
 * What is known of the request's effect. `not-sent`: it has none. `answered`: the daemon says so itself. `unknown`: it may
 * have been carried out, and its reply was lost.
 */
export type Outcome = "not-sent" | "answered" | "unknown";

/** A failed run. `code` is a gRPC status code, 1 to 16. */
export interface RunError {
  readonly source: RunErrorSource;
  readonly reason: RunErrorReason | null;
  readonly code: number;
  readonly message: string;
  readonly outcome: Outcome;
  /** Trailers of the call, or its headers where it had no body. */
  readonly metadata: readonly MetadataEntry[];
  /** `google.rpc.Status.details`: type URL without the host, and the message's bytes. */
  readonly details: readonly { readonly type: string; readonly value: Uint8Array }[];
}
