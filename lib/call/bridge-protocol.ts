import type { Compression, MetadataEntry } from "./call.ts";
import type { Outcome } from "./run-event.ts";

/** Request header (and WebSocket query parameter `profile`) that names the profile. Every RPC needs it. */
export const PROFILE_HEADER = "x-playground-profile";

/** Metadata in which the bridge says that a status is its own, with the reason (`RunErrorReason`). */
export const REASON_HEADER = "x-playground-reason";

/** Metadata in which the bridge says what became of a request whose call it ended itself (`Outcome`). */
export const OUTCOME_HEADER = "x-playground-outcome";

/** Request header that asks for compression between bridge and daemon (`Compression`; absent: `identity`). */
export const COMPRESSION_HEADER = "x-playground-compression";

/** Request header that holds the nonce of a confirmed write. */
export const CONFIRMATION_HEADER = "x-playground-confirmation";

/**
 * Request header that names one attempt at a call, in letters and digits. A browser sends a POST a second time where the
 * connection that it had kept breaks: the bridge does not let a write of the same name through twice.
 */
export const ATTEMPT_HEADER = "x-playground-attempt";

/** Response header: milliseconds that the bridge took to connect to the daemon; 0 over an open connection. */
export const CONNECT_HEADER = "x-playground-connect-ms";

/** Path prefix of the bridge: `/rpc/<service>/<method>`, both for gRPC-Web POST and for WebSocket. */
export const RPC_PREFIX = "/rpc/";

/** The WebSocket subprotocol of a call. */
export const WS_PROTOCOL = "playground.v1";

/**
 * Text frames on a call's WebSocket; each binary frame is one message without gRPC's 5-byte prefix, in either
 * direction. The client opens with `start`, the server closes after `end`.
 */
export type ClientFrame =
  | {
      readonly kind: "start";
      readonly metadata: readonly MetadataEntry[];
      readonly deadlineMs: number | null;
      /** Absent: `identity`. */
      readonly compression?: Compression;
    }
  /** Before a message of a confirmed write: the nonce of that message. */
  | { readonly kind: "confirm"; readonly nonce: string }
  | { readonly kind: "half-close" }
  | { readonly kind: "cancel" };

/** `end.code` is a gRPC status code, 0 for success. `reason` is set where the status is the bridge's own. */
export type ServerFrame =
  | {
      readonly kind: "headers";
      readonly headers: readonly MetadataEntry[];
      readonly connectMs: number | null;
    }
  | {
      readonly kind: "end";
      readonly code: number;
      readonly message: string;
      readonly reason: string | null;
      readonly outcome: Outcome;
      readonly trailers: readonly MetadataEntry[];
    };
