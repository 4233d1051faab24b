/** A stretch of lines that two texts share, or have instead of one another. Line numbers from 0, ends not included. */
export interface DiffPart {
  readonly kind: "same" | "changed";
  readonly oldFrom: number;
  readonly oldTo: number;
  readonly newFrom: number;
  readonly newTo: number;
}

/** Parts in which neither side has a line of its own that could be an anchor are compared line by line up to here. */
const MOST_EDITS = 2_000;

/**
 * What changed from the old lines to the new ones. Lines that occur once in both are the anchors; between them the
 * shortest change is looked for, as long as that is not too long a search.
 */
export function diffLines(before: readonly string[], after: readonly string[]): readonly DiffPart[] {
  const parts: DiffPart[] = [];
  const same = (oldFrom: number, newFrom: number, length: number) => {
    if (length > 0) add(parts, "same", oldFrom, oldFrom + length, newFrom, newFrom + length);
  };
  const between = (a0: number, a1: number, b0: number, b1: number) => {
    let [oldFrom, oldTo, newFrom, newTo] = [a0, a1, b0, b1];
    while (oldFrom < oldTo && newFrom < newTo && before[oldFrom] === after[newFrom]) {
      oldFrom++;
      newFrom++;
    }
    same(a0, b0, oldFrom - a0);
    let tail = 0;
    while (oldFrom < oldTo && newFrom < newTo && before[oldTo - 1] === after[newTo - 1]) {
      oldTo--;
      newTo--;
      tail++;
    }
    if (oldFrom < oldTo || newFrom < newTo) middle(oldFrom, oldTo, newFrom, newTo);
    same(oldTo, newTo, tail);
  };
  const middle = (a0: number, a1: number, b0: number, b1: number) => {
    const anchors = a0 < a1 && b0 < b1 ? uniquePairs(before, a0, a1, after, b0, b1) : [];
    if (anchors.length === 0) {
      shortest(before, a0, a1, after, b0, b1, parts);
      return;
    }
    let [oldAt, newAt] = [a0, b0];
    for (const [old, fresh] of anchors) {
      if (old < oldAt || fresh < newAt) continue;
      between(oldAt, old, newAt, fresh);
      same(old, fresh, 1);
      oldAt = old + 1;
      newAt = fresh + 1;
    }
    between(oldAt, a1, newAt, b1);
  };
  between(0, before.length, 0, after.length);
  return parts;
}

/** Lines that occur once in each stretch, as pairs that rise on both sides: the longest such row. */
function uniquePairs(
  before: readonly string[],
  a0: number,
  a1: number,
  after: readonly string[],
  b0: number,
  b1: number,
): readonly (readonly [number, number])[] {
  const seen = new Map<string, { old: number; fresh: number }>();
  for (let at = a0; at < a1; at++) {
    const line = before[at] as string;
    const entry = seen.get(line);
    if (entry === undefined) seen.set(line, { old: at, fresh: -1 });
    else entry.old = -1;
  }
  for (let at = b0; at < b1; at++) {
    const entry = seen.get(after[at] as string);
    if (entry !== undefined) entry.fresh = entry.fresh === -1 ? at : -2;
  }
  const pairs = [...seen.values()]
    .filter(({ old, fresh }) => old >= 0 && fresh >= 0)
    .sort((a, b) => a.old - b.old);
  // Patience: each pile's top is the smallest end of a rising row of its length.
  const tops: number[] = [];
  const previous = new Int32Array(pairs.length).fill(-1);
  for (const [index, { fresh }] of pairs.entries()) {
    let low = 0;
    let high = tops.length;
    while (low < high) {
      const half = (low + high) >>> 1;
      if ((pairs[tops[half] as number]?.fresh ?? 0) < fresh) low = half + 1;
      else high = half;
    }
    previous[index] = low > 0 ? (tops[low - 1] as number) : -1;
    tops[low] = index;
  }
  const row: [number, number][] = [];
  for (let at = tops.at(-1) ?? -1; at >= 0; at = previous[at] as number) {
    const pair = pairs[at];
    if (pair !== undefined) row.push([pair.old, pair.fresh]);
  }
  return row.reverse();
}

/** Myers' shortest edit, or all of it as one change where that would take too long. */
function shortest(
  before: readonly string[],
  a0: number,
  a1: number,
  after: readonly string[],
  b0: number,
  b1: number,
  parts: DiffPart[],
): void {
  const n = a1 - a0;
  const m = b1 - b0;
  const most = Math.min(n + m, MOST_EDITS);
  const trace: Int32Array[] = [];
  const ends = new Int32Array(2 * most + 3);
  const origin = most + 1;
  for (let edits = 0; edits <= most && n > 0 && m > 0; edits++) {
    trace.push(ends.slice());
    for (let k = -edits; k <= edits; k += 2) {
      const down = k === -edits || (k !== edits && at(ends, origin + k - 1) < at(ends, origin + k + 1));
      let x = down ? at(ends, origin + k + 1) : at(ends, origin + k - 1) + 1;
      while (x < n && x - k < m && before[a0 + x] === after[b0 + x - k]) x++;
      ends[origin + k] = x;
      if (x >= n && x - k >= m) {
        walkBack(trace, origin, n, m, a0, b0, parts);
        return;
      }
    }
    if (trace.length * ends.length > 20_000_000) break;
  }
  add(parts, "changed", a0, a1, b0, b1);
}

function walkBack(
  trace: readonly Int32Array[],
  origin: number,
  n: number,
  m: number,
  a0: number,
  b0: number,
  parts: DiffPart[],
): void {
  const steps: [kind: DiffPart["kind"], x0: number, x1: number, y0: number, y1: number][] = [];
  let x = n;
  let y = m;
  for (let edits = trace.length - 1; edits >= 0 && (x > 0 || y > 0); edits--) {
    const ends = trace[edits] as Int32Array;
    const k = x - y;
    const down = k === -edits || (k !== edits && at(ends, origin + k - 1) < at(ends, origin + k + 1));
    const fromK = down ? k + 1 : k - 1;
    const fromX = edits === 0 ? 0 : at(ends, origin + fromK);
    const fromY = edits === 0 ? 0 : fromX - fromK;
    const startX = edits === 0 ? 0 : down ? fromX : fromX + 1;
    const startY = edits === 0 ? 0 : down ? fromY + 1 : fromY;
    if (x > startX) steps.push(["same", startX, x, startY, y]);
    if (edits > 0) steps.push(["changed", fromX, startX, fromY, startY]);
    x = fromX;
    y = fromY;
  }
  for (const [kind, x0, x1, y0, y1] of steps.reverse()) add(parts, kind, a0 + x0, a0 + x1, b0 + y0, b0 + y1);
}

function at(values: Int32Array, index: number): number {
  return values[index] ?? 0;
}

/** Adds a stretch, to the last one where it goes on. */
function add(
  parts: DiffPart[],
  kind: DiffPart["kind"],
  oldFrom: number,
  oldTo: number,
  newFrom: number,
  newTo: number,
): void {
  const last = parts.at(-1);
  if (last?.kind === kind && last.oldTo === oldFrom && last.newTo === newFrom) {
    parts[parts.length - 1] = { ...last, oldTo, newTo };
  } else parts.push({ kind, oldFrom, oldTo, newFrom, newTo });
}
