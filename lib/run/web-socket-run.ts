import { type ClientFrame, RPC_PREFIX, type ServerFrame, WS_PROTOCOL } from "../call/bridge-protocol.ts";
import type { RunError, RunErrorReason, RunEvent } from "../call/run-event.ts";
import { AsyncQueue } from "./async-queue.ts";
import type { Transmission } from "./browser-runner.ts";
import { CANCELLED, CANCELLED_IN_TIME, localError } from "./local-error.ts";
import { CODE, endError } from "./run-errors.ts";
import type { OutgoingMessage, RunOptions } from "./runner.ts";

/** Client-streaming and bidirectional calls: one WebSocket a call, one binary frame a message. */
export async function* runWebSocket(
  transmission: Transmission,
  options: RunOptions,
): AsyncGenerator<RunEvent, void, undefined> {
  const { origin, transports, call, method, clock } = transmission;
  const events = new AsyncQueue<RunEvent>();
  const finish = (error: RunError) => {
    events.push({ kind: "error", error, atMs: clock() });
    events.end();
  };

  const url = new URL(`${RPC_PREFIX}${method.parent.typeName}/${method.name}`, origin.replace(/^http/, "ws"));
  url.searchParams.set("profile", call.profile);
  const socket = new transports.WebSocket(url, WS_PROTOCOL);
  socket.binaryType = "arraybuffer";
  const control = (frame: ClientFrame) => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(frame));
  };

  let index = 0;
  let opened = false;
  let sent = 0;
  socket.onopen = () => {
    opened = true;
    const { metadata, deadlineMs, compression } = call;
    control({ kind: "start", metadata, deadlineMs, compression });
    sendMessages(transmission, options, socket, () => sent++).then(
      () => control({ kind: "half-close" }),
      (cause: unknown) => {
        control({ kind: "cancel" });
        const message = cause instanceof Error ? cause.message : String(cause);
        finish(localError(null, CODE.INVALID_ARGUMENT, message, sent === 0 ? "not-sent" : "unknown"));
      },
    );
  };
  socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
    if (typeof data !== "string") {
      events.push({ kind: "message", index: index++, wire: new Uint8Array(data), atMs: clock() });
      return;
    }
    const frame = JSON.parse(data) as ServerFrame;
    if (frame.kind === "headers") {
      events.push({ kind: "headers", headers: frame.headers, connectMs: frame.connectMs, atMs: clock() });
      return;
    }
    const { code, message, reason, outcome, trailers } = frame;
    const error = endError(code, message, reason as RunErrorReason | null, outcome, trailers);
    if (error !== null) return finish(error);
    events.push({ kind: "trailers", trailers, atMs: clock() });
    events.end();
  };
  // Of no effect where the call has ended before.
  socket.onclose = ({ code }) => {
    if (code === TOO_LARGE_CLOSE) finish(tooLarge(sent));
    else finish(opened ? brokenOff(sent) : REFUSED);
  };
  const abort = () => {
    control({ kind: "cancel" });
    // A socket that is not open yet must not open: nothing may be sent once the call is said to be cancelled.
    socket.close();
    finish(sent === 0 ? CANCELLED_IN_TIME : CANCELLED);
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

const REFUSED = localError(
  "session",
  CODE.UNAUTHENTICATED,
  "the playground's server refused the connection: reload the page",
);

/** How WebSocket says that a message was longer than the other side takes. */
const TOO_LARGE_CLOSE = 1009;

function tooLarge(sent: number): RunError {
  return localError(
    "too-large",
    CODE.RESOURCE_EXHAUSTED,
    "the message is longer than the playground's server takes, so it was not sent: make it smaller",
    sent <= 1 ? "not-sent" : "unknown",
  );
}

function brokenOff(sent: number): RunError {
  return localError(
    "disconnected",
    CODE.UNAVAILABLE,
    "the connection to the playground's server was lost during the call",
    sent === 0 ? "not-sent" : "unknown",
  );
}

/**
 * Sends the first message and those that follow, and tells of each. Rejects with the sentence that says why a text is
 * no message.
 */
async function sendMessages(
  { call, encode }: Transmission,
  { outgoing }: RunOptions,
  socket: WebSocket,
  onSent: () => void,
): Promise<void> {
  const send = ({ text, bytes, confirmation }: OutgoingMessage) => {
    const wire = encode(text, bytes);
    if (typeof wire === "string") throw new Error(wire);
    if (confirmation !== null) {
      socket.send(JSON.stringify({ kind: "confirm", nonce: confirmation } satisfies ClientFrame));
    }
    socket.send(wire as Uint8Array<ArrayBuffer>);
    onSent();
  };
  send({ text: call.request, bytes: call.bytes, confirmation: call.confirmation });
  for await (const message of outgoing ?? []) {
    if (socket.readyState !== socket.OPEN) return;
    send(message);
  }
}
