import { createContext, useContext } from "react";
import type { NotebookDocument } from "./notebook-document.ts";

/** The part of a cell that is open for editing. */
export interface ActivePart {
  readonly cell: string;
  /** A block of code, the prose, the settings of a component, or the whole cell as it is written. */
  readonly part: string;
}

export interface EditScope {
  readonly document: NotebookDocument;
  readonly active: ActivePart | null;
  /** Opens a part for editing, and closes the one that was open; null only closes. */
  readonly open: (part: ActivePart | null) => void;
}

export const EditContext = createContext<EditScope | null>(null);

export function useEditScope(): EditScope {
  const scope = useContext(EditContext);
  if (scope === null) throw new Error("a part of the editing layer stands outside of it");
  return scope;
}
