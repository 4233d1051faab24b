import type { MetadataEntry } from "./call.ts";

/** Request header (and WebSocket query parameter `profile`) that names the profile. Every RPC needs it. */
export const PROFILE_HEADER = "x-playground-profile";

/** Metadata in which the bridge says that a status is its own, with the reason (`RunErrorReason`). */
export const REASON_HEADER = "x-playground-reason";

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
    }
  | { readonly kind: "half-close" }
  | { readonly kind: "cancel" };

/** `end.code` is a gRPC status code, 0 for success. `reason` is set where the status is the bridge's own. */
export type ServerFrame =
  | { readonly kind: "headers"; readonly headers: readonly MetadataEntry[] }
  | {
      readonly kind: "end";
      readonly code: number;
      readonly message: string;
      readonly reason: string | null;
      readonly trailers: readonly MetadataEntry[];
    };
