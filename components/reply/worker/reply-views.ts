import { assertNever } from "../../../lib/call/assert-never.ts";
import { jsonFile, wireFile } from "../../../lib/reply/save.ts";
import { TextSearch } from "../../../lib/reply/text-search.ts";
import type { AnswerOf, Look, Question, Sight } from "../worker-protocol.ts";
import { DiffModel } from "./diff-model.ts";
import type { Earlier } from "./earlier-replies.ts";
import { slice } from "./slices.ts";
import { inSlices, type Subject } from "./subject.ts";
import { TableModel } from "./table-model.ts";
import { TextHints } from "./text-hints.ts";
import { TreeModel } from "./tree-model.ts";
import { WireModel } from "./wire-model.ts";

/** A page stands still over a longer line. */
const LONGEST_LINE = 20_000;

/** All ways to look at one reply. */
export class ReplyViews {
  readonly tables: TableModel;
  readonly #subject: Subject;
  readonly #earlier: () => readonly Earlier[];
  readonly #tree: TreeModel;
  readonly #wire: WireModel;
  readonly #diff: DiffModel;
  readonly #textHints: TextHints;
  #search: TextSearch | null = null;
  #searchedAs = "";

  constructor(subject: Subject, earlier: () => readonly Earlier[]) {
    this.#subject = subject;
    this.#earlier = earlier;
    this.tables = new TableModel(subject);
    this.#tree = new TreeModel(subject);
    this.#wire = new WireModel(subject);
    this.#diff = new DiffModel(subject);
    this.#textHints = new TextHints(subject.schema.docs);
  }

  async sight(look: Look): Promise<Sight> {
    switch (look.kind) {
      case "none":
        return { kind: "none" };
      case "text":
        return this.#text(look);
      case "tree":
        return this.#tree.sight(look);
      case "wire":
        return this.#wire.sight(look);
      case "table":
        return this.tables.sight(look);
      case "chart":
        return this.tables.chart(look);
      case "diff":
        return this.#diff.sight(look, this.#earlier());
      default:
        return assertNever(look);
    }
  }

  /** Opens or closes a row of what is looked at. */
  async toggle(look: Look, key: string): Promise<void> {
    const path = key.split(".").map(Number);
    if (look.kind === "tree") await this.#tree.toggle(path);
    else if (look.kind === "wire") await this.#wire.toggle(look.side, path);
  }

  async openAll(look: Look, open: boolean): Promise<void> {
    if (look.kind === "tree") await this.#tree.openAll(open);
  }

  /** Whether there is something left to do while nothing else is to be done. */
  get unfinished(): boolean {
    return !this.#subject.store.transcript.complete || this.#search?.complete === false;
  }

  /** Does a slice of that. Gives whether there is something else to be seen now. */
  async workOn(): Promise<boolean> {
    const { transcript } = this.#subject.store;
    const search = this.#search;
    if (search !== null && !search.complete) {
      await search.search(slice());
      return true;
    }
    const { total, widest } = transcript;
    await transcript.count(slice());
    return total !== transcript.total || widest !== transcript.widest || transcript.complete;
  }

  async answer(question: Question, method: string): Promise<AnswerOf<Question>> {
    const { store, alone } = this.#subject;
    switch (question.kind) {
      case "text":
        return this.#wholeText();
      case "line-of":
        return store.transcript.startOfMessage(question.message);
      case "hit": {
        const index =
          "index" in question ? question.index : (this.#search?.firstFrom(question.fromLine) ?? 0);
        const hit = this.#search?.hit(index) ?? null;
        return hit === null ? null : { ...hit, index };
      }
      case "save": {
        const blob =
          question.as === "csv"
            ? await this.tables.csv(question.table, question.sorting, question.filter)
            : question.as === "json"
              ? await jsonFile(store, alone, inSlices())
              : await wireFile(store, alone, inSlices());
        if (blob === null) return null;
        const list = question.as === "csv" ? `-${this.tables.tables[question.table]?.name ?? "list"}` : "";
        const ending = question.as === "binary" ? "bin" : question.as;
        return { blob, name: `${method.slice(method.lastIndexOf(".") + 1)}${list}.${ending}` };
      }
      default:
        return assertNever(question);
    }
  }

  async #text(look: Look & { readonly kind: "text" }): Promise<Sight> {
    const { store } = this.#subject;
    const { transcript } = store;
    const query = look.search.trim();
    const searchedAs = `${store.bytes} ${query}`;
    if (query === "") this.#search = null;
    else if (this.#search === null || searchedAs !== this.#searchedAs) {
      this.#search = new TextSearch(transcript, query);
      await this.#search.search(slice());
    }
    this.#searchedAs = searchedAs;
    const { parts, ...window } = await transcript.window(look.from, look.count);
    const search =
      this.#search === null ? null : { query, count: this.#search.count, complete: this.#search.complete };
    const lines = window.lines.map(cut);
    const hints = parts.flatMap(({ all, skipped, shown, desc }) => {
      const found = desc === null ? [] : this.#textHints.of(all, desc, store.bytes, look.height ?? null);
      return Array.from({ length: shown }, (_, index) => found[skipped + index] ?? null);
    });
    return {
      kind: "text",
      ...window,
      lines,
      hints,
      widest: transcript.widest,
      complete: transcript.complete,
      search,
    };
  }

  async #wholeText(): Promise<string> {
    const { transcript } = this.#subject.store;
    const parts: string[] = [];
    const pace = inSlices();
    let { goOn } = pace;
    for (let block = 0; block < transcript.blocks; block++) {
      const lines = await transcript.lines(block);
      if (lines.length > 0) parts.push(lines.join("\n"));
      if (!goOn()) goOn = await pace.pause();
    }
    return parts.join("\n");
  }
}

function cut(line: string): string {
  if (line.length <= LONGEST_LINE) return line;
  const rest = (line.length - LONGEST_LINE).toLocaleString("en-US");
  return `${line.slice(0, LONGEST_LINE)} … and ${rest} more characters: copy or save has all of them`;
}
