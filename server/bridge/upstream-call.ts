import { type ClientHttp2Stream, constants, type IncomingHttpHeaders } from "node:http2";
import type { MetadataEntry } from "../../lib/call/call.ts";
import type { Limits } from "../limits.ts";
import { type BridgeFailure, failure } from "./failure.ts";
import { FrameSplitter } from "./frames.ts";
import { formatGrpcTimeout } from "./grpc-timeout.ts";
import { replyMetadata } from "./metadata.ts";
import type { PreparedCall } from "./prepare-call.ts";
import type { OpenEndpoint, PooledSession, UpstreamPool } from "./upstream-pool.ts";

/** How a call ended where the daemon said how. `message` is percent-encoded, as `grpc-message` is. */
export interface UpstreamStatus {
  readonly code: string;
  readonly message: string;
  readonly trailers: readonly MetadataEntry[];
}

/** What a call gives its caller: `open` and `headers` at most once, `frames` any number of times, then one of `end` and `fail`. */
export interface CallSink {
  /** Before all else: the connection is there, and took so many milliseconds to make. */
  open(connectMs: number): void;
  headers(headers: readonly MetadataEntry[]): void;
  /** Whole gRPC frames. False asks for no more until `resume`. */
  frames(frames: Buffer): boolean;
  end(status: UpstreamStatus): void;
  fail(failure: BridgeFailure): void;
  /** The request side takes more again, after `write` gave false. */
  drain(): void;
}

/** A call that runs, as its caller holds it. */
export interface RunningCall {
  /**
   * Sends whole frames. False: wait for `drain` before the next. Some may wait before that: a caller that is held back
   * does not hear of a cancel behind them.
   */
  write(frames: Buffer): boolean;
  /** Half-closes: no more requests. */
  end(): void;
  /** Lets replies flow again. */
  resume(): void;
  /** Gives the call up: the daemon gets RST_STREAM(CANCEL), the sink nothing more. */
  cancel(): void;
  /** What would be known of the request if the call ended now, without the daemon's word. */
  readonly outcome: BridgeFailure["outcome"];
}

/**
 * One gRPC call to a daemon. Frames pass in both directions as they are. Once its request may have been sent, a call
 * is never sent again.
 */
export class UpstreamCall implements RunningCall {
  readonly #call: PreparedCall;
  readonly #sink: CallSink;
  readonly #limits: Limits;
  readonly #frames: FrameSplitter;
  readonly #timer: NodeJS.Timeout | null;
  #session: PooledSession | null = null;
  #stream: ClientHttp2Stream | null = null;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #ended = false;
  #done = false;
  #answered = false;
  #trailers: IncomingHttpHeaders | null = null;
  #error: NodeJS.ErrnoException | null = null;

