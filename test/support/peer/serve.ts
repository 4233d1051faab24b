import type { DescMethod, DescService } from "@bufbuild/protobuf";
import { type Metadata, type Server, type ServerDuplexStream, status } from "@grpc/grpc-js";
import { type Handler, PeerStatus } from "./handler.ts";
import { readKnobs } from "./knobs.ts";
import type { PeerCall, PeerEvent } from "./peer-call.ts";

/** What all calls of one peer share. */
export interface ServeOptions {
  readonly record: (call: Omit<PeerCall, "id">) => PeerCall;
  readonly emit: (event: PeerEvent) => void;
  /** Refuses a call with UNKNOWN and this text; null lets it pass. */
  readonly refuse: (metadata: Metadata) => string | null;
}

/**
 * Puts a service on a grpc-js server. Methods without a handler answer UNIMPLEMENTED as the library does, and are
 * recorded all the same. On the wire a unary call is a stream of one message each way: all are registered as bidi.
 */
export function serve(
  server: Server,
  service: DescService,
  handlers: Readonly<Record<string, Handler>>,
  options: ServeOptions,
): void {
  for (const method of service.methods) {
    const path = `/${service.typeName}/${method.name}`;
    const handler = handlers[method.name] ?? unimplemented(path);
    const same = (bytes: Buffer) => bytes;
    server.register<Buffer, Buffer>(
      path,
      (stream: ServerDuplexStream<Buffer, Buffer>) => void answer(stream, method, handler, options),
      same,
      same,
      "bidi",
    );
  }
}

function unimplemented(path: string): Handler {
  // biome-ignore lint/correctness/useYield: it only fails
  return async function* () {
    throw new PeerStatus(status.UNIMPLEMENTED, `The server does not implement the method ${path}`);
  };
}

async function answer(
  stream: ServerDuplexStream<Buffer, Buffer>,
  method: DescMethod,
  handler: Handler,
  options: ServeOptions,
): Promise<void> {
  const call = options.record({
    method: `${method.parent.typeName}.${method.name}`,
    metadataNames: Object.keys(stream.metadata.getMap()).sort(),
    metadata: stream.metadata.clone(),
    messages: [],
    sent: 0,
    cancelled: false,
    code: null,
    startedAt: Date.now(),
    endedAt: null,
  });
  const abort = new AbortController();
  stream.on("cancelled", () => {
    abort.abort();
    if (call.endedAt !== null) return;
    call.cancelled = true;
    call.endedAt = Date.now();
    options.emit({ kind: "cancel", call });
  });
  options.emit({ kind: "start", call });
  const end = (code: number) => {
    if (call.endedAt !== null) return;
    call.code = code;
    call.endedAt = Date.now();
    options.emit({ kind: "end", call });
  };
  try {
    const refusal = options.refuse(stream.metadata);
    if (refusal !== null) throw new PeerStatus(status.UNKNOWN, refusal);
    const knobs = readKnobs(stream.metadata);
    if (knobs.headers !== null) stream.sendMetadata(knobs.headers);
    const requests = received(stream, abort.signal, (bytes) => {
      call.messages.push(bytes);
      options.emit({ kind: "message", call });
    });
    for await (const bytes of knobs.apply(method, handler)(requests, { signal: abort.signal, call })) {
      if (abort.signal.aborted) return;
      call.sent += 1;
      if (!stream.write(Buffer.from(bytes))) await drained(stream, abort.signal);
    }
    if (abort.signal.aborted) return;
    end(status.OK);
    stream.end(knobs.trailers);
  } catch (cause) {
    if (abort.signal.aborted) return;
    const failure = cause instanceof PeerStatus ? cause : new PeerStatus(status.INTERNAL, String(cause));
    end(failure.code);
    stream.emit("error", { code: failure.code, details: failure.message, metadata: failure.trailers });
  }
}

async function* received(
  stream: ServerDuplexStream<Buffer, Buffer>,
  signal: AbortSignal,
  seen: (bytes: Uint8Array) => void,
): AsyncIterable<Uint8Array> {
  // Leaving the loop early must not destroy the stream: its write half is still needed.
  const iterator = stream.iterator({ destroyOnReturn: false });
  for (;;) {
    const next = await iterator.next().catch((cause: unknown) => {
      if (signal.aborted) return { done: true as const, value: undefined };
      throw cause;
    });
    if (next.done) return;
    const bytes = new Uint8Array(next.value as Buffer);
    seen(bytes);
    yield bytes;
  }
}

function drained(stream: ServerDuplexStream<Buffer, Buffer>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      stream.off("drain", done);
      signal.removeEventListener("abort", done);
      resolve();
    };
    stream.on("drain", done);
    signal.addEventListener("abort", done);
  });
}
