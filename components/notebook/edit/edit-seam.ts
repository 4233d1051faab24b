import { type ComponentType, createContext } from "react";
import type { BlockName } from "./block-of.ts";

export interface EditableCodeProps {
  readonly cell: string;
  readonly block: BlockName;
  readonly language: "json" | "cel";
  readonly text: string;
  readonly label: string;
}

/** What stands in the place of a cell's code while the notebook is edited; null: the code as it is read. */
export const EditSeam = createContext<ComponentType<EditableCodeProps> | null>(null);
