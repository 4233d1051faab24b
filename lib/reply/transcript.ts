import type { DescMessage } from "@bufbuild/protobuf";
import { formatBytes, formatMs } from "./format.ts";
import { GrowingNumbers } from "./growing-numbers.ts";
import { LineIndex } from "./line-index.ts";
import { MessageBlocks, messageLines, type TextOptions } from "./message-blocks.ts";

/** Some lines of a transcript, one after the other. */
export interface LineWindow {
  /** Number of the first line, from 0. */
  readonly from: number;
  readonly lines: readonly string[];
  /** Lines of the whole transcript, as far as they are counted: the rest is taken to be like what is. */
  readonly total: number;
}

/** The part of a block that a window shows. */
export interface BlockPart {
  /** Lines of the whole block: the same array for as long as it is kept. */
  readonly all: readonly string[];
  /** How many of them the window leaves out at the beginning, and how many it shows. */
  readonly skipped: number;
  readonly shown: number;
  /** What the block is the text of; null for what was sent, and for the lines between lists. */
  readonly desc: DescMessage | null;
}

/** Where a transcript gets its messages. */
export interface TranscriptSource {
  readonly desc: DescMessage;
  readonly options: TextOptions;
  /** Bytes of a received message, as they came. */
  read(message: number): Uint8Array | Promise<Uint8Array>;
  /** Text of a sent message, as it was typed. */
  sent(message: number): string;
}

/** Characters of text that stay at hand. */
const KEPT_CHARACTERS = 16 << 20;

const RECEIVED = 0;
const SENT = 1;

/**
 * The text of a run: each message with its number, time and size, in the order of time; a message that stands `alone`
 * (a unary reply) without. Blocks of lines are written when they are looked at, so that nothing waits for all of it.
 */
export class Transcript {
  readonly #source: TranscriptSource;
  readonly #alone: boolean;
  readonly #lines = new LineIndex();
  // By entry: a message that was received or sent.
  readonly #kinds = new GrowingNumbers();
  readonly #messages = new GrowingNumbers();
  readonly #times = new GrowingNumbers();
  readonly #firstBlocks = new GrowingNumbers();
  readonly #large = new Map<number, MessageBlocks>();
  readonly #entryOfReceived = new GrowingNumbers();
  /** Lines of the last small message that was written. */
  #guess: number | null = null;
  #counted = 0;
  #text = new Map<number, readonly string[]>();
  #characters = 0;
  #widest = 0;

  constructor(source: TranscriptSource, alone: boolean) {
    this.#source = source;
    this.#alone = alone;
  }

  get total(): number {
    return this.#lines.total;
  }

  /** Blocks of the text: a message, or a part of a large one. */
  get blocks(): number {
    return this.#lines.length;
  }

  /** Characters of the longest line seen. */
  get widest(): number {
    return this.#widest;
  }

  /** Whether every line is counted, so that `total` is exact. */
  get complete(): boolean {
    return this.#counted >= this.#lines.length;
  }

