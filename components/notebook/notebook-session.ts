import type { Profile } from "../../lib/call/profile.ts";
import type { CellState } from "../../lib/notebook/cell-state.ts";
import type { Cell, Notebook } from "../../lib/notebook/notebook.ts";
import type { NotebookRun, RunSummary } from "../../lib/notebook/run-notebook.ts";
import type { Values } from "../../lib/notebook/value.ts";
import type { ScenarioCall } from "../../lib/reference/api-config.ts";
import type { AskedWrite } from "../safety/confirm-dialog.tsx";
import { singlePress } from "../safety/single-press.ts";
import { begins } from "./world-standing.ts";

/** The beginning of the world, spoken of as a cell. */
export const START = "start";

const IDLE: CellState = { kind: "idle" };
const NOTHING: Values = new Map();

/** What the bar shows of a run. The same object as long as nothing of it changes. */
export interface Overview {
  readonly busy: boolean;
  /** The cell that runs now; null between cells. */
  readonly running: string | null;
  /** Cells that are done and fresh, of all that can be run. */
  readonly done: number;
  readonly of: number;
  readonly stale: number;
  /** What the last run that was asked for came to; null before one, and while one goes on. */
  readonly ended: RunEnd | null;
}

export type RunEnd =
  | { readonly kind: "done"; readonly ms: number }
  | { readonly kind: "cell"; readonly cell: string }
  /** Where and why it stopped. `cell` may be `START`. */
  | { readonly kind: "failed"; readonly cell: string; readonly why: string }
  /** It came to a write that has been sent before. */
  | { readonly kind: "spent-write"; readonly cell: string }
  | { readonly kind: "stopped"; readonly cell: string }
  /** The page itself could not do it. */
  | { readonly kind: "broken"; readonly why: string };

export interface SessionOptions {
  readonly scenarioCall: ScenarioCall | null;
  /** Ids of the APIs whose types expressions may name. */
  readonly apis: readonly string[];
}

/**
 * One notebook on one profile, as the page runs it. Nothing of what runs it is loaded before something is to be run, and
 * nothing runs before somebody presses. What it came to stays until the page is loaded anew.
 */
export class NotebookSession {
  readonly options: SessionOptions;
  /** Is called before anything runs: an editor may hold what is to run. */
  prepare: (() => void) | null = null;
  /** As the server says now: whether writes are on may change while the notebook is open. */
  profile: Profile;
  #notebook: Notebook;
  #run: NotebookRun | null = null;
  #opening: Promise<NotebookRun> | null = null;
  #pending = false;
  #ended: RunEnd | null = null;
  #overview: Overview | null = null;
  #asked: AskedWrite | null = null;
  readonly #typed = new Map<string, string>();
  readonly #listeners = new Set<() => void>();
  /** Whether what runs is single cells, and which of them follow. */
  #alone = false;
  readonly #next: Cell[] = [];
  #isNewPress = singlePress();
  #lastPressed: string | null = null;

