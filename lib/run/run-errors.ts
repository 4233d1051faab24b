import { OUTCOME_HEADER, REASON_HEADER } from "../call/bridge-protocol.ts";
import type { MetadataEntry } from "../call/call.ts";
import type { Outcome, RunError, RunErrorReason } from "../call/run-event.ts";
import { errorDetails } from "./error-details.ts";
import { localError } from "./local-error.ts";

/** gRPC's numbers of the codes that a page gives by itself. */
export const CODE = {
  INVALID_ARGUMENT: 3,
  DEADLINE_EXCEEDED: 4,
  INTERNAL: 13,
  RESOURCE_EXHAUSTED: 8,
  UNAVAILABLE: 14,
  UNAUTHENTICATED: 16,
} as const;

/** Metadata rows in the order received. */
export function metadataEntries(headers: Headers): MetadataEntry[] {
  return [...headers].map(([name, value]) => ({ name, value }));
}

/** The last value of a metadata name. */
export function lastValue(metadata: readonly MetadataEntry[], name: string): string | undefined {
  return metadata.findLast((entry) => entry.name === name)?.value;
}

/**
 * How a call ended, by what the bridge or the daemon said: null for success. `metadata` are its trailers. With a reason
 * it is the bridge's own word, and nothing is known of the request unless it says so.
 */
export function endError(
  code: number,
  message: string,
  reason: RunErrorReason | null,
  outcome: Outcome | null,
  metadata: readonly MetadataEntry[],
): RunError | null {
  if (code === 0) return null;
  return {
    source: reason === null ? "daemon" : "bridge",
    reason,
    code,
    message,
    outcome: reason === null ? "answered" : (outcome ?? "unknown"),
    metadata,
    details: errorDetails(metadata),
  };
}

/** The same from a gRPC-Web call's trailers. Rows by which the bridge and gRPC speak are left out of the metadata. */
export function trailersError(trailers: readonly MetadataEntry[]): RunError | null {
  return endError(
    statusCode(trailers),
    decodeMessage(lastValue(trailers, "grpc-message") ?? ""),
    (lastValue(trailers, REASON_HEADER) ?? null) as RunErrorReason | null,
    (lastValue(trailers, OUTCOME_HEADER) ?? null) as Outcome | null,
    shownMetadata(trailers),
  );
}

const OWN_ROWS = ["grpc-status", "grpc-message"];

/** What an HTTP response has of its own, and the bridge never passes on from a daemon. */
const OF_HTTP =
  /^(?:x-playground-|content-|cross-origin-|cache-control$|connection$|date$|keep-alive$|referrer-policy$|transfer-encoding$|vary$|x-content-type-options$)/;

/** The rows that are a daemon's metadata. */
export function shownMetadata(metadata: readonly MetadataEntry[]): readonly MetadataEntry[] {
  return metadata.filter(({ name }) => !OWN_ROWS.includes(name) && !OF_HTTP.test(name));
}

/** UNKNOWN where there is no number. */
function statusCode(trailers: readonly MetadataEntry[]): number {
  const text = lastValue(trailers, "grpc-status") ?? "";
  return /^\d{1,3}$/.test(text) ? Number(text) : 2;
}

function decodeMessage(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The gate's refusal, an HTTP status that is not 200 with a sentence as JSON: the call did not reach the bridge. */
export async function gateError(response: Response): Promise<RunError> {
  const message = messageOf(await response.text().catch(() => ""));
  const sentence = message ?? `the playground's server answered HTTP ${response.status}`;
  if (response.status === 401) return localError("session", CODE.UNAUTHENTICATED, sentence);
  const outcome = response.status < 500 ? "not-sent" : "unknown";
  return {
    ...localError("bad-request", CODE.INVALID_ARGUMENT, sentence, outcome),
    source: "bridge",
  };
}

function messageOf(body: string): string | undefined {
  try {
    const { message } = JSON.parse(body) as { message?: unknown };
    return typeof message === "string" ? message : undefined;
  } catch {
    return undefined;
  }
}
