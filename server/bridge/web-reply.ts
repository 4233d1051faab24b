import { type ServerResponse, validateHeaderValue } from "node:http";
import { CONNECT_HEADER, OUTCOME_HEADER, REASON_HEADER } from "../../lib/call/bridge-protocol.ts";
import type { MetadataEntry } from "../../lib/call/call.ts";
import type { BridgeFailure } from "./failure.ts";
import { trailerFrame } from "./frames.ts";
import { decodeGrpcMessage, encodeGrpcMessage } from "./grpc-message.ts";
import type { UpstreamStatus } from "./upstream-call.ts";

/** Bytes of a message that may wait for the status that follows it. */
const SHORT = 8 << 10;

/** The response of one call: HTTP 200 in any case, and a last frame that says how it went. */
export class WebReply {
  readonly #res: ServerResponse;
  readonly #contentType: string;
  #unary = false;
  #held: Buffer | null = null;

  constructor(res: ServerResponse, contentType: string) {
    this.#res = res;
    this.#contentType = contentType;
  }

  get done(): boolean {
    return this.#res.writableEnded || this.#res.destroyed;
  }

  /** Says that there will be one message at most. */
  expectOne(): void {
    this.#unary = true;
  }

  open(connectMs: number): void {
    if (!this.#res.headersSent) this.#res.setHeader(CONNECT_HEADER, connectMs.toFixed(1));
  }

  headers(headers: readonly MetadataEntry[]): void {
    this.#head(headers);
    // What arrives in this turn of the event loop leaves in one packet; headers that come alone leave right after.
    if (!this.#unary) this.#res.cork();
    setImmediate(() => {
      if (this.done || this.#held !== null) return;
      if (!this.#res.headersSent) this.#res.flushHeaders();
      if (!this.#unary) this.#res.uncork();
    });
  }

  frames(frames: Buffer): boolean {
    if (this.done) return true;
    // The one message of a unary reply is of no use before its status, which many servers send in a packet of its
    // own: a short message waits for it, and the browser is woken once.
    if (this.#unary && this.#held === null && frames.length <= SHORT) {
      this.#held = frames;
      return true;
    }
    if (this.#held !== null) {
      this.#res.write(this.#held);
      this.#held = null;
    }
    return this.#res.write(frames);
  }

  end(status: UpstreamStatus): void {
    // Clients throw on escapes that are none, and the status would be lost.
    const message = encodeGrpcMessage(decodeGrpcMessage(status.message));
    this.#finish(status.code, message, status.trailers);
  }

  fail(reason: BridgeFailure): void {
    this.#finish(String(reason.code), encodeGrpcMessage(reason.message), [
      { name: REASON_HEADER, value: reason.reason },
      { name: OUTCOME_HEADER, value: reason.outcome },
    ]);
  }

  #head(headers: readonly MetadataEntry[]): void {
    if (this.#res.headersSent) return;
    this.#res.setHeader("content-type", this.#contentType);
    this.#res.setHeader("cache-control", "no-store");
    for (const { name, value } of headers) {
      try {
        validateHeaderValue(name, value);
        this.#res.setHeader(name, value);
      } catch {
        // A name or value that HTTP/1.1 cannot carry is left out.
      }
    }
  }

  #finish(code: string, message: string, trailers: readonly MetadataEntry[]): void {
    if (this.done) return;
    this.#head([]);
    const last = trailerFrame([
      ["grpc-status", code],
      ["grpc-message", message],
      ...trailers.map(({ name, value }) => [name, value.replaceAll(/[\r\n]/g, " ")] as const),
    ]);
    const rest = this.#held === null ? last : Buffer.concat([this.#held, last]);
    if (!this.#res.headersSent) this.#res.setHeader("content-length", rest.length);
    this.#res.end(rest);
  }
}
