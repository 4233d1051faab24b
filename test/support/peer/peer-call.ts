import type { Metadata } from "@grpc/grpc-js";

/** What the peer saw of one call. Entries are live: `messages`, `sent` and the end change as the call goes on. */
export interface PeerCall {
  readonly id: number;
  /** Fully qualified: `poolrpc.Trader.GetInfo`. */
  readonly method: string;
  /** Names of the received metadata, lower case. */
  readonly metadataNames: readonly string[];
  readonly metadata: Metadata;
  /** Each received message as it came. */
  readonly messages: Uint8Array[];
  /** How many messages were handed to the transport. */
  sent: number;
  /** The caller gave up: a reset, a lost connection or its deadline. */
  cancelled: boolean;
  /** The status sent, or null while the call runs and after a cancel. */
  code: number | null;
  readonly startedAt: number;
  endedAt: number | null;
}

/** A change of a call that `startPeer`'s `onEvent` is told of. */
export type PeerEvent = {
  readonly kind: "start" | "message" | "end" | "cancel";
  readonly call: PeerCall;
};
