import type { DescMessage, Registry } from "@bufbuild/protobuf";
import type { BytesForm } from "../call/call.ts";
import { MOST_UNKNOWN } from "../schema/decode-reply.ts";
import { type ReplyReading, type UnknownField, writeReply } from "../schema/reply-text.ts";
import { type SplitMessage, splitMessage, type WireList } from "./split-message.ts";

/** How a message's text is written. */
export interface TextOptions {
  readonly bytes: BytesForm;
  readonly registry: Registry;
}

/** A message over this many bytes is read piece by piece. */
const SPLIT_BYTES = 16 * 1024;

/** The lines of a whole message, led by one for each field that its descriptors do not know. */
export function messageLines(desc: DescMessage, wire: Uint8Array, options: TextOptions): readonly string[] {
  const reading = writeReply(desc, wire, options);
  if (reading.kind === "malformed") return [`// ${reading.message}`];
  const unread = reading.unread ? [unreadLine("")] : [];
  return [...unread, ...reading.unknown.map(unknownLine), ...reading.text.split("\n")];
}

/** A piece of a message's text: some of the lines around its lists, or one item of a list. */
type Piece =
  | { readonly kind: "lines"; readonly lines: readonly string[] }
  | { readonly kind: "list"; readonly list: WireList };

/**
 * A message as blocks of lines that are made when they are asked for. Their lines together are those of `messageLines`,
 * once every block was made: only then is it known what the items hold that is unknown, or that they are malformed.
 */
export class MessageBlocks {
  /** How many blocks the text has. */
  readonly length: number;
  readonly #desc: DescMessage;
  readonly #wire: Uint8Array;
  readonly #pieces: readonly Piece[];
  /** The block at which each piece begins. */
  readonly #starts: readonly number[];
  readonly #unknown = new Map<number, readonly UnknownField[]>();
  /** Paths of what has more unknown fields than are read, by block. */
  readonly #unread = new Map<number, string>();
  #malformed = false;

  private constructor(desc: DescMessage, wire: Uint8Array, pieces: readonly Piece[]) {
    this.#desc = desc;
    this.#wire = wire;
    this.#pieces = pieces;
    const starts: number[] = [];
    let length = 0;
    for (const piece of pieces) {
      starts.push(length);
      length += piece.kind === "lines" ? 1 : piece.list.items.length;
    }
    this.#starts = starts;
    this.length = length;
  }

  /** Null for a message that is best read as a whole: a small one, or one without lists. */
  static of(desc: DescMessage, wire: Uint8Array, options: TextOptions): MessageBlocks | null {
    if (wire.length < SPLIT_BYTES) return null;
    const split = splitMessage(desc, wire);
    if (split === null) return null;
    const rest = writeReply(desc, split.rest, options);
    if (rest.kind === "malformed") return null;
    const blocks = new MessageBlocks(desc, wire, piecesOf(rest.text.split("\n"), split));
    if (rest.unknown.length > 0) blocks.#unknown.set(0, rest.unknown);
    if (rest.unread) blocks.#unread.set(0, "");
    return blocks;
  }

