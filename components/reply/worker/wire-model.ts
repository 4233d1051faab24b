import { formatBytes, formatMs } from "../../../lib/reply/format.ts";
import { type Children, Outline, type OutlineSource } from "../../../lib/reply/outline.ts";
import { type WireItem, wireFields, wireSource, wireWords } from "../../../lib/reply/wire-items.ts";
import { wireShape } from "../../../lib/reply/wire-shape.ts";
import type { Look, Sight, WireRow } from "../worker-protocol.ts";
import type { Subject } from "./subject.ts";

type Entry =
  | {
      readonly kind: "message";
      readonly label: string;
      readonly size: number;
      readonly read: () => Promise<Children<Entry>>;
    }
  | { readonly kind: "wire"; readonly item: WireItem };

const source: OutlineSource<Entry> = {
  opens: (entry) => (entry.kind === "message" ? entry.size > 0 : wireSource.opens(entry.item)),
  open: async (entry) => (entry.kind === "message" ? entry.read() : wrap(await wireSource.open(entry.item))),
};

function wrap({ count, at }: Children<WireItem>): Children<Entry> {
  return { count, at: (index) => ({ kind: "wire", item: at(index) }) };
}

/** The bytes of a reply or a request, with what they mean. */
export class WireModel {
  readonly #subject: Subject;
  readonly #outlines = { reply: new Outline(source), request: new Outline(source) };
  readonly #laid = { reply: -1, request: -1 };

  constructor(subject: Subject) {
    this.#subject = subject;
  }

  async sight({ side, from, count }: Look & { readonly kind: "wire" }): Promise<Sight> {
    await this.#lay(side);
    const outline = this.#outlines[side];
    const rows = outline.window(from, count).map(({ path, item, opens, open }): WireRow => {
      const place = { key: path.join("."), depth: path.length - 1, opens, open };
      if (item.kind === "message") return { ...place, kind: "message", label: item.label };
      return { ...place, kind: "wire", broken: item.item.kind === "broken", ...wireWords(item.item) };
    });
    return { kind: "wire", side, from, total: outline.rows, rows };
  }

  async toggle(side: "reply" | "request", path: readonly number[]): Promise<void> {
    await this.#outlines[side].toggle(path);
  }

  async #lay(side: "reply" | "request"): Promise<void> {
    const { store, schema, alone, sentWires, timeOf } = this.#subject;
    const sent = side === "request" ? sentWires() : [];
    const messages = side === "request" ? sent.length : store.log.length;
    if (this.#laid[side] === messages) return;
    const first = this.#laid[side] <= 0;
    this.#laid[side] = messages;
    const shape = wireShape(side === "request" ? schema.method.input : schema.method.output);
    const read = async (index: number) =>
      wrap(wireFields(sent[index] ?? (await store.log.read(index)), shape));
    const outline = this.#outlines[side];
    if (messages === 1 && (alone || side === "request")) outline.setRoot(await read(0));
    else {
      outline.setRoot({
        count: messages,
        at: (index) => {
          const size = sent[index]?.length ?? store.log.size(index);
          const time = side === "reply" ? ` · ${formatMs(timeOf(index))}` : "";
          const label = `message ${index + 1}${time} · ${formatBytes(size)}`;
          return { kind: "message", label, size, read: () => read(index) };
        },
      });
    }
    if (first) await outline.openUpTo(80);
  }
}
