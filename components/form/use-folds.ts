import { useCallback, useState } from "react";
import { type FormPath, pathKey } from "../../lib/form/form.ts";

/** How many items of a list are shown, and how many more at a time. */
export const pageSize = 50;

/** The key of the page of a list that shows the item at `index`. The first page is always shown. */
export function pageKey(list: FormPath, index: number): string {
  return `${pathKey(list)}#page${Math.floor(index / pageSize)}`;
}

/** Has a list show the item at `index`: the pages up to it. */
export function showItem(list: FormPath, index: number, setOpen: Folds["setOpen"]): void {
  for (let first = pageSize; first <= index; first += pageSize) setOpen(pageKey(list, first), true);
}

export interface Folds {
  isOpen(key: string, byDefault: boolean): boolean;
  setOpen(key: string, open: boolean): void;
  renumber(list: FormPath, to: (index: number) => number | null): void;
}

/** Which parts of a form are open, by the words of their paths. */
export function useFolds(): Folds {
  const [folds, setFolds] = useState<ReadonlyMap<string, boolean>>(new Map());
  return {
    isOpen: (key, byDefault) => folds.get(key) ?? byDefault,
    setOpen: useCallback(
      (key: string, open: boolean) => setFolds((before) => new Map(before).set(key, open)),
      [],
    ),
    renumber: useCallback((list: FormPath, to: (index: number) => number | null) => {
      setFolds(
        (before) =>
          new Map(
            [...before].flatMap(([key, open]) =>
              renamed(key, pathKey(list), to).map((name) => [name, open] as const),
            ),
          ),
      );
    }, []),
  };
}

/** A key within the list with its item's new position; none where the item is gone. */
function renamed(key: string, list: string, to: (index: number) => number | null): string[] {
  if (!key.startsWith(`${list}.`)) return [key];
  const [step = "", ...rest] = key.slice(list.length + 1).split(".");
  const [digits = ""] = /^\d+/.exec(step) ?? [];
  if (digits === "") return [key];
  const index = to(Number(digits));
  return index === null ? [] : [`${list}.${[`${index}${step.slice(digits.length)}`, ...rest].join(".")}`];
}
