import type { MetadataEntry } from "../call/call.ts";

/** Bytes in front of each frame: one of flags, four of length. */
const PREFIX = 5;
/** The flag that marks trailers. */
const TRAILERS = 0x80;

/** One frame of a gRPC-Web body. */
export type WebFrame =
  | { readonly kind: "message"; readonly wire: Uint8Array }
  | { readonly kind: "trailers"; readonly trailers: readonly MetadataEntry[] };

/** The message as the body of a gRPC-Web request. */
export function frameMessage(wire: Uint8Array): Uint8Array<ArrayBuffer> {
  const body = new Uint8Array(PREFIX + wire.length);
  new DataView(body.buffer).setUint32(1, wire.length);
  body.set(wire, PREFIX);
  return body;
}

/** Takes a gRPC-Web body apart as it comes. */
export class FrameReader {
  #held: Uint8Array[] = [];
  #heldBytes = 0;
  /** Bytes without which nothing more can be read. */
  #needed = PREFIX;

  /** Whether a frame has begun and not ended. */
  get partial(): boolean {
    return this.#heldBytes > 0;
  }

  /** The frames that a piece of the body completes. Messages have bytes of their own, apart from the piece's. */
  *read(piece: Uint8Array): Generator<WebFrame> {
    this.#held.push(piece);
    this.#heldBytes += piece.length;
    if (this.#heldBytes < this.#needed) return;
    const bytes = this.#held.length === 1 ? piece : join(this.#held, this.#heldBytes);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let at = 0;
    this.#needed = PREFIX;
    while (bytes.length - at >= PREFIX) {
      const end = at + PREFIX + view.getUint32(at + 1);
      if (end > bytes.length) {
        this.#needed = end - at;
        break;
      }
      const content = bytes.slice(at + PREFIX, end);
      yield ((bytes[at] ?? 0) & TRAILERS) === 0
        ? { kind: "message", wire: content }
        : { kind: "trailers", trailers: readTrailers(content) };
      at = end;
    }
    this.#held = at === bytes.length ? [] : [bytes.subarray(at)];
    this.#heldBytes = bytes.length - at;
  }
}

function join(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const all = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/** Lines of `name: value`. */
function readTrailers(content: Uint8Array): MetadataEntry[] {
  return new TextDecoder("latin1")
    .decode(content)
    .split("\r\n")
    .filter((line) => line.includes(":"))
    .map((line) => {
      const colon = line.indexOf(":");
      return { name: line.slice(0, colon).trim().toLowerCase(), value: line.slice(colon + 1).trim() };
    });
}
