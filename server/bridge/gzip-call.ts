import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import type { Limits } from "../limits.ts";
import { type BridgeFailure, failure } from "./failure.ts";
import { COMPRESSED_FLAG, FRAME_HEADER, frameHeader, framesOf } from "./frames.ts";
import type { PreparedCall } from "./prepare-call.ts";
import { type CallSink, type RunningCall, UpstreamCall, type UpstreamStatus } from "./upstream-call.ts";
import type { UpstreamPool } from "./upstream-pool.ts";

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/**
 * A call whose messages are gzipped on the way to the daemon, and unpacked on the way back where the daemon packed them.
 * zlib runs outside the event loop, one message at a time in each direction, so that their order stays.
 */
export class GzipCall implements RunningCall {
  readonly #call: UpstreamCall;
  readonly #limits: Limits;
  readonly #where: string;
  readonly #sink: CallSink;
  readonly #requests = new TaskLine();
  readonly #replies = new TaskLine();
  #encoding = "identity";
  #packing = 0;
  #over = false;
  /** Wakes the replies when their reader takes more. */
  #wake: (() => void) | null = null;

  constructor(call: PreparedCall, pool: UpstreamPool, limits: Limits, sink: CallSink) {
    this.#limits = limits;
    this.#where = call.where;
    this.#sink = sink;
    this.#call = new UpstreamCall(call, pool, limits, {
      open: (connectMs) => sink.open(connectMs),
      headers: (headers) => {
        this.#encoding = headers.find(({ name }) => name === "grpc-encoding")?.value ?? "identity";
        sink.headers(headers);
      },
      frames: (frames) => this.#unpackAll(frames),
      end: (status) => this.#finish(status),
      fail: (reason) => this.#fail(reason),
      drain: () => sink.drain(),
    });
  }

  get outcome(): BridgeFailure["outcome"] {
    return this.#call.outcome;
  }

  write(frames: Buffer): boolean {
    for (const frame of framesOf(frames)) {
      this.#packing += frame.length;
      this.#requests.add(async () => {
        const packed = await compress(frame.subarray(FRAME_HEADER));
        if (this.#over) return;
        this.#packing -= frame.length;
        const room = this.#call.write(Buffer.concat([frameHeader(packed.length, COMPRESSED_FLAG), packed]));
        if (room && this.#packing === 0) this.#sink.drain();
      });
    }
    return this.#packing <= 2 * this.#limits.requestBytes;
  }

  end(): void {
    this.#requests.add(async () => this.#call.end());
  }

  resume(): void {
    if (this.#wake !== null) this.#wake();
    else if (this.#replies.idle) this.#call.resume();
  }

  cancel(): void {
    this.#over = true;
    this.#call.cancel();
    this.#wake?.();
  }

  /** Takes whole frames and asks for no more until each is unpacked and has found room. */
  #unpackAll(frames: Buffer): boolean {
    if (this.#over) return true;
    if (this.#replies.idle && [...framesOf(frames)].every((frame) => frame[0] === 0)) {
      return this.#sink.frames(frames);
    }
    for (const frame of framesOf(frames)) this.#replies.add(() => this.#unpack(frame));
    this.#replies.add(async () => {
      if (!this.#over) this.#call.resume();
    });
    return false;
  }

  async #unpack(frame: Buffer): Promise<void> {
    if (this.#over) return;
    const message = frame[0] === 0 ? frame.subarray(FRAME_HEADER) : await this.#unpacked(frame);
    if (this.#over) return;
    if (!Buffer.isBuffer(message)) {
      this.#call.cancel();
      this.#fail({ ...message, outcome: "unknown" });
      return;
    }
    if (this.#sink.frames(Buffer.concat([frameHeader(message.length), message])) || this.#over) return;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    this.#wake = null;
  }

  /** The message, never more of it than a reply may have. */
  async #unpacked(frame: Buffer): Promise<Buffer | BridgeFailure> {
    const most = this.#limits.replyMessageBytes;
    if (this.#encoding !== "gzip") {
      return failure(
        "not-grpc",
        `${this.#where} sent a compressed message and did not say how. Look into its log.`,
      );
    }
    try {
      return await decompress(frame.subarray(FRAME_HEADER), { maxOutputLength: most });
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE"
        ? failure(
            "too-large",
            `A reply of ${this.#where} is larger than the ${most} bytes that are allowed, once it is unpacked. Ask for less, or start with a higher limit.`,
          )
        : failure("not-grpc", `${this.#where} sent a message that is not the gzip it says to be.`, 13);
    }
  }

  #finish(status: UpstreamStatus): void {
    this.#replies.add(async () => {
      if (this.#over) return;
      this.#over = true;
      this.#sink.end(status);
    });
  }

  #fail(reason: BridgeFailure): void {
    if (this.#over) return;
    this.#over = true;
    this.#wake?.();
    this.#sink.fail(reason);
  }
}

/** Runs tasks one after the other. */
class TaskLine {
  readonly #tasks: (() => Promise<void>)[] = [];
  #running = false;

  get idle(): boolean {
    return !this.#running;
  }

  add(task: () => Promise<void>): void {
    this.#tasks.push(task);
    if (!this.#running) void this.#run();
  }

  async #run(): Promise<void> {
    this.#running = true;
    for (let task = this.#tasks.shift(); task !== undefined; task = this.#tasks.shift()) await task();
    this.#running = false;
  }
}