  addReceived(message: number, wire: Uint8Array, atMs: number): void {
    this.#entryOfReceived.push(this.#kinds.length);
    const entry = this.#add(RECEIVED, message, atMs);
    const blocks = MessageBlocks.of(this.#source.desc, wire, this.#source.options);
    if (blocks === null) {
      // All but the first entry are led by an empty line.
      this.#guess ??= this.#linesOf(wire).length + this.#head(1, wire.length).length;
      this.#lines.push(entry === 0 ? this.#guess - 1 : this.#guess);
      return;
    }
    this.#large.set(entry, blocks);
    for (const lines of blocks.guesses(this.#source.options)) this.#lines.push(lines);
  }

  addSent(message: number, atMs: number): void {
    this.#add(SENT, message, atMs);
    this.#lines.push(this.#head(this.#kinds.length - 1).length + lineCount(this.#source.sent(message)));
  }

  /** Forgets the text: it is to be written in another form. Lines stay where they are. */
  rewrite(): void {
    this.#text = new Map();
    this.#characters = 0;
    this.#widest = 0;
  }

  /** `count` lines from a line on, or the last ones. */
  async window(
    from: number | "end",
    count: number,
  ): Promise<LineWindow & { readonly parts: readonly BlockPart[] }> {
    const lines: string[] = [];
    const parts: BlockPart[] = [];
    const part = (block: number, all: readonly string[], skipped: number, shown: number) => ({
      all,
      skipped,
      shown,
      desc: this.#descOf(block),
    });
    if (this.#lines.length === 0) return { from: 0, lines, total: 0, parts };
    if (from === "end") {
      let block = this.#lines.length;
      let skipped = 0;
      while (block > 0 && lines.length < count) {
        const all = await this.lines(--block);
        // Never a whole block at once: as arguments of a function a million lines are too many.
        skipped = Math.max(0, all.length - (count - lines.length));
        lines.unshift(...all.slice(skipped));
        parts.unshift(part(block, all, skipped, all.length - skipped));
      }
      return { from: this.#lines.startOf(block) + skipped, lines, total: this.total, parts };
    }
    let { block, line } = this.#lines.find(Math.min(from, this.total - 1));
    const first = block;
    const skipped = line;
    for (; block < this.#lines.length && lines.length < count; block++) {
      const all = await this.lines(block);
      const shown = all.slice(line, line + count - lines.length);
      lines.push(...shown);
      parts.push(part(block, all, line, shown.length));
      line = 0;
    }
    return {
      from: this.#lines.startOf(first) + Math.min(skipped, this.#lines.linesOf(first)),
      lines,
      total: this.total,
      parts,
    };
  }

  /** The lines of a block. */
  async lines(block: number): Promise<readonly string[]> {
    const known = this.#text.get(block);
    if (known !== undefined) return known;
    const entry = this.#firstBlocks.lastAtMost(block);
    const lines = await this.#write(entry, block - this.#firstBlocks.at(entry));
    this.#lines.set(block, lines.length);
    this.#keep(block, lines);
    return lines;
  }

  /** Writes on, as long as `goOn` says, so that every line gets counted. */
  async count(goOn: () => boolean): Promise<void> {
    while (!this.complete && goOn()) {
      const block = this.#counted++;
      if (!this.#text.has(block)) await this.lines(block);
    }
  }

  /** The line at which a block begins. */
  startOf(block: number): number {
    return this.#lines.startOf(block);
  }

  /** The line at which a received message begins. */
  startOfMessage(message: number): number {
    const entry = this.#entryOfReceived.at(message);
    // A message after the first is led by an empty line.
    return this.#lines.startOf(this.#firstBlocks.at(entry)) + (entry === 0 ? 0 : 1);
  }

  #descOf(block: number): DescMessage | null {
    const entry = this.#firstBlocks.lastAtMost(block);
    if (this.#kinds.at(entry) === SENT) return null;
    const large = this.#large.get(entry);
    return large === undefined ? this.#source.desc : large.descOf(block - this.#firstBlocks.at(entry));
  }

  #add(kind: number, message: number, atMs: number): number {
    const entry = this.#kinds.length;
    this.#kinds.push(kind);
    this.#messages.push(message);
    this.#times.push(atMs);
    this.#firstBlocks.push(this.#lines.length);
    return entry;
  }

  async #write(entry: number, part: number): Promise<readonly string[]> {
    const message = this.#messages.at(entry);
    if (this.#kinds.at(entry) === SENT)
      return [...this.#head(entry), ...this.#source.sent(message).split("\n")];
    const large = this.#large.get(entry);
    if (large === undefined) {
      const wire = await this.#source.read(message);
      const lines = [...this.#head(entry, wire.length), ...this.#linesOf(wire)];
      if (entry > 0) this.#guess = lines.length;
      return lines;
    }
    const { lines, changed } = large.lines(part, this.#source.options);
    const first = this.#firstBlocks.at(entry);
    if (changed === "all") {
      for (let block = 0; block < large.length; block++) {
        this.#forget(first + block);
        this.#lines.set(first + block, 0);
      }
      await this.lines(first);
      return part === 0 ? this.lines(first) : [];
    }
    if (changed === "first") {
      this.#forget(first);
      await this.lines(first);
    }
    if (part > 0) return lines;
    const wire = await this.#source.read(message);
    return [...this.#head(entry, wire.length), ...lines];
  }

  #linesOf(wire: Uint8Array): readonly string[] {
    return messageLines(this.#source.desc, wire, this.#source.options);
  }

  #head(entry: number, size?: number): readonly string[] {
    if (this.#alone) return entry === 0 ? [] : [""];
    const sent = this.#kinds.at(entry) === SENT;
    const number = this.#messages.at(entry) + 1;
    const what = sent ? `sent ${number}` : this.#conversation ? `received ${number}` : `${number}`;
    const figures = [what, formatMs(this.#times.at(entry)), size === undefined ? null : formatBytes(size)];
    const line = `// ${figures.filter((figure) => figure !== null).join(" · ")}`;
    return entry === 0 ? [line] : ["", line];
  }

  get #conversation(): boolean {
    return this.#kinds.at(0) === SENT;
  }

  #keep(block: number, lines: readonly string[]): void {
    let characters = 0;
    for (const { length } of lines) {
      characters += length + 1;
      if (length > this.#widest) this.#widest = length;
    }
    this.#text.set(block, lines);
    this.#characters += characters;
    for (const stalest of this.#text.keys()) {
      if (this.#characters <= KEPT_CHARACTERS || stalest === block) break;
      this.#forget(stalest);
    }
  }

  #forget(block: number): void {
    const lines = this.#text.get(block);
    if (lines === undefined) return;
    this.#text.delete(block);
    for (const { length } of lines) this.#characters -= length + 1;
  }
}

function lineCount(text: string): number {
  let count = 1;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) count++;
  return count;
}
