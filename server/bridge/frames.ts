/** Bytes in front of each gRPC message: one of flags, four of length. */
export const FRAME_HEADER = 5;

/** The flag that marks gRPC-Web's trailers. */
const TRAILER_FLAG = 0x80;

/** The flag that marks a compressed message. */
export const COMPRESSED_FLAG = 1;

/** What is wrong with a frame: its length is over the limit, or its flags were not agreed on. */
export type FrameProblem = "too-large" | "flags";

/**
 * Cuts a byte stream at frame borders. Only whole frames come out, so whatever happens upstream, a status can still
 * follow them.
 */
export class FrameSplitter {
  readonly #limit: number;
  readonly #highestFlags: number;
  /** Grows as bytes come: neither what a frame claims nor how small its pieces are decides how much memory it takes. */
  #held = Buffer.alloc(0);
  #heldBytes = 0;
  /** Bytes that the first held frame needs before it can be looked at again. */
  #needed = FRAME_HEADER;

  /** `limit` is a message's in bytes as it arrives. Compressed ones are a problem unless they were asked for. */
  constructor(limit: number, { compressed = false }: { readonly compressed?: boolean } = {}) {
    this.#limit = limit;
    this.#highestFlags = compressed ? COMPRESSED_FLAG : 0;
  }

  /** Whether a frame has begun and not ended. */
  get partial(): boolean {
    return this.#heldBytes > 0;
  }

  /** The whole frames that `chunk` completes (possibly none), or what is wrong with the frame after them. */
  push(chunk: Buffer): { readonly whole: Buffer | null; readonly problem: FrameProblem | null } {
    if (this.#heldBytes + chunk.length < this.#needed) {
      this.#hold(chunk);
      return { whole: null, problem: null };
    }
    const bytes =
      this.#heldBytes === 0 ? chunk : Buffer.concat([this.#held.subarray(0, this.#heldBytes), chunk]);
    this.#held = Buffer.alloc(0);
    this.#heldBytes = 0;
    this.#needed = FRAME_HEADER;
    let end = 0;
    let problem: FrameProblem | null = null;
    while (bytes.length - end >= FRAME_HEADER) {
      const length = bytes.readUInt32BE(end + 1);
      problem = (bytes[end] ?? 0) > this.#highestFlags ? "flags" : length > this.#limit ? "too-large" : null;
      if (problem !== null) break;
      if (bytes.length - end < FRAME_HEADER + length) {
        this.#needed = FRAME_HEADER + length;
        break;
      }
      end += FRAME_HEADER + length;
    }
    if (problem === null && end < bytes.length) this.#hold(bytes.subarray(end));
    return { whole: end === 0 ? null : bytes.subarray(0, end), problem };
  }

  #hold(bytes: Buffer): void {
    const total = this.#heldBytes + bytes.length;
    if (total > this.#held.length) {
      const roomier = Buffer.allocUnsafe(Math.max(total, Math.min(this.#needed, 2 * this.#held.length)));
      this.#held.copy(roomier, 0, 0, this.#heldBytes);
      this.#held = roomier;
    }
    bytes.copy(this.#held, this.#heldBytes);
    this.#heldBytes = total;
  }
}

/** The messages in a run of whole frames, without their prefixes. */
export function* messagesOf(frames: Buffer): Generator<Buffer> {
  for (const frame of framesOf(frames)) yield frame.subarray(FRAME_HEADER);
}

/** The frames in a run of whole ones. */
export function* framesOf(frames: Buffer): Generator<Buffer> {
  for (let at = 0; at < frames.length; ) {
    const end = at + FRAME_HEADER + frames.readUInt32BE(at + 1);
    yield frames.subarray(at, end);
    at = end;
  }
}

/** The 5 bytes that go in front of a message of `length` bytes. */
export function frameHeader(length: number, flags = 0): Buffer {
  const header = Buffer.allocUnsafe(FRAME_HEADER);
  header[0] = flags;
  header.writeUInt32BE(length, 1);
  return header;
}

/** gRPC-Web's last frame: trailers as lines of `name: value`. */
export function trailerFrame(lines: readonly (readonly [string, string])[]): Buffer {
  const body = Buffer.from(lines.map(([name, value]) => `${name}: ${value}\r\n`).join(""), "latin1");
  return Buffer.concat([frameHeader(body.length, TRAILER_FLAG), body]);
}
