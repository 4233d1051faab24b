import { Code } from "@connectrpc/connect";
import { type ClientFrame, RPC_PREFIX, type ServerFrame, WS_PROTOCOL } from "../call/bridge-protocol.ts";
import type { RunErrorReason, RunEvent } from "../call/run-event.ts";
import { AsyncQueue } from "./async-queue.ts";
import type { Transmission } from "./browser-runner.ts";
import { CANCELLED, localError } from "./local-error.ts";
import type { OutgoingMessage, RunOptions } from "./runner.ts";

/** Client-streaming and bidirectional calls: one WebSocket a call, one binary frame a message. */
export async function* runWebSocket(
  transmission: Transmission,
  options: RunOptions,
): AsyncGenerator<RunEvent, void, undefined> {
  const { origin, call, method, clock } = transmission;
  const events = new AsyncQueue<RunEvent>();
  const finish = (event: RunEvent) => {
    events.push(event);
    events.end();
  };
  const fail = (reason: RunErrorReason | null, code: number, message: string) =>
    finish({ kind: "error", error: localError(reason, code, message), atMs: clock() });

  const url = new URL(`${RPC_PREFIX}${method.parent.typeName}/${method.name}`, origin.replace(/^http/, "ws"));
  url.searchParams.set("profile", call.profile);
  const socket = new WebSocket(url, WS_PROTOCOL);
  socket.binaryType = "arraybuffer";
  const control = (frame: ClientFrame) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame));
  };

  let index = 0;
  let opened = false;
  socket.onopen = () => {
    opened = true;
    const { metadata, deadlineMs, compression } = call;
    control({ kind: "start", metadata, deadlineMs, compression });
    sendMessages(transmission, options, socket).then(
      () => control({ kind: "half-close" }),
      (cause: unknown) => {
        control({ kind: "cancel" });
        fail(null, Code.InvalidArgument, cause instanceof Error ? cause.message : String(cause));
      },
    );
  };
  socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
    if (typeof data !== "string") {
      events.push({ kind: "message", index: index++, wire: new Uint8Array(data), atMs: clock() });
      return;
    }
    const frame = JSON.parse(data) as ServerFrame;
    if (frame.kind === "headers")
      events.push({ kind: "headers", headers: frame.headers, connectMs: frame.connectMs, atMs: clock() });
    else finish(endEvent(frame, clock()));
  };
  socket.onclose = () => {
    if (opened) fail("disconnected", Code.Unavailable, "the connection to the playground's server was lost");
    else
      fail(
        "session",
        Code.Unauthenticated,
        "the playground's server refused the connection: reload the page",
      );
  };
  const abort = () => {
    control({ kind: "cancel" });
    // A socket that is not open yet must not open: nothing may be sent once the call is said to be cancelled.
    socket.close();
    finish({ kind: "error", error: CANCELLED, atMs: clock() });
  };
  options.signal.addEventListener("abort", abort, { once: true });
  if (options.signal.aborted) abort();
  try {
    yield* events;
  } finally {
    options.signal.removeEventListener("abort", abort);
    socket.close();
  }
}

/** Sends the first message and those that follow. Rejects with the sentence that says why a text is no message. */
async function sendMessages({ call, encode }: Transmission, { outgoing }: RunOptions, socket: WebSocket) {
  const send = ({ text, confirmation }: OutgoingMessage) => {
    const wire = encode(text);
    if (typeof wire === "string") throw new Error(wire);
    if (confirmation !== null) {
      socket.send(JSON.stringify({ kind: "confirm", nonce: confirmation } satisfies ClientFrame));
    }
    socket.send(wire as Uint8Array<ArrayBuffer>);
  };
  send({ text: call.request, confirmation: call.confirmation });
  for await (const message of outgoing ?? []) {
    if (socket.readyState !== WebSocket.OPEN) return;
    send(message);
  }
}

function endEvent(frame: Extract<ServerFrame, { kind: "end" }>, atMs: number): RunEvent {
  if (frame.code === 0) return { kind: "trailers", trailers: frame.trailers, atMs };
  return {
    kind: "error",
    error: {
      source: frame.reason === null ? "daemon" : "bridge",
      reason: frame.reason as RunErrorReason | null,
      code: frame.code,
      message: frame.message,
      outcome: frame.outcome,
      metadata: frame.trailers,
      details: [],
    },
    atMs,
  };
}
