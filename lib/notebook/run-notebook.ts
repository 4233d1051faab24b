import type { CellFailure, CellState, Progress } from "./cell-state.ts";
import { type Dependencies, readDependencies } from "./dependencies.ts";
import type { NotebookHost } from "./host.ts";
import { readInput } from "./input-value.ts";
import { matchCells } from "./match-cells.ts";
import { type Cell, capturedName, type InputCell, type Notebook } from "./notebook.ts";
import { type CellResult, runCell } from "./run-cell.ts";
import type { Value, Values } from "./value.ts";

/** How a run of several cells ended. `stopped-at`: the cell that failed, was stopped, or is a write that will not run twice. */
export type RunSummary = { readonly kind: "done" } | { readonly kind: "stopped-at"; readonly cell: string };

/** The name under which the beginning of the world is spoken of as a cell. */
export const START = "start";

const IDLE: CellState = { kind: "idle" };
const DONE: RunSummary = { kind: "done" };

type RunnableCell = Exclude<Cell, { kind: "prose" | "input" }>;

/**
 * A notebook that is run: what each cell has come to, and the values that they gave. One cell runs at a time. A cell that
 * only works something out runs again by itself when what it needs has changed; a write never does: it runs when it is
 * pressed, or once in a run of several.
 */
export class NotebookRun {
  private current: Notebook;
  private readonly host: NotebookHost;
  private dependencies: Dependencies;
  private readonly states = new Map<string, CellState>();
  private readonly captured = new Map<string, Value>();
  private readonly typed = new Map<string, string>();
  private readonly listeners = new Set<() => void>();
  private running: AbortController | null = null;
  /** The cell that runs now; its id is empty when an edit has taken it out. */
  private live: { id: string } | null = null;
  /** What works out stale cells by itself; a run waits for it. */
  private refreshing: Promise<void> = Promise.resolve();

  constructor(notebook: Notebook, host: NotebookHost) {
    this.current = notebook;
    this.host = host;
    this.dependencies = readDependencies(notebook);
    this.readInputs();
  }

  get notebook(): Notebook {
    return this.current;
  }

  /** Whether anything runs. */
  get busy(): boolean {
    return this.running !== null;
  }

  /** Where a cell stands; that of the beginning of the world under `START`. */
  stateOf(id: string): CellState {
    return this.states.get(id) ?? IDLE;
  }

  /** What the cells have given so far, by captured name. */
  values(): Values {
    return this.captured;
  }

  /** What stands in an input, as it is typed. */
  inputOf(id: string): string {
    const cell = this.current.cells.find(
      (each): each is InputCell => each.id === id && each.kind === "input",
    );
    return this.typed.get(id) ?? cell?.value ?? "";
  }

  /** Changes an input. What depends on it becomes stale, and is worked out again where that calls nothing. */
  setInput(id: string, typed: string): void {
    this.typed.set(id, typed);
    this.readInputs();
    this.makeStale(this.dependencies.dependents(id));
    this.changed();
    this.refreshing = this.refreshing.then(() => this.refresh());
  }

  /** Calls back after each change; gives what ends that. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Takes the notebook after an edit. Cells that changed, and all that depend on them, become stale. */
  update(notebook: Notebook): void {
    const earlier = this.current;
    const before = new Map(earlier.cells.map((cell) => [cell.id, cell]));
    const matched = matchCells(earlier, notebook);
    this.current = notebook;
    this.dependencies = readDependencies(notebook);
    this.carry(before, matched);
    for (const cell of notebook.cells) {
      const was = before.get(matched.get(cell.id) ?? "");
      if (was !== undefined && meaningOf(earlier, was) === meaningOf(notebook, cell)) continue;
      this.makeStale([cell.id, ...this.dependencies.dependents(cell.id)]);
    }
    this.readInputs();
    this.changed();
  }

  /** What cells came to goes with them where an edit gave them other ids; that of cells that are gone is forgotten. */
  private carry(before: ReadonlyMap<string, Cell>, matched: ReadonlyMap<string, string>): void {
    const states = new Map(this.states);
    const typed = new Map(this.typed);
    const captured = new Map(this.captured);
    const start = states.get(START);
    this.states.clear();
    this.typed.clear();
    this.captured.clear();
    if (start !== undefined) this.states.set(START, start);
    for (const cell of this.current.cells) {
      const was = before.get(matched.get(cell.id) ?? "");
      if (was === undefined) continue;
      const state = states.get(was.id);
      if (state !== undefined) this.states.set(cell.id, state);
      const text = typed.get(was.id);
      if (text !== undefined) this.typed.set(cell.id, text);
      const value = captured.get(capturedName(was) ?? "");
      const name = capturedName(cell);
      if (value !== undefined && name !== null) this.captured.set(name, value);
    }
    if (this.live === null) return;
    const { id } = this.live;
    this.live.id = [...matched].find(([, was]) => was === id)?.[0] ?? "";
  }

