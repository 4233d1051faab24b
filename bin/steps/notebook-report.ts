import type { CellOutput, CheckPart } from "../../lib/notebook/cell-state.ts";
import type { Cell, Notebook } from "../../lib/notebook/notebook.ts";
import type { StoredReply } from "../../lib/notebook/stored-reply.ts";

/** Every kind of cell that runs. */
export type RunnableCell = Exclude<Cell, { kind: "prose" }>;

/** What became of a notebook. */
export interface NotebookReport {
  /** The file, as it was named. */
  readonly file: string;
  /** Null where the file is no notebook, or was not run. */
  readonly notebook: Notebook | null;
  /** The label of the profile that it ran against. */
  readonly profile: string;
  /** What kept it from being run, each with its place in the file where it has one. */
  readonly problems: readonly FileProblem[];
  /** In the order in which they run; the beginning of the world is the first, where there is one. */
  readonly cells: readonly CellReport[];
  readonly ms: number;
}

export interface FileProblem {
  readonly line: number | null;
  readonly column: number | null;
  readonly message: string;
}

export interface CellReport {
  readonly id: string;
  /** Null: the beginning of the world. */
  readonly cell: RunnableCell | null;
  /** What it does, in a line. */
  readonly what: string;
  readonly line: number;
  readonly result: CellResult;
  /** Milliseconds; 0 of a cell that did not run. */
  readonly ms: number;
  /** Whether it shows what is secret: a reply that holds secrets, or what was made of it. */
  readonly hidden: boolean;
  /** The messages of a reply as they are shown: ProtoJSON. */
  readonly replies: readonly string[];
  /** Of a call or a wait that went well. */
  readonly stored: StoredReply | null;
}

export type CellResult =
  | { readonly kind: "passed"; readonly output: CellOutput }
  | { readonly kind: "passed-over"; readonly instead: string }
  | { readonly kind: "failed"; readonly failed: CellFailed }
  /** The run ended before it. */
  | { readonly kind: "not-run" };

export interface CellFailed {
  readonly message: string;
  /** Where in the file the reason stands. */
  readonly line: number;
  /** Sides of a comparison. */
  readonly parts: readonly CheckPart[];
  /** Lines of a difference from what is stored, with a sign each. */
  readonly diff: readonly string[];
  /** What it gave all the same: its reply is another than the stored one. */
  readonly output: CellOutput | null;
}

/** Whether everything went well. */
export function hasPassed({ problems, cells }: NotebookReport): boolean {
  return (
    problems.length === 0 &&
    cells.every(({ result }) => result.kind === "passed" || result.kind === "passed-over")
  );
}
