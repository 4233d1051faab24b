import type { Registry } from "@bufbuild/protobuf";
import { matchCells } from "../../../lib/notebook/match-cells.ts";
import type { Cell, Notebook, NotebookProblem } from "../../../lib/notebook/notebook.ts";
import { parseNotebook } from "../../../lib/notebook/parse-notebook.ts";
import { redactNotebook } from "../../../lib/notebook/redact-notebook.ts";
import { methodHref } from "../../../lib/pages/links.ts";
import { loadMethodSchema } from "../../run/method-schema.ts";
import type { CellMethods } from "../cell-method.ts";
import { loadTypes } from "../load-types.ts";
import { keepDraft, keepOwn, readOwn } from "../own-store.ts";
import type { DocumentHome, DocumentState } from "./document-state.ts";
import { notebookApis } from "./notebook-apis.ts";

const MOST_UNDO = 100;
const KEEP_MS = 400;
const CHECK_MS = 250;

interface Earlier {
  readonly source: string;
  readonly group: string | null;
}

/** The text of a notebook that its reader edits: what can be read of it, what is wrong, and what it was before. */
export class NotebookDocument {
  readonly home: DocumentHome;
  readonly apis: readonly string[];
  #state: DocumentState;
  #registry: Registry | null = null;
  readonly #undo: Earlier[] = [];
  readonly #listeners = new Set<() => void>();
  #keeping: ReturnType<typeof setTimeout> | undefined;
  #checking: ReturnType<typeof setTimeout> | undefined;
  /** What an editor holds that the text does not have yet. */
  #pending: (() => void) | null = null;

  constructor(home: DocumentHome, source: string, methods: CellMethods, apis: readonly string[]) {
    this.home = home;
    this.apis = apis;
    const reading = parseNotebook(source);
    this.#state = {
      source,
      notebook: reading.kind === "ok" ? reading.notebook : null,
      problems: reading.kind === "ok" ? [] : reading.problems,
      found: [],
      edited: home.kind === "lesson" && source !== home.original,
      canUndo: false,
      notKept: null,
      methods,
      lookedUp: false,
    };
    this.#lookAt();
    addEventListener("pagehide", () => this.settle());
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): DocumentState => this.#state;

  /** The types of all APIs; null until they are here. */
  get registry(): Registry | null {
    return this.#registry;
  }

  /**
   * Takes a new text where it can be read; else gives what is wrong with it, and nothing changes. Edits of one group that follow
   * each other are undone as one.
   */
  edit(source: string, group: string | null = null): readonly NotebookProblem[] {
    if (source === this.#state.source) return [];
    const reading = parseNotebook(source);
    if (reading.kind === "problems") return reading.problems;
    this.#remember(group);
    this.#set({ source, notebook: reading.notebook, problems: [], found: [] });
    return [];
  }

  /** Takes a text as it is: where it cannot be read, the problems stand beside it. */
  write(source: string): void {
    if (source === this.#state.source) return;
    const reading = parseNotebook(source);
    this.#remember("text");
    const notebook = reading.kind === "ok" ? reading.notebook : this.#state.notebook;
    this.#set({ source, notebook, problems: reading.kind === "ok" ? [] : reading.problems, found: [] });
  }

  undo(): void {
    this.#pending = null;
    const earlier = this.#undo.pop();
    if (earlier === undefined) return;
    const reading = parseNotebook(earlier.source);
    const notebook = reading.kind === "ok" ? reading.notebook : this.#state.notebook;
    const problems = reading.kind === "ok" ? [] : reading.problems;
    this.#set({ source: earlier.source, notebook, problems, found: [] });
  }

  /** Goes back to the lesson as it came; it can be undone. */
  discard(): void {
    this.#pending = null;
    if (this.home.kind === "lesson") this.edit(this.home.original);
  }

  /** Has what an editor holds taken when it is asked for, or at the latest when something runs. Null: it holds nothing. */
  hold(take: (() => void) | null): void {
    this.#pending = take;
  }

  /** Takes what an editor still holds, and keeps it. */
  settle(): void {
    const take = this.#pending;
    this.#pending = null;
    take?.();
    this.#keepNow();
  }

  /** The id that a cell of an earlier reading has now; null where it is gone. */
  idNow(before: Notebook, cell: Cell): string | null {
    const { notebook } = this.#state;
    if (notebook === null) return null;
    return [...matchCells(before, notebook)].find(([, was]) => was === cell.id)?.[0] ?? null;
  }

  #remember(group: string | null): void {
    const { source } = this.#state;
    const last = this.#undo.at(-1);
    if (group !== null && last?.group === group) return;
    this.#undo.push({ source, group });
    if (this.#undo.length > MOST_UNDO) this.#undo.shift();
  }

  #set(change: Partial<DocumentState>): void {
    const { home } = this;
    const state = { ...this.#state, ...change };
    const edited = home.kind === "lesson" && state.source !== home.original;
    this.#state = { ...state, edited, canUndo: this.#undo.length > 0 };
    for (const listener of this.#listeners) listener();
    if (change.source === undefined) return;
    this.#lookAt();
    clearTimeout(this.#keeping);
    this.#keeping = setTimeout(() => this.#keepNow(), KEEP_MS);
  }

  #keepNow(): void {
    if (this.#keeping === undefined) return;
    clearTimeout(this.#keeping);
    this.#keeping = undefined;
    const notKept = this.#keep();
    if (notKept !== this.#state.notKept) this.#set({ notKept });
  }

  #keep(): string | null {
    const { home } = this;
    const { source, notebook, edited } = this.#state;
    const kept = redactNotebook(source).source;
    if (home.kind === "lesson") return keepDraft(home.slug, edited ? kept : null);
    const own = readOwn(home.id);
    if (own === null) return null;
    const { title, description } = notebook?.info ?? own;
    return keepOwn({ ...own, source: kept, title, description, changedAt: Date.now() });
  }

  /** Looks for what is wrong in it, and for what its methods are, when it has rested. */
  #lookAt(): void {
    clearTimeout(this.#checking);
    this.#checking = setTimeout(() => void this.#look(), CHECK_MS);
  }

  async #look(): Promise<void> {
    const { notebook } = this.#state;
    if (notebook === null) return;
    try {
      const [{ checkNotebook }, registry] = await Promise.all([
        import("../../../lib/notebook/check-notebook.ts"),
        loadTypes(this.apis),
      ]);
      this.#registry = registry;
      const methods = await this.#methodsOf(notebook);
      if (notebook !== this.#state.notebook) return;
      const found = checkNotebook(notebook, notebookApis(registry, methods));
      this.#set({ found, methods, lookedUp: true });
    } catch {
      // Without the types it is looked at when it runs.
      this.#set({ lookedUp: true });
    }
  }

  async #methodsOf({ cells }: Notebook): Promise<CellMethods> {
    const known = this.#state.methods;
    const names = new Set(cells.flatMap((cell) => ("method" in cell ? [cell.method.text] : [])));
    const missing = [...names].filter((name) => !Object.hasOwn(known, name));
    if (missing.length === 0) return known;
    const entries = await Promise.all(
      missing.map(async (name) => {
        const docs = await loadMethodSchema(name).then(
          (schema) => schema.docs.method,
          () => null,
        );
        if (docs === null) return [];
        const { access, stream, safety } = docs;
        return [[name, { href: methodHref(name), access, stream, safety }] as const];
      }),
    );
    return { ...known, ...Object.fromEntries(entries.flat()) };
  }
}