  /** Runs this very cell, a write too: somebody pressed it. */
  async run(id: string): Promise<RunSummary> {
    await this.refreshing;
    return this.exclusively(async (signal) => {
      const done = await this.runOne(id, signal);
      await this.refreshNow(signal);
      return done ? DONE : { kind: "stopped-at", cell: id };
    });
  }

  /** Runs what is not fresh, in order, up to a cell. A write that ran before is not run again: the run stops there. */
  async runTo(id: string): Promise<RunSummary> {
    const { order } = this.dependencies;
    return this.runSeveral(order.slice(0, order.indexOf(id) + 1));
  }

  /** Runs what is not fresh, in order. */
  async runAll(): Promise<RunSummary> {
    return this.runSeveral(this.dependencies.order);
  }

  /** Cancels what runs; cells that wait for their turn do not get it. */
  stop(): void {
    this.running?.abort();
  }

  /** Forgets every result. What was typed into inputs stays. */
  reset(): void {
    this.stop();
    this.running = null;
    this.states.clear();
    this.captured.clear();
    this.readInputs();
    this.changed();
  }

  /** Forgets every result and begins the world anew. */
  async restart(): Promise<RunSummary> {
    this.reset();
    return this.exclusively(async () => ((await this.begin()) ? DONE : { kind: "stopped-at", cell: START }));
  }

  private async runSeveral(ids: readonly string[]): Promise<RunSummary> {
    await this.refreshing;
    return this.exclusively(async (signal) => {
      const waiting = ids.filter((id) => !this.isFresh(id));
      for (const id of waiting) if (this.stateOf(id).kind === "idle") this.states.set(id, { kind: "queued" });
      this.changed();
      try {
        if (this.needsBeginning() && !(await this.begin())) return { kind: "stopped-at", cell: START };
        for (const id of waiting) {
          if (signal.aborted || (await this.isSpentWrite(id))) return { kind: "stopped-at", cell: id };
          if (!(await this.runOne(id, signal))) return { kind: "stopped-at", cell: id };
        }
        await this.refreshNow(signal);
        return DONE;
      } finally {
        for (const [id, state] of this.states) if (state.kind === "queued") this.states.delete(id);
      }
    });
  }

  /** One run after another: what is asked for while something runs is not done. */
  private async exclusively(work: (signal: AbortSignal) => Promise<RunSummary>): Promise<RunSummary> {
    if (this.running !== null) return { kind: "stopped-at", cell: START };
    const controller = new AbortController();
    this.running = controller;
    try {
      return await work(controller.signal);
    } finally {
      if (this.running === controller) this.running = null;
      this.changed();
    }
  }

  private needsBeginning(): boolean {
    return (
      this.current.info.scenario !== null && this.host.begin !== null && this.stateOf(START).kind !== "done"
    );
  }

  /** Begins the world with the notebook's scenario; true where that worked or there is nothing to begin. */
  private async begin(): Promise<boolean> {
    const { scenario, seed } = this.current.info;
    if (scenario === null || this.host.begin === null) return true;
    const startedAt = performance.now();
    this.set(START, { kind: "running", progress: { replies: 0, startedAt, timeoutMs: null } });
    const message = await this.host.begin(scenario, seed);
    const ms = performance.now() - startedAt;
    this.set(
      START,
      message === null
        ? { kind: "done", output: { kind: "held" }, ms, fresh: "fresh" }
        : { kind: "failed", failure: { kind: "call", message, error: null }, ms, fresh: "fresh" },
    );
    return message === null;
  }

  /** Runs a cell; true where it did what it is for. */
  private async runOne(id: string, signal: AbortSignal): Promise<boolean> {
    const notebook = this.current;
    const cell = this.cellOf(id);
    if (cell === undefined || cell.kind === "prose") return true;
    if (cell.kind === "input") return this.stateOf(id).kind === "done";
    const startedAt = performance.now();
    const timeoutMs = cell.kind === "wait" ? cell.timeoutMs : null;
    const live = { id };
    this.live = live;
    const show = (replies: number) => {
      const progress: Progress = { replies, startedAt, timeoutMs };
      if (this.cellOf(live.id) !== undefined) this.set(live.id, { kind: "running", progress });
    };
    show(0);
    const missing = this.dependencies.needs(id).find((needed) => !this.hasValue(needed));
    const result: CellResult =
      missing === undefined
        ? await runCell(cell, { host: this.host, values: this.captured, signal, onReply: show })
        : { kind: "failure", failure: needsFailure(missing) };
    this.live = null;
    // The notebook was put away, or the cell was taken out, while it ran.
    const now = this.cellOf(live.id);
    if (this.running?.signal !== signal || now === undefined || now.kind !== cell.kind) return false;
    const same = meaningOf(notebook, cell) === meaningOf(this.current, now);
    this.finish(now as RunnableCell, result, performance.now() - startedAt, same ? "fresh" : "stale");
    return result.kind === "output";
  }

