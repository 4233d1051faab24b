import { createContext, useContext } from "react";
import type { FormOptions, FormPath } from "../../lib/form/form.ts";
import type { ReadableForm } from "../../lib/form/read-form.ts";
import type { TextEdit } from "../../lib/schema/problem.ts";
import type { LanguageFacts } from "../editor/use-language.ts";

/** One change of the text. Computed from the text as it is when it is made. */
export type Change = (text: string, options: FormOptions) => readonly TextEdit[];

export interface ChangeNotes {
  /** Id of the element that gets the focus once the form shows the change. */
  readonly focus?: string;
  /** What was taken out, for the line that offers to put it back. */
  readonly removed?: string;
}

/** What the rows of a form share. */
export interface FormHandle {
  readonly form: ReadableForm;
  /** Id of the part of a row: its control where no part is named. */
  idOf(path: FormPath, part?: string): string;
  change(change: Change, notes?: ChangeNotes): void;
  /** Whether something that folds is open. */
  isOpen(key: string, byDefault: boolean): boolean;
  setOpen(key: string, open: boolean): void;
  /** After an item was taken out or moved: what was open stays open where it has gone. */
  renumber(list: FormPath, to: (index: number) => number | null): void;
  /** The JSON of a value that was taken out, for when it is wanted again. */
  shelf: Map<string, string>;
  /** What is known of the profile: its chain's height, values of earlier replies. */
  readonly facts: LanguageFacts;
}

export const FormContext = createContext<FormHandle | null>(null);

export function useForm(): FormHandle {
  const handle = useContext(FormContext);
  if (handle === null) throw new Error("a row stands outside of a form");
  return handle;
}
