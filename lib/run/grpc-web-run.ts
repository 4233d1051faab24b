import {
  COMPRESSION_HEADER,
  CONFIRMATION_HEADER,
  CONNECT_HEADER,
  PROFILE_HEADER,
  RPC_PREFIX,
} from "../call/bridge-protocol.ts";
import type { Call, MetadataEntry } from "../call/call.ts";
import type { RunError, RunEvent } from "../call/run-event.ts";
import type { Transmission } from "./browser-runner.ts";
import { FrameReader, frameMessage } from "./grpc-web-frames.ts";
import { CANCELLED, CANCELLED_IN_TIME, localError } from "./local-error.ts";
import { CODE, gateError, lastValue, metadataEntries, shownMetadata, trailersError } from "./run-errors.ts";
import type { RunOptions } from "./runner.ts";

/**
 * Unary and server-streaming calls over fetch. What the editor encoded is what is sent, and the bytes of a reply are
 * given as they came: they can be shown, saved and decoded elsewhere.
 */
export async function* runGrpcWeb(
  { origin, call, method, encode, clock }: Transmission,
  { signal }: RunOptions,
): AsyncGenerator<RunEvent, void, undefined> {
  const fail = (error: RunError): RunEvent => ({ kind: "error", error, atMs: clock() });
  const wire = encode(call.request);
  if (typeof wire === "string") return yield fail(localError(null, CODE.INVALID_ARGUMENT, wire));
  const headers = requestHeaders(call);
  if (typeof headers === "string") return yield fail(localError(null, CODE.INVALID_ARGUMENT, headers));

  const over = new AbortController();
  const abort = () => over.abort();
  signal.addEventListener("abort", abort, { once: true });
  const deadline = call.deadlineMs === null ? undefined : setTimeout(abort, call.deadlineMs);
  /** Why nothing more comes, once the request may have left. */
  const lost = (otherwise: RunError): RunError => {
    if (signal.aborted) return CANCELLED;
    return over.signal.aborted ? EXPIRED : otherwise;
  };
  try {
    if (signal.aborted) return yield fail(CANCELLED_IN_TIME);
    const response = await fetch(`${origin}${RPC_PREFIX}${method.parent.typeName}/${method.name}`, {
      method: "POST",
      headers,
      body: frameMessage(wire),
      signal: over.signal,
      credentials: "same-origin",
      redirect: "error",
      cache: "no-store",
    }).catch(() => null);
    if (response === null) return yield fail(lost(NO_SERVER));
    if (!response.ok) return yield fail(await gateError(response));
    const received = metadataEntries(response.headers);
    yield {
      kind: "headers",
      headers: shownMetadata(received),
      connectMs: numberOf(lastValue(received, CONNECT_HEADER)),
      atMs: clock(),
    };
    let trailers: readonly MetadataEntry[] | null = null;
    let index = 0;
    const frames = new FrameReader();
    const body = response.body?.getReader();
    for (;;) {
      const piece = await body?.read().catch(() => null);
      if (piece === null) return yield fail(lost(BROKEN_OFF));
      if (piece === undefined || piece.done) break;
      for (const frame of frames.read(piece.value)) {
        if (frame.kind === "trailers") trailers = frame.trailers;
        else yield { kind: "message", index: index++, wire: frame.wire, atMs: clock() };
      }
    }
    // A reply without a body has its status among the headers.
    if (trailers === null && lastValue(received, "grpc-status") !== undefined) trailers = received;
    if (trailers === null || frames.partial) return yield fail(lost(BROKEN_OFF));
    const error = trailersError(trailers);
    if (error !== null) yield fail(error);
    else yield { kind: "trailers", trailers: shownMetadata(trailers), atMs: clock() };
  } finally {
    clearTimeout(deadline);
    signal.removeEventListener("abort", abort);
    // A reply that nobody reads on is given up, and with it the call.
    over.abort();
  }
}

const EXPIRED = localError(
  "deadline",
  CODE.DEADLINE_EXCEEDED,
  "the call did not end within the deadline",
  "unknown",
);

const NO_SERVER = localError(
  "offline",
  CODE.UNAVAILABLE,
  "the playground's own server does not answer",
  "unknown",
);

const BROKEN_OFF = localError(
  "disconnected",
  CODE.UNAVAILABLE,
  "the connection to the playground's server was lost during the call",
  "unknown",
);

/** The headers of a call, or the sentence that says why its metadata cannot be sent. */
function requestHeaders(call: Call): Headers | string {
  let headers: Headers;
  try {
    headers = new Headers(call.metadata.map(({ name, value }) => [name, value]));
  } catch (cause) {
    return `the metadata cannot be sent: ${cause instanceof Error ? cause.message : String(cause)}`;
  }
  headers.set("content-type", "application/grpc-web+proto");
  headers.set("x-grpc-web", "1");
  headers.set(PROFILE_HEADER, call.profile);
  if (call.deadlineMs !== null) headers.set("grpc-timeout", grpcTimeout(call.deadlineMs));
  if (call.compression !== "identity") headers.set(COMPRESSION_HEADER, call.compression);
  if (call.confirmation !== null) headers.set(CONFIRMATION_HEADER, call.confirmation);
  return headers;
}

/** Eight digits at most: long ones are in seconds. */
function grpcTimeout(ms: number): string {
  return ms < 100_000_000 ? `${Math.ceil(ms)}m` : `${Math.min(Math.ceil(ms / 1000), 99_999_999)}S`;
}

function numberOf(text: string | undefined): number | null {
  const value = Number(text ?? Number.NaN);
  return Number.isNaN(value) ? null : value;
}
