import type { DescMethod, FileRegistry } from "@bufbuild/protobuf";
import type { BytesForm, Call } from "../call/call.ts";
import type { RunEvent } from "../call/run-event.ts";
import { streamKind } from "../schema/stream-kind.ts";
import { encodeRequest } from "./encode-request.ts";
import { runGrpcWeb } from "./grpc-web-run.ts";
import { localError } from "./local-error.ts";
import { CODE } from "./run-errors.ts";
import type { Runner, RunOptions } from "./runner.ts";
import { browserTransports, type Transports } from "./transports.ts";
import { runWebSocket } from "./web-socket-run.ts";

/** A method with the types that its messages need. */
export interface MethodSchema {
  readonly method: DescMethod;
  readonly registry: FileRegistry;
}

/**
 * The runner of a page: gRPC-Web through the bridge for what a browser can send over fetch, one WebSocket for what
 * it cannot. `origin` is the site's own, `schemaOf` loads the sliced descriptors of a method. `transports` are for a program
 * that holds a session of its own; the browser's where none are given.
 */
export function createBrowserRunner(
  origin: string,
  schemaOf: (method: string) => Promise<MethodSchema>,
  transports?: Transports,
): Runner {
  return {
    run: (call, options) => runInBrowser(origin, schemaOf, transports ?? browserTransports(), call, options),
  };
}

async function* runInBrowser(
  origin: string,
  schemaOf: (method: string) => Promise<MethodSchema>,
  transports: Transports,
  call: Call,
  options: RunOptions,
): AsyncGenerator<RunEvent, void, undefined> {
  const started = performance.now();
  const clock = () => performance.now() - started;
  let schema: MethodSchema;
  try {
    schema = await schemaOf(call.method);
  } catch (cause) {
    const message = `the descriptors of ${call.method} could not be loaded: ${String(cause)}`;
    yield { kind: "error", error: localError("offline", CODE.UNAVAILABLE, message), atMs: clock() };
    return;
  }
  const encode = (text: string, bytes: BytesForm) =>
    encodeRequest(text, schema.method.input, schema.registry, bytes);
  const kind = streamKind(schema.method);
  const run = kind === "unary" || kind === "server-streaming" ? runGrpcWeb : runWebSocket;
  yield* run({ origin, transports, call, method: schema.method, encode, clock }, options);
}

/** What both transports need of a call. `encode` gives wire bytes, or the sentence that says why it cannot. */
export interface Transmission {
  readonly origin: string;
  readonly transports: Transports;
  readonly call: Call;
  readonly method: DescMethod;
  readonly encode: (text: string, bytes: BytesForm) => Uint8Array | string;
  readonly clock: () => number;
}
