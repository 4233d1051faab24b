import { Code } from "@connectrpc/connect";
import { createGrpcWebTransport } from "@connectrpc/connect-web";
import {
  COMPRESSION_HEADER,
  CONFIRMATION_HEADER,
  CONNECT_HEADER,
  PROFILE_HEADER,
} from "../call/bridge-protocol.ts";
import type { RunEvent } from "../call/run-event.ts";
import type { Transmission } from "./browser-runner.ts";
import { localError } from "./local-error.ts";
import { fromOpaque, opaqueMethod, toOpaque } from "./opaque-method.ts";
import { GateError, metadataEntries, toRunError } from "./run-errors.ts";
import type { RunOptions } from "./runner.ts";

/** Unary and server-streaming calls over fetch. Both go as a stream, so headers are seen before the first message. */
export async function* runGrpcWeb(
  { origin, call, method, encode, clock }: Transmission,
  { signal }: RunOptions,
): AsyncGenerator<RunEvent, void, undefined> {
  const wire = encode(call.request);
  if (typeof wire === "string") {
    yield { kind: "error", error: localError(null, Code.InvalidArgument, wire), atMs: clock() };
    return;
  }
  let headers: Headers;
  try {
    headers = new Headers(call.metadata.map(({ name, value }) => [name, value]));
  } catch (cause) {
    const message = `the metadata cannot be sent: ${cause instanceof Error ? cause.message : String(cause)}`;
    yield { kind: "error", error: localError(null, Code.InvalidArgument, message), atMs: clock() };
    return;
  }
  headers.set(PROFILE_HEADER, call.profile);
  if (call.compression !== "identity") headers.set(COMPRESSION_HEADER, call.compression);
  if (call.confirmation !== null) headers.set(CONFIRMATION_HEADER, call.confirmation);
  const transport = createGrpcWebTransport({ baseUrl: `${origin}/rpc`, fetch: fetchThroughGate });
  // The transport leaves a response open whose messages are no longer asked for.
  const over = new AbortController();
  const abort = () => over.abort(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  if (signal.aborted) abort();
  try {
    const response = await transport.stream(
      opaqueMethod(method),
      over.signal,
      call.deadlineMs ?? undefined,
      headers,
      once(toOpaque(wire)),
    );
    const connectMs = Number(response.header.get(CONNECT_HEADER) ?? Number.NaN);
    response.header.delete(CONNECT_HEADER);
    yield {
      kind: "headers",
      headers: metadataEntries(response.header),
      connectMs: Number.isNaN(connectMs) ? null : connectMs,
      atMs: clock(),
    };
    let index = 0;
    for await (const message of response.message) {
      yield { kind: "message", index: index++, wire: fromOpaque(message), atMs: clock() };
    }
    yield { kind: "trailers", trailers: metadataEntries(response.trailer), atMs: clock() };
  } catch (thrown) {
    yield { kind: "error", error: toRunError(thrown, signal.aborted), atMs: clock() };
  } finally {
    signal.removeEventListener("abort", abort);
    over.abort();
  }
}

async function* once<T>(value: T): AsyncGenerator<T, void, undefined> {
  yield value;
}

/** The gate refuses with a plain HTTP status and a sentence; the transport alone would show the number only. */
async function fetchThroughGate(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const response = await fetch(input, {
    ...init,
    credentials: "same-origin",
    redirect: "error",
    cache: "no-store",
  });
  if (response.ok) return response;
  const body = await response.text();
  throw new GateError(
    response.status,
    messageOf(body) ?? `the playground's server answered HTTP ${response.status}`,
  );
}

function messageOf(body: string): string | undefined {
  try {
    const { message } = JSON.parse(body) as { message?: unknown };
    return typeof message === "string" ? message : undefined;
  } catch {
    return undefined;
  }
}
