import type { DiffPart } from "./diff-lines.ts";

/** A row of a diff. Line numbers are those of the whole texts, from 0. */
export type DiffRow =
  | { readonly kind: "same"; readonly old: number; readonly fresh: number; readonly text: string }
  | { readonly kind: "removed"; readonly old: number; readonly text: string }
  | { readonly kind: "added"; readonly fresh: number; readonly text: string }
  /** A value that changed: what it was, and on the next row what it is; from which character to which they differ. */
  | {
      readonly kind: "was";
      readonly old: number;
      readonly text: string;
      readonly from: number;
      readonly to: number;
    }
  | {
      readonly kind: "is";
      readonly fresh: number;
      readonly text: string;
      readonly from: number;
      readonly to: number;
    }
  /** Lines that are the same on both sides, left out. */
  | { readonly kind: "folded"; readonly lines: number };

/** Lines that are shown around a change. */
const AROUND = 3;

/** What is to be shown of two texts: the changes with some lines around them, the rest folded. */
export function diffRows(
  before: readonly string[],
  after: readonly string[],
  parts: readonly DiffPart[],
): readonly DiffRow[] {
  const rows: DiffRow[] = [];
  for (const [index, part] of parts.entries()) {
    if (part.kind === "changed") {
      pairUp(before, after, part, rows);
      continue;
    }
    const length = part.oldTo - part.oldFrom;
    const head = index === 0 ? 0 : AROUND;
    const tail = index === parts.length - 1 ? 0 : AROUND;
    const hidden = length - head - tail;
    for (let at = 0; at < length; at++) {
      if (hidden > 1 && at === head) {
        rows.push({ kind: "folded", lines: hidden });
        at += hidden - 1;
        continue;
      }
      const old = part.oldFrom + at;
      rows.push({ kind: "same", old, fresh: part.newFrom + at, text: before[old] ?? "" });
    }
  }
  return rows;
}

/** Lines with the same key stand beside each other; what is left was added or removed. */
function pairUp(before: readonly string[], after: readonly string[], part: DiffPart, rows: DiffRow[]): void {
  let fresh = part.newFrom;
  const added = (until: number) => {
    for (; fresh < until; fresh++) rows.push({ kind: "added", fresh, text: after[fresh] ?? "" });
  };
  const places = new Map<string, number[]>();
  for (let at = part.newFrom; at < part.newTo; at++) {
    const key = keyOf(after[at] ?? "");
    if (key === null) continue;
    const known = places.get(key);
    if (known === undefined) places.set(key, [at]);
    else known.push(at);
  }
  for (let old = part.oldFrom; old < part.oldTo; old++) {
    const text = before[old] ?? "";
    const key = keyOf(text);
    const candidates = key === null ? undefined : places.get(key);
    while (candidates !== undefined && (candidates[0] ?? Number.POSITIVE_INFINITY) < fresh)
      candidates.shift();
    const match = candidates?.shift();
    if (match === undefined) {
      rows.push({ kind: "removed", old, text });
      continue;
    }
    added(match);
    const now = after[match] ?? "";
    const { from, oldTo, newTo } = changedSpan(text, now);
    rows.push(
      { kind: "was", old, text, from, to: oldTo },
      { kind: "is", fresh: match, text: now, from, to: newTo },
    );
    fresh = match + 1;
  }
  added(part.newTo);
}

/** What a line of JSON says which value it is of: its indentation and key. */
function keyOf(line: string): string | null {
  return /^ *"(?:[^"\\]|\\.)*": /.exec(line)?.[0] ?? null;
}

/** The part of two lines that differs: from a character on, up to one on each side. */
function changedSpan(
  before: string,
  after: string,
): { readonly from: number; readonly oldTo: number; readonly newTo: number } {
  let from = 0;
  const shorter = Math.min(before.length, after.length);
  while (from < shorter && before[from] === after[from]) from++;
  let tail = 0;
  while (tail < shorter - from && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return { from, oldTo: before.length - tail, newTo: after.length - tail };
}
