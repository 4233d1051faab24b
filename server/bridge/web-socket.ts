import type { WebSocket } from "ws";
import type { ClientFrame, ServerFrame } from "../../lib/call/bridge-protocol.ts";
import { admitMessage, looksAtMessages } from "./admit-message.ts";
import { parseClientFrame } from "./client-frame.ts";
import { type BridgeFailure, failure } from "./failure.ts";
import { frameHeader, messagesOf } from "./frames.ts";
import { decodeGrpcMessage } from "./grpc-message.ts";
import type { Bridge } from "./grpc-web.ts";
import { type PreparedCall, prepareCall } from "./prepare-call.ts";
import { startCall } from "./start-call.ts";
import type { RunningCall } from "./upstream-call.ts";

/** Replies that wait in the socket before the daemon is asked to hold on. */
const HIGH_WATER = 1 << 20;

/** How often a socket that is not read is tried. */
const PAUSED_PING_MS = 250;

/** How long a socket may be open without `start`. */
const START_MS = 10_000;

/** Carries one call over a WebSocket that the gate has admitted: `ClientFrame`s and messages in, `ServerFrame`s and messages out. */
export function serveWebSocket(
  socket: WebSocket,
  target: { readonly service: string; readonly method: string; readonly profile: string },
  bridge: Bridge,
): void {
  new SocketCall(socket, target, bridge);
}

class SocketCall {
  readonly #socket: WebSocket;
  readonly #target: { readonly service: string; readonly method: string; readonly profile: string };
  readonly #bridge: Bridge;
  readonly #startTimer: NodeJS.Timeout;
  #upstream: RunningCall | null = null;
  #leave: (() => void) | null = null;
  #call: PreparedCall | null = null;
  /** The confirmation of the next message. */
  #nonce: string | null = null;
  #halfClosed = false;
  #paused: NodeJS.Timeout | null = null;
  readonly #pings: NodeJS.Timeout;
  /** Whether anything has come from the other side since the last ping. */
  #alive = true;
  #over = false;

  constructor(
    socket: WebSocket,
    target: { readonly service: string; readonly method: string; readonly profile: string },
    bridge: Bridge,
  ) {
    this.#socket = socket;
    this.#target = target;
    this.#bridge = bridge;
    this.#startTimer = setTimeout(() => this.#fail(badFrame("no start frame came")), START_MS);
    this.#pings = setInterval(() => this.#ping(), bridge.rules.limits.socketPingMs);
    socket.on("pong", () => {
      this.#alive = true;
    });
    socket.on("message", (data: Buffer, isBinary) => {
      this.#alive = true;
      if (this.#over) return;
      if (isBinary) this.#message(data);
      else this.#text(data.toString("utf8"));
    });
    // `ws` closes the socket itself after an error, with the status that fits (1009: too large).
    socket.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH") this.#tooLarge();
    });
    socket.on("close", () => this.#release());
  }

  #text(text: string): void {
    const frame = parseClientFrame(text);
    if (frame === undefined) {
      this.#fail(badFrame("a text frame is not one of the protocol"));
    } else if (frame.kind === "start") {
      if (this.#call !== null) this.#fail(badFrame("start came twice"));
      else this.#start(frame);
    } else if (this.#call === null) {
      this.#fail(badFrame(`${frame.kind} came before start`));
    } else if (frame.kind === "confirm") {
      this.#nonce = frame.nonce;
    } else if (frame.kind === "half-close") {
      this.#halfClose(this.#call);
    } else {
      this.#fail(failure("cancelled", "The call was cancelled by the page."));
    }
  }