  constructor(notebook: Notebook, profile: Profile, options: SessionOptions) {
    this.#notebook = notebook;
    this.profile = profile;
    this.options = options;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  get notebook(): Notebook {
    return this.#notebook;
  }

  /** Where a cell stands; of the world under `START`. */
  stateOf(id: string): CellState {
    return this.#run?.stateOf(id) ?? IDLE;
  }

  /** A write that waits for the reader's yes. */
  asked(): AskedWrite | null {
    return this.#asked;
  }

  overview(): Overview {
    this.#overview ??= this.#look();
    return this.#overview;
  }

  /** What the cells have given so far, by captured name. */
  values(): Values {
    return this.#run?.values() ?? NOTHING;
  }

  /** What stands in an input, as it is typed. */
  inputOf(id: string): string {
    if (this.#run !== null) return this.#run.inputOf(id);
    const cell = this.#notebook.cells.find((each) => each.id === id);
    return this.#typed.get(id) ?? (cell?.kind === "input" ? cell.value : "");
  }

  setInput(id: string, typed: string): void {
    this.#typed.set(id, typed);
    if (this.#run === null) this.#changed();
    else this.#run.setInput(id, typed);
  }

  /** Takes the notebook after an edit. */
  update(notebook: Notebook): void {
    if (notebook === this.#notebook) return;
    this.#notebook = notebook;
    if (this.#run === null) this.#changed();
    else this.#run.update(notebook);
  }

  /** Loads what a run needs, before it is wanted. */
  warmUp(): void {
    this.#open().catch(() => {
      this.#opening = null;
    });
  }

  /**
   * Runs this very cell. The first one that is run begins the world, where the notebook names a scenario. While a cell runs
   * others can be pressed: they follow it, unless it fails.
   */
  async runCell(cell: Cell): Promise<void> {
    // A double click on a write is one press.
    if (this.#lastPressed !== cell.id) this.#isNewPress = singlePress();
    this.#lastPressed = cell.id;
    if (!this.#isNewPress()) return;
    if (this.#alone && this.overview().busy) {
      this.#next.push(cell);
      return;
    }
    this.#alone = true;
    await this.#runOne(cell);
    for (let next = this.#next.shift(); next !== undefined; next = this.#next.shift()) {
      if (this.#ended?.kind !== "cell") break;
      await this.#runOne(next);
    }
    this.#next.length = 0;
    this.#alone = false;
  }

  #runOne(cell: Cell): Promise<void> {
    return this.#carryOut(async (run) => {
      const world = this.#notebook.info.scenario !== null && begins(this.profile, this.options.scenarioCall);
      if (world && run.stateOf(START).kind !== "done") {
        const begun = await run.restart();
        if (begun.kind !== "done") return begun;
      }
      return run.run(cell.id);
    }, cell.id);
  }

  runTo(id: string): Promise<void> {
    return this.#carryOut((run) => run.runTo(id), id);
  }

  runAll(): Promise<void> {
    return this.#carryOut((run) => run.runAll(), null);
  }

  /** Forgets every result, and begins the world anew where the profile has scenarios. */
  async restart(): Promise<void> {
    await this.#carryOut((run) => run.restart(), START);
  }

  stop(): void {
    this.#next.length = 0;
    this.#asked?.answer(null);
    this.#run?.stop();
  }

  /** `alone`: the cell that was pressed; null: all of them were. */
  async #carryOut(work: (run: NotebookRun) => Promise<RunSummary>, alone: string | null): Promise<void> {
    if (this.#pending || this.#run?.busy === true) return;
    this.prepare?.();
    this.#pending = true;
    this.#ended = null;
    this.#changed();
    const began = performance.now();
    try {
      const run = await this.#open();
      const summary = await work(run);
      this.#ended =
        summary.kind === "stopped-at"
          ? this.#endAt(summary.cell)
          : alone === null
            ? { kind: "done", ms: performance.now() - began }
            : { kind: "cell", cell: alone };
    } catch (cause) {
      this.#opening = null;
      const why = cause instanceof Error ? cause.message : String(cause);
      this.#ended = { kind: "broken", why };
    } finally {
      this.#pending = false;
      this.#changed();
    }
  }

  #endAt(cell: string): RunEnd {
    const state = this.stateOf(cell);
    if (state.kind !== "failed") {
      return state.kind === "done" ? { kind: "spent-write", cell } : { kind: "stopped", cell };
    }
    if (state.failure.kind === "stopped") return { kind: "stopped", cell };
    if (state.fresh === "stale") return { kind: "spent-write", cell };
    const { kind, message } = state.failure;
    return { kind: "failed", cell, why: kind === "check" ? "it does not hold" : message };
  }

  #open(): Promise<NotebookRun> {
    this.#opening ??= this.#load();
    return this.#opening;
  }

  async #load(): Promise<NotebookRun> {
    const [{ NotebookRun }, { createPageHost }, { createPageEvaluator }] = await Promise.all([
      import("../../lib/notebook/run-notebook.ts"),
      import("./page-host.ts"),
      import("./page-evaluator.ts"),
    ]);
    const { scenarioCall, apis } = this.options;
    const host = createPageHost({
      profile: () => this.profile,
      scenarioCall,
      evaluator: createPageEvaluator(apis),
      show: (asked) => {
        this.#asked = asked;
        this.#changed();
      },
    });
    const run = new NotebookRun(this.#notebook, host);
    for (const [id, typed] of this.#typed) run.setInput(id, typed);
    run.onChange(() => this.#changed());
    this.#run = run;
    this.#changed();
    return run;
  }

  #look(): Overview {
    const cells = this.#notebook.cells.filter(({ kind }) => kind !== "prose" && kind !== "input");
    const states = cells.map(({ id }) => this.stateOf(id));
    const running = [START, ...cells.map(({ id }) => id)].find((id) => this.stateOf(id).kind === "running");
    const finished = states.filter((state) => state.kind === "done");
    return {
      busy: this.#pending || this.#run?.busy === true,
      running: running ?? null,
      done: finished.filter(({ fresh }) => fresh === "fresh").length,
      of: cells.length,
      stale: states.filter((state) => "fresh" in state && state.fresh === "stale").length,
      ended: this.#ended,
    };
  }

  #changed(): void {
    const before = this.#overview;
    const now = this.#look();
    this.#overview = before !== null && JSON.stringify(before) === JSON.stringify(now) ? before : now;
    for (const listener of this.#listeners) listener();
  }
}

/** Ends what runs, since its page is left. Of a notebook whose replies hold secrets nothing is kept. */
export function leaveSession(session: NotebookSession, secret: boolean): void {
  session.stop();
  if (!secret) return;
  for (const [key, each] of sessions) if (each === session) sessions.delete(key);
}

const sessions = new Map<string, NotebookSession>();

/** The session of a notebook on a profile: the one that was left, where there is one. */
export function openSession(
  slug: string,
  notebook: Notebook,
  profile: Profile,
  options: SessionOptions,
): NotebookSession {
  const key = `${slug} ${profile.id}`;
  const open = sessions.get(key);
  if (open?.notebook.source === notebook.source) {
    open.profile = profile;
    return open;
  }
  const session = new NotebookSession(notebook, profile, options);
  sessions.set(key, session);
  return session;
}
