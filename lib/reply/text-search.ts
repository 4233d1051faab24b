import { GrowingNumbers } from "./growing-numbers.ts";
import type { Transcript } from "./transcript.ts";

/** Hits beyond this many are counted, and cannot be gone to. */
const KEPT_HITS = 200_000;

/** A hit, as a place in the whole text: line and character, from 0. */
export interface Hit {
  readonly line: number;
  readonly column: number;
}

/** Looks for words in a transcript, without regard to case, block by block and on as it grows. */
export class TextSearch {
  readonly query: string;
  readonly #transcript: Transcript;
  readonly #blocks = new GrowingNumbers();
  readonly #lines = new GrowingNumbers();
  readonly #columns = new GrowingNumbers();
  #next = 0;
  #count = 0;

  constructor(transcript: Transcript, query: string) {
    this.#transcript = transcript;
    this.query = query;
  }

  /** Hits so far. */
  get count(): number {
    return this.#count;
  }

  /** Whether all there is was looked through. */
  get complete(): boolean {
    return this.#next >= this.#transcript.blocks;
  }

  /** Goes on as long as `goOn` says. */
  async search(goOn: () => boolean): Promise<void> {
    const wanted = this.query.toLowerCase();
    while (!this.complete && goOn()) {
      const block = this.#next++;
      const lines = await this.#transcript.lines(block);
      for (let line = 0; line < lines.length; line++) {
        for (const column of columnsOf(lines[line] as string, wanted)) {
          if (this.#count++ >= KEPT_HITS) continue;
          this.#blocks.push(block);
          this.#lines.push(line);
          this.#columns.push(column);
        }
      }
    }
  }

  /** Where a hit is, by its number from 0. Null where there is none. */
  hit(index: number): Hit | null {
    if (index < 0 || index >= this.#blocks.length) return null;
    return {
      line: this.#transcript.startOf(this.#blocks.at(index)) + this.#lines.at(index),
      column: this.#columns.at(index),
    };
  }

  /** The number of the first hit at a line or after it; 0 where there is none after it. */
  firstFrom(line: number): number {
    let low = 0;
    let high = this.#blocks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.hit(middle)?.line ?? 0) < line) low = middle + 1;
      else high = middle;
    }
    return low < this.#blocks.length ? low : 0;
  }
}

/** Where a word (in lower case) stands in a line. Hits do not overlap. */
export function columnsOf(line: string, wanted: string): number[] {
  const columns: number[] = [];
  if (wanted === "") return columns;
  const text = line.toLowerCase();
  for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + wanted.length)) {
    columns.push(at);
  }
  return columns;
}
