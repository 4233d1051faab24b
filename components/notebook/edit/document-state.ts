import type { Notebook, NotebookProblem } from "../../../lib/notebook/notebook.ts";
import type { CellMethods } from "../cell-method.ts";

/** Where a notebook's text is kept. */
export type DocumentHome =
  /** A lesson, and what a reader has made of it. */
  | { readonly kind: "lesson"; readonly slug: string; readonly original: string }
  /** The reader's own, by its id. */
  | { readonly kind: "own"; readonly id: string };

/** A notebook that is edited, as it is now. The same object until something of it changes. */
export interface DocumentState {
  readonly source: string;
  /** The last text that could be read; null: none could yet. */
  readonly notebook: Notebook | null;
  /** Why the text cannot be read; empty where it can. */
  readonly problems: readonly NotebookProblem[];
  /** What is wrong in the notebook that was read, as far as has been looked. */
  readonly found: readonly NotebookProblem[];
  /** Of a lesson: whether it is other than as it came. */
  readonly edited: boolean;
  readonly canUndo: boolean;
  /** Why it could not be kept in this browser; null where it was. */
  readonly notKept: string | null;
  /** Of the methods that it calls, as far as they are known. */
  readonly methods: CellMethods;
  /** Whether its methods have been looked up: what is not known then is not there. */
  readonly lookedUp: boolean;
}
