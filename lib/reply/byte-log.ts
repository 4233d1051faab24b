import { GrowingNumbers } from "./growing-numbers.ts";

/** Bytes of a chunk: messages are put aside and read back by chunks of at least this size. */
const CHUNK_BYTES = 1 << 20;

/** Bytes of whole chunks that stay at hand; older ones are put aside. */
const AT_HAND_BYTES = 8 << 20;

/** Chunks that were read back and stay at hand until others are wanted. */
const READ_BACK = 4;

interface Chunk {
  /** Number of its first message. */
  readonly first: number;
  /** Where it starts in the whole log. */
  readonly start: number;
  /** Null while it is put aside. */
  bytes: Uint8Array | null;
  /** A browser keeps a blob outside of the heap, and on the disk when there are many. */
  blob: Blob | null;
}

/**
 * Messages as they came, in order: none is dropped. The latest are in memory; the rest is put aside in blobs, and read
 * back when it is asked for. So memory is bounded by the ring at hand and 16 bytes a message.
 */
export class ByteLog {
  readonly #chunks: Chunk[] = [];
  readonly #starts = new GrowingNumbers();
  #open: Uint8Array[] = [];
  #openFirst = 0;
  #openStart = 0;
  #bytes = 0;
  #firstAtHand = 0;
  #atHand = 0;
  readonly #readBack = new Map<Chunk, Promise<Uint8Array>>();

  get length(): number {
    return this.#starts.length;
  }

  /** Bytes of all messages. */
  get bytes(): number {
    return this.#bytes;
  }

  append(message: Uint8Array): void {
    this.#starts.push(this.#bytes);
    this.#open.push(message);
    this.#bytes += message.length;
    if (this.#bytes - this.#openStart >= CHUNK_BYTES) this.#close();
  }

  size(index: number): number {
    const end = index + 1 < this.length ? this.#starts.at(index + 1) : this.#bytes;
    return end - this.#starts.at(index);
  }

  /** The message's bytes; at once where they are at hand. Not to be changed. */
  read(index: number): Uint8Array | Promise<Uint8Array> {
    if (index >= this.#openFirst) return this.#open[index - this.#openFirst] ?? new Uint8Array();
    const chunk = this.#chunkOf(index);
    const from = this.#starts.at(index) - chunk.start;
    const to = from + this.size(index);
    if (chunk.bytes !== null) return chunk.bytes.subarray(from, to);
    return this.#bringBack(chunk).then((bytes) => bytes.subarray(from, to));
  }

  #close(): void {
    const [only] = this.#open;
    const bytes = this.#open.length === 1 && only !== undefined ? only : concatenate(this.#open);
    this.#chunks.push({ first: this.#openFirst, start: this.#openStart, bytes, blob: null });
    this.#atHand += bytes.length;
    this.#open = [];
    this.#openFirst = this.length;
    this.#openStart = this.#bytes;
    while (this.#atHand > AT_HAND_BYTES && this.#firstAtHand < this.#chunks.length - 1) {
      const oldest = this.#chunks[this.#firstAtHand++] as Chunk;
      this.#atHand -= oldest.bytes?.length ?? 0;
      oldest.blob = new Blob([oldest.bytes as Uint8Array<ArrayBuffer>]);
      oldest.bytes = null;
    }
  }

  #chunkOf(index: number): Chunk {
    let low = 0;
    let high = this.#chunks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#chunks[middle] as Chunk).first <= index) low = middle;
      else high = middle - 1;
    }
    return this.#chunks[low] as Chunk;
  }

  #bringBack(chunk: Chunk): Promise<Uint8Array> {
    const known = this.#readBack.get(chunk);
    const bytes =
      known ?? (chunk.blob as Blob).arrayBuffer().then((buffer): Uint8Array => new Uint8Array(buffer));
    this.#readBack.delete(chunk);
    this.#readBack.set(chunk, bytes);
    const [stalest] = this.#readBack.keys();
    if (this.#readBack.size > READ_BACK && stalest !== undefined) this.#readBack.delete(stalest);
    return bytes;
  }
}

export function concatenate(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
