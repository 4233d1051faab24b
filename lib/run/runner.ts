import type { BytesForm, Call } from "../call/call.ts";
import type { RunEvent } from "../call/run-event.ts";

export interface RunOptions {
  /** Aborting cancels the call at the daemon; the run then ends with an `error` of reason `cancelled`. */
  readonly signal: AbortSignal;
  /**
   * Messages after the first one, for methods that stream from the client. The end of the iteration half-closes the
   * call. Without it the call is half-closed after `call.request`.
   */
  readonly outgoing?: AsyncIterable<OutgoingMessage>;
}

/** One more message of a call that runs. */
export interface OutgoingMessage {
  /** Its request text. */
  readonly text: string;
  /** How its bytes are written: an editor may have changed that since the call began. */
  readonly bytes: BytesForm;
  /** The nonce of exactly this message, where a write needs one (`requestConfirmation`); else null. */
  readonly confirmation: string | null;
}

/** Runs calls. What goes wrong is an `error` event, never an exception. */
export interface Runner {
  run(call: Call, options: RunOptions): AsyncIterable<RunEvent>;
}
