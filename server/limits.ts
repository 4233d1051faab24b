/** What one server allows. Bytes are of messages as they are on the wire, times are milliseconds. */
export interface Limits {
  /** The largest message from the browser. */
  readonly requestBytes: number;
  /** The largest message from a daemon. */
  readonly replyMessageBytes: number;
  /** Calls at the same time, over all profiles. */
  readonly callsInFlight: number;
  /** The longest a unary call may take, whatever it asks for. */
  readonly unaryDeadlineMs: number;
  /** The same for calls that stream; null: as long as both sides like. */
  readonly streamDeadlineMs: number | null;
  /** Names and values of a call's metadata together. */
  readonly metadataBytes: number;
  /** The head of an HTTP request. */
  readonly headerBytes: number;
  /** Lines in the head of an HTTP request. */
  readonly headerCount: number;
  /** How long reaching a daemon may take, TLS included. */
  readonly connectMs: number;
  /** How long a connection to a daemon is kept without a call. */
  readonly idleMs: number;
  /** How often a browser's socket is asked whether it is still there; it has as long to answer. */
  readonly socketPingMs: number;
}

export const DEFAULT_LIMITS: Limits = {
  requestBytes: 1 << 20,
  replyMessageBytes: 16 << 20,
  callsInFlight: 32,
  unaryDeadlineMs: 60_000,
  streamDeadlineMs: null,
  metadataBytes: 8 << 10,
  headerBytes: 16 << 10,
  headerCount: 128,
  connectMs: 5_000,
  idleMs: 60_000,
  socketPingMs: 30_000,
};
