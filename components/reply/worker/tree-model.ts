import { formatBytes, formatMs } from "../../../lib/reply/format.ts";
import { Outline } from "../../../lib/reply/outline.ts";
import {
  type ItemOptions,
  itemWords,
  type ReplyItem,
  replySource,
  wireChildren,
} from "../../../lib/reply/reply-items.ts";
import type { Look, Sight, TreeRow } from "../worker-protocol.ts";
import { report } from "./report.ts";
import { inSlices, type Subject } from "./subject.ts";
import { valueHints } from "./value-hints.ts";

/** Values that a filter finds, beyond which it stops. */
const MOST_FOUND = 2_000;

/** A reply as a tree. */
export class TreeModel {
  readonly #subject: Subject;
  readonly #options: ItemOptions;
  readonly #outline: Outline<ReplyItem>;
  #messages = -1;
  #filter = "";
  #found: ReplyItem[] = [];
  #searching = false;

  constructor(subject: Subject) {
    const { store } = subject;
    this.#subject = subject;
    this.#options = { desc: store.desc, registry: store.registry, bytes: () => store.bytes };
    this.#outline = new Outline(replySource(this.#options));
  }

  async sight({ from, count, filter, height }: Look & { readonly kind: "tree" }): Promise<Sight> {
    await this.#lay();
    const row = (item: ReplyItem, rest: Pick<TreeRow, "key" | "depth" | "opens" | "open">): TreeRow => ({
      ...rest,
      label: item.label,
      path: item.path,
      problem: item.value.kind === "problem",
      ...itemWords(item),
      ...valueHints(item, this.#subject.schema.docs, height),
    });
    if (filter.trim() === "") {
      this.#filter = "";
      const rows = this.#outline
        .window(from, count)
        .map(({ path, item, opens, open }) =>
          row(item, { key: path.join("."), depth: path.length - 1, opens, open }),
        );
      return { kind: "tree", from, total: this.#outline.rows, rows, searching: false, cut: false };
    }
    if (filter !== this.#filter) {
      this.#filter = filter;
      this.#search(filter).catch(report);
    }
    const rows = this.#found
      .slice(from, from + count)
      .map((item, index) => row(item, { key: `found ${from + index}`, depth: 0, opens: false, open: false }));
    const cut = this.#found.length >= MOST_FOUND;
    return { kind: "tree", from, total: this.#found.length, rows, searching: this.#searching, cut };
  }

  async toggle(path: readonly number[]): Promise<void> {
    await this.#outline.toggle(path);
  }

  async openAll(open: boolean): Promise<void> {
    if (open) await this.#outline.openUpTo(2_000);
    else this.#outline.close();
  }

  /** All of a value as text, by its path of rows. */
  valueText(path: readonly number[]): string {
    const item = this.#outline.item(path);
    return item === null ? "" : itemWords(item).text;
  }

  async #lay(): Promise<void> {
    const { store, alone } = this.#subject;
    const { log } = store;
    if (this.#messages === log.length) return;
    const first = this.#messages <= 0;
    this.#messages = log.length;
    if (alone) {
      const wire = log.length === 0 ? null : await log.read(log.length - 1);
      this.#outline.setRoot(
        wire === null ? { count: 0, at: () => this.#message(0) } : wireChildren(wire, this.#options),
      );
      if (first) await this.#outline.openUpTo(60);
      return;
    }
    this.#outline.setRoot({ count: log.length, at: (index) => this.#message(index) });
    if (first && log.length > 0) await this.#outline.openUpTo(20);
  }

  #message(index: number): ReplyItem {
    const { store, timeOf } = this.#subject;
    const figures = `${formatMs(timeOf(index))} · ${formatBytes(store.log.size(index))}`;
    return {
      label: `message ${index + 1} · ${figures}`,
      path: "",
      field: null,
      holder: null,
      value: { kind: "received", message: index, read: () => store.log.read(index) },
    };
  }

  /** Collects the values whose place or text holds the words. */
  async #search(filter: string): Promise<void> {
    const wanted = filter.trim().toLowerCase();
    const found: ReplyItem[] = [];
    this.#found = found;
    this.#searching = true;
    const source = replySource(this.#options);
    const pace = inSlices();
    let { goOn } = pace;
    const visit = async (item: ReplyItem, prefix: string): Promise<void> => {
      if (this.#filter !== filter || found.length >= MOST_FOUND) return;
      if (!goOn()) {
        this.#subject.onChange();
        goOn = await pace.pause();
      }
      if (source.opens(item)) {
        const children = await source.open(item);
        const inner = item.value.kind === "received" ? `${item.label.split(" · ")[0]}: ` : prefix;
        for (let index = 0; index < children.count && found.length < MOST_FOUND; index++) {
          await visit(children.at(index), inner);
        }
        return;
      }
      const { text } = itemWords(item);
      const path = `${prefix}${item.path}`;
      if (path.toLowerCase().includes(wanted) || text.toLowerCase().includes(wanted)) {
        found.push({ ...item, label: path });
      }
    };
    const { store, alone } = this.#subject;
    if (alone && store.log.length > 0) {
      const top = wireChildren(await store.log.read(store.log.length - 1), this.#options);
      for (let index = 0; index < top.count; index++) await visit(top.at(index), "");
    } else if (!alone) {
      for (let index = 0; index < store.log.length; index++) await visit(this.#message(index), "");
    }
    if (this.#filter !== filter) return;
    this.#searching = false;
    this.#subject.onChange();
  }
}
