import type { BytesForm } from "../call/call.ts";
import type { RunErrorReason, RunErrorSource } from "../call/run-event.ts";
import { redact } from "./secrets.ts";

/** Text of which the end may be left out. */
export interface KeptText {
  readonly text: string;
  readonly complete: boolean;
}

/** One run as a history keeps it: redacted, without metadata, and without a reply that holds secrets. */
export interface HistoryEntry {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Profile id, and how it was called then. */
  readonly profile: string;
  readonly profileLabel: string;
  readonly network: string;
  /** Fully qualified. */
  readonly method: string;
  readonly bytes: BytesForm;
  /** The first message. */
  readonly request: KeptText;
  /** Whether something was taken out of the request. */
  readonly redacted: boolean;
  readonly status: {
    /** A gRPC status code. */
    readonly code: number;
    readonly message: string;
    readonly source: RunErrorSource | null;
    readonly reason: RunErrorReason | null;
  };
  readonly durationMs: number | null;
  /** Messages, and bytes of those received. */
  readonly sizes: { readonly sent: number; readonly received: number; readonly receivedBytes: number };
  /** The beginning of the reply; null where there was none, or it holds secrets. */
  readonly reply: KeptText | null;
}

/** Characters that are kept: of a request, as it must be whole to be opened; of a reply, and of a status. */
const MOST_REQUEST = 100_000;
const MOST_REPLY = 16_000;
const MOST_MESSAGE = 2_000;

/** The entry without what looks like a secret, and within its bounds. */
export function cleanEntry(entry: Omit<HistoryEntry, "redacted">): HistoryEntry {
  const request = redact(entry.request.text);
  return {
    ...entry,
    request: cut(request.text, MOST_REQUEST, entry.request.complete),
    redacted: request.found.length > 0,
    status: { ...entry.status, message: redact(entry.status.message).text.slice(0, MOST_MESSAGE) },
    // What is cut off is looked through first: half a secret does not look like one.
    reply: entry.reply === null ? null : cut(redact(entry.reply.text).text, MOST_REPLY, entry.reply.complete),
  };
}

/** Bytes that an entry takes, about. */
export function sizeOfEntry(entry: HistoryEntry): number {
  return 2 * JSON.stringify(entry).length;
}

/** Whether every word is somewhere in the entry, in whatever case. */
export function matchesEntry(entry: HistoryEntry, query: string): boolean {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const { method, profileLabel, network, status, request, reply } = entry;
  const text = [method, profileLabel, network, status.message, request.text, reply?.text ?? ""]
    .join("\n")
    .toLowerCase();
  return words.every((word) => text.includes(word));
}

function cut(text: string, most: number, complete: boolean): KeptText {
  return text.length <= most ? { text, complete } : { text: text.slice(0, most), complete: false };
}