  private finish(cell: RunnableCell, result: CellResult, ms: number, fresh: "fresh" | "stale"): void {
    const name = capturedName(cell);
    this.makeStale(this.dependencies.dependents(cell.id));
    if (result.kind === "output") {
      if (name !== null && result.value !== null) this.captured.set(name, result.value);
      this.set(cell.id, { kind: "done", output: result.output, ms, fresh });
    } else {
      if (name !== null) this.captured.delete(name);
      this.set(cell.id, { kind: "failed", failure: result.failure, ms, fresh });
    }
  }

  /** Works out again what is stale and calls nothing. */
  private async refresh(): Promise<void> {
    if (this.running !== null) return;
    await this.exclusively(async (signal) => {
      await this.refreshNow(signal);
      return DONE;
    });
  }

  private async refreshNow(signal: AbortSignal): Promise<void> {
    for (const id of this.dependencies.order) {
      const cell = this.cellOf(id);
      if (cell === undefined || !isPure(cell) || !this.isStale(id) || signal.aborted) continue;
      if (this.dependencies.needs(id).every((needed) => this.hasValue(needed) && !this.isStale(needed))) {
        await this.runOne(id, signal);
      }
    }
  }

  /** Whether the cell is a write that has been sent before. */
  private async isSpentWrite(id: string): Promise<boolean> {
    const cell = this.cellOf(id);
    const state = this.stateOf(id);
    if (cell?.kind !== "call" || (state.kind !== "done" && state.kind !== "failed")) return false;
    if (state.kind === "failed" && state.failure.kind !== "call") return false;
    if (
      state.kind === "failed" &&
      state.failure.kind === "call" &&
      state.failure.error?.outcome === "not-sent"
    ) {
      return false;
    }
    if (state.kind === "done" && state.output.kind === "passed-over") return false;
    return (await this.host.methodOf(cell.method.text))?.access !== "read";
  }

  private cellOf(id: string): Cell | undefined {
    return this.current.cells.find((cell) => cell.id === id);
  }

  private hasValue(id: string): boolean {
    const cell = this.cellOf(id);
    const name = cell === undefined ? null : capturedName(cell);
    return name !== null && this.captured.has(name);
  }

  private isFresh(id: string): boolean {
    const state = this.stateOf(id);
    return state.kind === "done" && state.fresh === "fresh";
  }

  private isStale(id: string): boolean {
    const state = this.stateOf(id);
    return (state.kind === "done" || state.kind === "failed") && state.fresh === "stale";
  }

  private makeStale(ids: Iterable<string>): void {
    for (const id of ids) {
      const state = this.stateOf(id);
      if (state.kind === "done" || state.kind === "failed") this.states.set(id, { ...state, fresh: "stale" });
    }
  }

  private readInputs(): void {
    for (const cell of this.current.cells) {
      if (cell.kind !== "input") continue;
      const value = readInput(cell, this.inputOf(cell.id));
      if (typeof value === "string") {
        this.captured.delete(cell.as);
        const failure: CellFailure = { kind: "input", message: value };
        this.states.set(cell.id, { kind: "failed", failure, ms: 0, fresh: "fresh" });
      } else {
        this.captured.set(cell.as, value);
        this.states.set(cell.id, { kind: "done", output: { kind: "value", value }, ms: 0, fresh: "fresh" });
      }
    }
  }

  private set(id: string, state: CellState): void {
    this.states.set(id, state);
    this.changed();
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}

/** Whether a cell only works something out. */
function isPure(cell: Cell): boolean {
  return (
    cell.kind === "expression" || cell.kind === "check" || cell.kind === "table" || cell.kind === "chart"
  );
}

/** What of a cell's text says what it does. */
function meaningOf({ source }: Notebook, { place }: Cell): string {
  return source.slice(place.start, place.end);
}

function needsFailure(cell: string): CellFailure {
  return { kind: "needs", cell, message: `it needs what \`${cell}\` gives: run that first, or run to here` };
}
