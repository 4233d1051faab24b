/** One finished call. Holds no metadata, so that no macaroon can reach a log. */
export interface CallLine {
  /** Fully qualified: `poolrpc.Trader.GetInfo`. */
  readonly method: string;
  /** gRPC status code, 0 for OK. */
  readonly code: number;
  /** From the first header to the end of the call. */
  readonly ms: number;
  /** True when the client went away before the call was over. */
  readonly cancelled: boolean;
}

/** Where finished calls and events of the sandbox itself are told. */
export interface CallLog {
  finished(line: CallLine): void;
  /** Something that is not a call: the daemon was stopped, a block was mined. */
  note(text: string): void;
}
