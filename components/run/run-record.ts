import type { BytesForm } from "../../lib/call/call.ts";
import type { RunErrorReason, RunErrorSource } from "../../lib/call/run-event.ts";

/** So many characters of a reply are recorded at most. */
export const RECORDED_REPLY = 64 * 1024;

/** What a run leaves behind when it has ended: what a history needs, and no credential. */
export interface RunRecord {
  /** Fully qualified. */
  readonly method: string;
  /** Profile id. */
  readonly profile: string;
  /** The first message, as it stood in the editor. */
  readonly request: string;
  /** How the request's bytes are written, and the reply's. */
  readonly bytes: BytesForm;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly status: RunRecordStatus;
  /** Milliseconds since the start; null where it did not come to that. */
  readonly times: {
    readonly headers: number | null;
    readonly firstMessage: number | null;
    readonly end: number | null;
  };
  readonly sizes: {
    /** Messages, and their bytes on the wire without framing. */
    readonly sent: number;
    readonly received: number;
    readonly receivedBytes: number;
  };
  /** The beginning of the reply's text, or null for a method whose replies hold secrets. */
  readonly reply: { readonly text: string; readonly complete: boolean } | null;
}

/** How the run ended. `code` is a gRPC status code; `source` is null for OK. */
export interface RunRecordStatus {
  readonly code: number;
  readonly message: string;
  readonly source: RunErrorSource | null;
  readonly reason: RunErrorReason | null;
}
