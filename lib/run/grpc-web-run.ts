import { ConnectError } from "@connectrpc/connect";
import { createGrpcWebTransport } from "@connectrpc/connect-web";
import {
  ATTEMPT_HEADER,
  COMPRESSION_HEADER,
  CONFIRMATION_HEADER,
  CONNECT_HEADER,
  PROFILE_HEADER,
  RPC_PREFIX,
} from "../call/bridge-protocol.ts";
import type { Call } from "../call/call.ts";
import type { RunError, RunEvent } from "../call/run-event.ts";
import { toHex } from "../schema/bytes-text.ts";
import type { Transmission } from "./browser-runner.ts";
import { CANCELLED, CANCELLED_IN_TIME, localError } from "./local-error.ts";
import { fromOpaque, opaqueMethod, toOpaque } from "./opaque-method.ts";
import { CODE, gateError, lastValue, metadataEntries, shownMetadata, trailersError } from "./run-errors.ts";
import type { RunOptions } from "./runner.ts";

/**
 * Unary and server-streaming calls over fetch. Both go as a stream, so that headers are seen before the first message.
 * What the editor encoded is what is sent, and the bytes of a reply are given as they came: they can be shown, saved
 * and decoded elsewhere.
 */
export async function* runGrpcWeb(
  { origin, transports, call, method, encode, clock }: Transmission,
  { signal }: RunOptions,
): AsyncGenerator<RunEvent, void, undefined> {
  const fail = (error: RunError): RunEvent => ({ kind: "error", error, atMs: clock() });
  const wire = encode(call.request, call.bytes);
  if (typeof wire === "string") return yield fail(localError(null, CODE.INVALID_ARGUMENT, wire));
  const headers = requestHeaders(call);
  if (typeof headers === "string") return yield fail(localError(null, CODE.INVALID_ARGUMENT, headers));
  if (signal.aborted) return yield fail(CANCELLED_IN_TIME);

  // The transport leaves a response open whose messages are no longer asked for.
  const over = new AbortController();
  const abort = () => over.abort();
  signal.addEventListener("abort", abort, { once: true });
  const gate = gateOf(transports.fetch);
  const transport = createGrpcWebTransport({
    baseUrl: origin + RPC_PREFIX.slice(0, -1),
    fetch: gate.fetch,
  });
  try {
    const deadline = call.deadlineMs ?? undefined;
    const opaque = opaqueMethod(method);
    const response = await transport.stream(opaque, over.signal, deadline, headers, once(toOpaque(wire)));
    const received = metadataEntries(response.header);
    yield {
      kind: "headers",
      headers: shownMetadata(received),
      connectMs: numberOf(lastValue(received, CONNECT_HEADER)),
      atMs: clock(),
    };
    let index = 0;
    for await (const message of response.message) {
      yield { kind: "message", index: index++, wire: fromOpaque(message), atMs: clock() };
    }
    yield { kind: "trailers", trailers: shownMetadata(metadataEntries(response.trailer)), atMs: clock() };
  } catch (thrown) {
    yield fail(signal.aborted ? CANCELLED : (gate.refusal() ?? toRunError(thrown, gate.answered())));
  } finally {
    signal.removeEventListener("abort", abort);
    over.abort();
  }
}

/** What the transport threw. `answered`: whether the playground's server had begun to answer. */
function toRunError(thrown: unknown, answered: boolean): RunError {
  const { code, rawMessage, metadata } = ConnectError.from(thrown);
  const rows = metadataEntries(metadata);
  if (lastValue(rows, "grpc-status") !== undefined) {
    const error = trailersError(rows);
    if (error !== null) return error;
  }
  if (code === CODE.DEADLINE_EXCEEDED) {
    return localError("deadline", code, "the call did not end within the deadline", "unknown");
  }
  if (!answered) {
    return localError("offline", CODE.UNAVAILABLE, "the playground's own server does not answer", "unknown");
  }
  // What the transport says of bytes that are no message, or no status.
  if (code === CODE.INTERNAL) {
    return localError("not-grpc", code, `the reply cannot be read: ${rawMessage}`, "unknown");
  }
  return localError(
    "disconnected",
    CODE.UNAVAILABLE,
    "the connection to the playground's server was lost during the call",
    "unknown",
  );
}

/** A fetch of this page's own session that keeps the gate's refusal: the transport would show its number only. */
function gateOf(through: typeof fetch) {
  let answered = false;
  let refusal: RunError | null = null;
  return {
    answered: () => answered,
    refusal: () => refusal,
    fetch: async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
      const response = await through(input, {
        ...init,
        credentials: "same-origin",
        redirect: "error",
        cache: "no-store",
      });
      answered = true;
      if (!response.ok) refusal = await gateError(response.clone());
      return response;
    },
  };
}

/** The headers of a call, or the sentence that says why its metadata cannot be sent. */
function requestHeaders(call: Call): Headers | string {
  let headers: Headers;
  try {
    headers = new Headers(call.metadata.map(({ name, value }) => [name, value]));
  } catch (cause) {
    return `the metadata cannot be sent: ${cause instanceof Error ? cause.message : String(cause)}`;
  }
  headers.set(PROFILE_HEADER, call.profile);
  headers.set(ATTEMPT_HEADER, newAttempt());
  if (call.compression !== "identity") headers.set(COMPRESSION_HEADER, call.compression);
  if (call.confirmation !== null) headers.set(CONFIRMATION_HEADER, call.confirmation);
  return headers;
}

/** 128 bits. `crypto.randomUUID` is missing where the page is served over plain HTTP from another machine. */
function newAttempt(): string {
  return toHex(crypto.getRandomValues(new Uint8Array(16)));
}

async function* once<T>(value: T): AsyncGenerator<T, void, undefined> {
  yield value;
}

function numberOf(text: string | undefined): number | null {
  const value = Number(text ?? Number.NaN);
  return Number.isNaN(value) ? null : value;
}
