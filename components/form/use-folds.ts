import { useCallback, useState } from "react";
import { type FormPath, pathKey } from "../../lib/form/form.ts";

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
