/** A point of a chart. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Series {
  readonly name: string;
  /** By rising `x`, each once. */
  readonly points: readonly Point[];
  /** How many values it was made of. */
  readonly values: number;
}

/** More points than these are not drawn: neighbours are put together. */
const MOST_POINTS = 400;

/** Values by their place: those at the same `x` are summed up, and neighbours where there are too many. */
export function makeSeries(name: string, values: readonly Point[]): Series {
  const sums = new Map<number, number>();
  for (const { x, y } of values) {
    if (Number.isFinite(x) && Number.isFinite(y)) sums.set(x, (sums.get(x) ?? 0) + y);
  }
  let points = [...sums].map(([x, y]) => ({ x, y })).sort((a, b) => a.x - b.x);
  if (points.length > MOST_POINTS) points = bucketed(points);
  return { name, points, values: values.length };
}

function bucketed(points: readonly Point[]): Point[] {
  const first = points[0]?.x ?? 0;
  const width = ((points.at(-1)?.x ?? 0) - first) / MOST_POINTS || 1;
  const sums = new Map<number, number>();
  for (const { x, y } of points) {
    const bucket = Math.min(MOST_POINTS - 1, Math.floor((x - first) / width));
    sums.set(bucket, (sums.get(bucket) ?? 0) + y);
  }
  return [...sums].map(([bucket, y]) => ({ x: first + (bucket + 0.5) * width, y }));
}

/** The same series with each value added to those before it. */
export function runningTotal({ name, points, values }: Series): Series {
  let sum = 0;
  return {
    name,
    values,
    points: points.map(({ x, y }) => {
      sum += y;
      return { x, y: sum };
    }),
  };
}

/** Round numbers for an axis from `low` to `high`: about `count` of them, the ends within. */
export function ticks(low: number, high: number, count: number): readonly number[] {
  if (!(high > low)) return [low];
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= rough) ?? rough;
  const found: number[] = [];
  for (let at = Math.ceil(low / step); at * step <= high + step * 1e-9; at++) found.push(at * step);
  return found;
}