  constructor(call: PreparedCall, pool: UpstreamPool, limits: Limits, sink: CallSink) {
    this.#call = call;
    this.#sink = sink;
    this.#limits = limits;
    this.#frames = new FrameSplitter(limits.replyMessageBytes, {
      compressed: call.compression !== "identity",
    });
    this.#timer = call.deadlineMs === null ? null : setTimeout(() => this.#expire(), call.deadlineMs);
    void this.#open(pool);
  }

  write(frames: Buffer): boolean {
    if (this.#done) return true;
    const most = 2 * this.#limits.requestBytes;
    if (this.#stream !== null) return this.#stream.write(frames) || this.#stream.writableLength <= most;
    this.#waiting.push(frames);
    this.#waitingBytes += frames.length;
    return this.#waitingBytes <= most;
  }

  end(): void {
    this.#ended = true;
    this.#stream?.end();
  }

  resume(): void {
    this.#stream?.resume();
  }

  cancel(): void {
    if (!this.#done) this.#settle(true);
  }

  get outcome(): BridgeFailure["outcome"] {
    // A stream has a number once its headers were given to the connection. One that the daemon refused it did not
    // look at, as HTTP/2 has it. A connection that is given up lends its own code to its streams, which tells nothing.
    const refused =
      this.#stream?.rstCode === constants.NGHTTP2_REFUSED_STREAM &&
      this.#error?.code === "ERR_HTTP2_STREAM_ERROR" &&
      !this.#answered;
    return this.#stream?.id === undefined || refused ? "not-sent" : "unknown";
  }

  async #open(pool: UpstreamPool): Promise<void> {
    const opened = await pool.open(this.#call.endpoint, this.#call.label);
    if (this.#done) return;
    if (opened.kind === "failure") {
      this.#fail(opened);
      return;
    }
    this.#session = opened.session;
    const stream = this.#request(opened);
    if (stream === null) return;
    this.#sink.open(opened.connectMs);
    this.#stream = stream;
    stream.on("response", (headers, flags) => this.#respond(headers, flags));
    stream.on("data", (chunk: Buffer) => this.#receive(chunk));
    stream.on("trailers", (trailers) => {
      this.#trailers = trailers;
      // Where nothing is held back, the end of the stream would tell nothing more, a turn later.
      if (stream.readableFlowing && stream.readableLength === 0) this.#finish(trailers);
    });
    stream.on("end", () => {
      if (this.#trailers !== null) this.#finish(this.#trailers);
    });
    stream.on("drain", () => this.#done || this.#sink.drain());
    stream.on("error", (error) => {
      this.#error = error;
    });
    stream.on("close", () => this.#lose());
    this.#flush(stream);
  }

  /** The stream, its headers sent; null where the session would not take it, and then nothing was sent. */
  #request({ session, macaroon }: OpenEndpoint): ClientHttp2Stream | null {
    const { path, where, metadata, deadlineMs, stream, compression } = this.#call;
    const headers = {
      ...Object.fromEntries(metadata),
      ":method": "POST",
      ":path": path,
      "content-type": "application/grpc+proto",
      te: "trailers",
      "user-agent": "pool-playground",
      ...(compression === "identity"
        ? {}
        : { "grpc-encoding": compression, "grpc-accept-encoding": `identity,${compression}` }),
      ...(deadlineMs === null ? {} : { "grpc-timeout": formatGrpcTimeout(deadlineMs) }),
      ...(macaroon === null ? {} : { macaroon }),
    };
    // Node half-closes a stream that is still open before it resets it, and a daemon takes what was sent until then
    // for complete. With trailers to wait for it does not: a stream that ends in order gets empty ones, which is an
    // empty frame with END_STREAM.
    const waitForTrailers = stream === "client-streaming" || stream === "bidi-streaming";
    try {
      return session.request(headers, { waitForTrailers });
    } catch (error) {
      const why = (error as NodeJS.ErrnoException).code ?? "no reason given";
      this.#fail(
        failure(
          "disconnected",
          `The connection to ${where} took no call (${why}), so nothing was sent. Run it again.`,
        ),
      );
      return null;
    }
  }

  #flush(stream: ClientHttp2Stream): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    const last = this.#ended ? waiting.pop() : undefined;
    const held = waiting.length > 0 || last !== undefined;
    let room = true;
    for (const frames of waiting) room = stream.write(frames);
    if (last !== undefined) stream.end(last);
    else if (this.#ended) stream.end();
    if (held && (room || this.#ended)) this.#sink.drain();
  }

  #respond(headers: IncomingHttpHeaders, flags: number): void {
    if (this.#done) return;
    this.#answered = true;
    if ((flags & constants.NGHTTP2_FLAG_END_STREAM) !== 0) this.#trailers = headers;
    const status = Number(headers[":status"]);
    if (status !== 200 || !/^application\/grpc(?:$|[+;])/.test(headers["content-type"] ?? "")) {
      if (headers["grpc-status"] !== undefined) this.#finish(headers);
      else this.#fail(this.#notGrpc(status));
      return;
    }
    if (this.#trailers === null) this.#sink.headers(replyMetadata(headers));
  }

  #receive(chunk: Buffer): void {
    if (this.#done) return;
    const { whole, problem } = this.#frames.push(chunk);
    if (whole !== null && !this.#sink.frames(whole) && !this.#done) this.#stream?.pause();
    if (problem === null || this.#done) return;
    this.#fail(
      problem === "too-large"
        ? failure(
            "too-large",
            `A reply of ${this.#call.where} is larger than the ${this.#limits.replyMessageBytes} bytes that are allowed. Ask for less, or start with a higher limit.`,
          )
        : failure(
            "not-grpc",
            `${this.#call.where} sent a frame that is not plain gRPC. Check that the address is the daemon's gRPC port.`,
          ),
    );
  }

  /** A connection that closes takes a held-back stream with it, though the whole reply has arrived. */
  #receiveRest(): void {
    for (;;) {
      const chunk = this.#stream?.read() as Buffer | null | undefined;
      if (chunk === null || chunk === undefined) return;
      this.#receive(chunk);
    }
  }

  #finish(trailers: IncomingHttpHeaders): void {
    if (this.#done) return;
    const code = String(trailers["grpc-status"] ?? "");
    if (!/^\d{1,3}$/.test(code)) {
      this.#fail(
        failure("not-grpc", `${this.#call.where} ended the call without a gRPC status. Look into its log.`),
      );
    } else if (code === "0" && this.#frames.partial) {
      this.#fail(failure("not-grpc", `${this.#call.where} ended the call in the middle of a message.`, 13));
    } else {
      const message = String(trailers["grpc-message"] ?? "");
      // A side that has not ended would keep the stream, and the other's bytes coming.
      this.#settle(this.#trailers === null || this.#stream?.writableFinished === false);
      this.#sink.end({ code, message, trailers: replyMetadata(trailers) });
    }
  }

  /** The stream is gone and no status came. */
  #lose(): void {
    if (this.#done) return;
    const { where } = this.#call;
    if (this.#trailers !== null) {
      this.#receiveRest();
      this.#finish(this.#trailers);
    } else if (!this.#answered && this.#error?.code === "ERR_HTTP2_ERROR") {
      this.#fail(failure("not-grpc", `${where} does not speak HTTP/2. Use the daemon's gRPC port.`));
    } else if (
      this.#answered &&
      this.#error === null &&
      this.#stream?.rstCode === constants.NGHTTP2_NO_ERROR
    ) {
      this.#fail(failure("not-grpc", `${where} ended the call without a gRPC status. Look into its log.`));
    } else {
      const then =
        this.outcome === "not-sent"
          ? "before the call was sent. Check that the daemon runs, and call again."
          : "during the call, so it is not known whether the call was carried out. Check that the daemon runs before calling again.";
      this.#fail(failure("disconnected", `The connection to ${where} was lost ${then}`));
    }
  }

  #expire(): void {
    if (!this.#answered) this.#session?.retire();
    this.#fail(
      failure(
        "deadline",
        `${this.#call.where} did not finish within ${this.#call.deadlineMs} ms, so the call was cancelled. Allow more time, or look into the daemon's log.`,
      ),
    );
  }

  #notGrpc(status: number): BridgeFailure {
    const code = { 401: 16, 403: 7, 404: 12, 429: 14, 502: 14, 503: 14, 504: 14 }[status] ?? 2;
    return failure(
      "not-grpc",
      `${this.#call.where} answered with HTTP ${status} and not as a gRPC server. Use the daemon's gRPC port.`,
      code,
    );
  }

  #fail(reason: BridgeFailure): void {
    if (this.#done) return;
    const { outcome } = this;
    this.#settle(true);
    this.#sink.fail({ ...reason, outcome });
  }

  #settle(cancel: boolean): void {
    this.#done = true;
    this.#waiting = [];
    if (this.#timer !== null) clearTimeout(this.#timer);
    const stream = this.#stream;
    if (!cancel || stream === null || stream.closed) return;
    stream.close(constants.NGHTTP2_CANCEL);
    // Replies that nobody reads would keep the stream from closing.
    stream.resume();
  }
}