  #start({ metadata, deadlineMs, compression = "identity" }: Extract<ClientFrame, { kind: "start" }>): void {
    clearTimeout(this.#startTimer);
    const asked = { ...this.#target, metadata, deadlineMs, compression };
    const call = prepareCall(asked, this.#bridge.rules);
    if (call.kind === "failure") {
      this.#fail(call);
      return;
    }
    const leave = this.#bridge.inFlight.enter();
    if (typeof leave !== "function") {
      this.#fail(leave);
      return;
    }
    this.#leave = leave;
    this.#call = call;
    // A daemon hears nothing of a guarded call before its first message may go on.
    if (!looksAtMessages(call)) this.#upstream = this.#open(call);
  }

  #open(call: PreparedCall): RunningCall {
    let connectMs: number | null = null;
    return startCall(call, this.#bridge.pool, this.#bridge.rules.limits, {
      open: (ms) => {
        connectMs = ms;
      },
      headers: (headers) => this.#send({ kind: "headers", headers, connectMs }),
      frames: (frames) => this.#frames(frames),
      end: ({ code, message, trailers }) =>
        this.#end({
          kind: "end",
          code: Number(code),
          message: decodeGrpcMessage(message),
          reason: null,
          outcome: "answered",
          trailers,
        }),
      fail: (reason) => this.#fail(reason),
      drain: () => this.#resume(),
    });
  }

  #halfClose(call: PreparedCall): void {
    this.#halfClosed = true;
    if (this.#upstream === null && call.guard.confirm) {
      this.#fail(
        failure("confirmation", "A write without a message cannot be confirmed, so nothing was sent."),
      );
      return;
    }
    this.#upstream ??= this.#open(call);
    this.#upstream.end();
  }

  #message(data: Buffer): void {
    const { rules } = this.#bridge;
    const nonce = this.#nonce;
    this.#nonce = null;
    if (this.#call === null) {
      this.#fail(badFrame("a message came before start"));
    } else if (this.#halfClosed) {
      this.#fail(badFrame("a message came after half-close"));
    } else if (data.length > rules.limits.requestBytes) {
      this.#tooLarge();
    } else {
      const stopped = looksAtMessages(this.#call) ? admitMessage(this.#call, data, nonce, rules) : null;
      if (stopped !== null) {
        this.#fail(stopped);
        return;
      }
      this.#upstream ??= this.#open(this.#call);
      if (!this.#upstream.write(Buffer.concat([frameHeader(data.length), data]))) this.#pause();
    }
  }

  /**
   * Ends an idle socket whose other side has gone without a word: a call on which nobody speaks would run on for it. While the
   * socket is not read, or data wait to be sent, silence says nothing: the pong stands behind them.
   */
  #ping(): void {
    if (this.#paused !== null || this.#socket.bufferedAmount > 0) {
      this.#alive = true;
    } else if (this.#alive) {
      this.#alive = false;
      this.#socket.ping();
    } else {
      this.#socket.terminate();
    }
  }

  /** A socket that is not read does not tell that the other side has gone: writing to it now and then does. */
  #pause(): void {
    this.#socket.pause();
    this.#paused ??= setInterval(() => this.#socket.ping(), PAUSED_PING_MS);
  }

  #resume(): void {
    if (this.#paused !== null) clearInterval(this.#paused);
    this.#paused = null;
    this.#alive = true;
    this.#socket.resume();
  }

  #frames(frames: Buffer): boolean {
    for (const message of messagesOf(frames)) {
      this.#socket.send(message, { binary: true }, () => {
        if (this.#socket.bufferedAmount <= HIGH_WATER / 2) this.#upstream?.resume();
      });
    }
    return this.#socket.bufferedAmount <= HIGH_WATER;
  }

  #tooLarge(): void {
    this.#fail(
      failure(
        "too-large",
        `A message is larger than the ${this.#bridge.rules.limits.requestBytes} bytes that are allowed, so it was not sent. Make it smaller.`,
      ),
    );
  }

  #fail(reason: BridgeFailure): void {
    this.#end({
      kind: "end",
      code: reason.code,
      message: reason.message,
      reason: reason.reason,
      outcome: this.#upstream?.outcome ?? reason.outcome,
      trailers: [],
    });
  }

  #end(frame: ServerFrame): void {
    if (this.#over) return;
    this.#release();
    this.#send(frame);
    this.#socket.close(1000);
  }

  #send(frame: ServerFrame): void {
    this.#socket.send(JSON.stringify(frame), () => {});
  }

  #release(): void {
    this.#over = true;
    clearTimeout(this.#startTimer);
    clearInterval(this.#pings);
    // A paused socket would never read the other side's close.
    this.#resume();
    this.#upstream?.cancel();
    this.#leave?.();
  }
}

function badFrame(what: string): BridgeFailure {
  return failure("bad-request", `The call's WebSocket was used wrongly: ${what}.`);
}