  /** About how many lines each block has, without writing all of them: items are taken to be like the first one. */
  *guesses(options: TextOptions): Generator<number, void, undefined> {
    for (const [at, piece] of this.#pieces.entries()) {
      if (piece.kind === "lines") {
        yield piece.lines.length;
        continue;
      }
      const first = this.lines(this.#starts[at] as number, options).lines.length;
      for (let left = piece.list.items.length; left > 0; left--) yield first;
    }
  }

  /** The lines of a block. `changed` says that the first block has other lines now, or that all blocks have. */
  lines(
    block: number,
    options: TextOptions,
  ): { readonly lines: readonly string[]; readonly changed: "none" | "first" | "all" } {
    if (this.#malformed) return { lines: block === 0 ? this.#whole(options) : [], changed: "none" };
    const at = this.#starts.findLastIndex((start) => start <= block);
    const piece = this.#pieces[at];
    if (piece === undefined) return { lines: [], changed: "none" };
    if (piece.kind === "lines") {
      return {
        lines: block === 0 ? [...this.#unknownLines(), ...piece.lines] : piece.lines,
        changed: "none",
      };
    }
    const index = block - (this.#starts[at] as number);
    const reading = readItem(piece.list, index, options);
    if (reading.kind === "malformed") {
      this.#malformed = true;
      return { lines: [], changed: "all" };
    }
    const news =
      (reading.unknown.length > 0 && !this.#unknown.has(block)) ||
      (reading.unread && !this.#unread.has(block));
    if (reading.unknown.length > 0) this.#unknown.set(block, reading.unknown);
    if (reading.unread) this.#unread.set(block, `${piece.list.field.name}[${index}]`);
    const last = index === piece.list.items.length - 1;
    const text = `    ${reading.text.replaceAll("\n", "\n    ")}${last ? "" : ","}`;
    return { lines: text.split("\n"), changed: news ? "first" : "none" };
  }

  /** What a block is the text of; null for the lines between lists. */
  descOf(block: number): DescMessage | null {
    const piece = this.#malformed ? undefined : this.#pieces[this.#starts.findLastIndex((s) => s <= block)];
    if (piece?.kind === "list") return piece.list.field.message;
    return block === 0 ? this.#desc : null;
  }

  #whole(options: TextOptions): readonly string[] {
    return messageLines(this.#desc, this.#wire, options);
  }

  #unknownLines(): readonly string[] {
    const unread = [...this.#unread].sort(([a], [b]) => a - b).map(([, path]) => unreadLine(path));
    if (this.#unknown.size === 0) return unread;
    const order = new Map(
      [...this.#desc.fields].sort((a, b) => a.number - b.number).map(({ name }, place) => [name, place]),
    );
    const place = ({ path }: UnknownField) =>
      path === "" ? -1 : (order.get(path.slice(0, path.search(/[.[]|$/))) ?? 0);
    const known = [...this.#unknown]
      .sort(([a], [b]) => a - b)
      .flatMap(([, fields]) => fields)
      .sort((a, b) => place(a) - place(b))
      .map(unknownLine);
    return [...unread, ...known];
  }
}

/** The text of the rest shows each list as empty, on a line of its own: there its items belong. */
function piecesOf(rest: readonly string[], { lists }: SplitMessage): readonly Piece[] {
  const pieces: Piece[] = [];
  let lines: string[] = [];
  for (const line of rest) {
    const list = lists.find(({ field }) => line.startsWith(`  "${field.name}": []`));
    if (list === undefined) {
      lines.push(line);
      continue;
    }
    lines.push(`  "${list.field.name}": [`);
    pieces.push({ kind: "lines", lines }, { kind: "list", list });
    lines = [line.endsWith(",") ? "  ]," : "  ]"];
  }
  pieces.push({ kind: "lines", lines });
  return pieces;
}

/** One item of a list as a reply of its own, with the paths that it has in the message. */
function readItem({ field, items }: WireList, index: number, options: TextOptions): ReplyReading {
  const reading = writeReply(field.message, items.at(index), options);
  if (reading.kind === "malformed") return reading;
  const own = `${field.name}[${index}]`;
  return {
    ...reading,
    unknown: reading.unknown.map((each) => ({
      ...each,
      path: each.path === "" ? own : `${own}.${each.path}`,
    })),
  };
}

function unknownLine({ path, number, hex }: UnknownField): string {
  return `// unknown field ${path === "" ? "" : `${path}.`}${number}: ${hex}`;
}

function unreadLine(path: string): string {
  const where = path === "" ? "" : ` of ${path}`;
  return `// more than ${MOST_UNKNOWN.toLocaleString("en-US")} unknown fields${where} are left out here: the bytes have them`;
}
