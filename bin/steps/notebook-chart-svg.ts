import type { ChartCell } from "../../lib/notebook/notebook.ts";
import { escapeMarkup } from "./escape-markup.ts";

type Points = readonly { readonly x: number; readonly y: number }[];

const [WIDTH, HEIGHT] = [640, 240];
const [LEFT, BOTTOM, TOP, RIGHT] = [90, 56, 12, 12];

/** A chart's points as a drawing, with the least and the greatest on its axes; the table of them stands beside it. */
export function chartSvg({ title, form, xLabel, yLabel }: ChartCell, points: Points): string {
  if (points.length === 0) return "<p>No points.</p>";
  const [x0, x1] = range(points.map(({ x }) => x));
  const [low, y1] = range(points.map(({ y }) => y));
  // A bar's length says its value only where it begins at 0.
  const y0 = form === "bars" ? Math.min(0, low) : low;
  const at = ({ x, y }: Points[number]) => ({
    x: LEFT + part(x, x0, x1) * (WIDTH - LEFT - RIGHT),
    y: HEIGHT - BOTTOM - part(y, y0, y1) * (HEIGHT - BOTTOM - TOP),
  });
  const sorted = [...points].sort((a, b) => a.x - b.x).map(at);
  const floor = at({ x: x0, y: y0 }).y;
  const text = (x: number, y: number, anchor: string, words: string) =>
    `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${escapeMarkup(words)}</text>`;
  return [
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeMarkup(`${title}: ${yLabel} by ${xLabel}, ${points.length} points`)}">`,
    `<path class="axis" d="M${LEFT} ${TOP}V${HEIGHT - BOTTOM}H${WIDTH - RIGHT}"/>`,
    form === "bars" ? bars(sorted, floor) : `<path class="data" d="${line(sorted, form === "steps")}"/>`,
    ...(form === "bars" ? [] : sorted.map(({ x, y }) => `<circle cx="${round(x)}" cy="${round(y)}" r="3"/>`)),
    text(LEFT - 6, TOP + 8, "end", short(y1)),
    text(LEFT - 6, HEIGHT - BOTTOM, "end", short(y0)),
    text(LEFT, HEIGHT - BOTTOM + 22, "start", short(x0)),
    text(WIDTH - RIGHT, HEIGHT - BOTTOM + 22, "end", short(x1)),
    text((LEFT + WIDTH) / 2, HEIGHT - 6, "middle", `${yLabel} by ${xLabel}`),
    "</svg>",
  ].join("");
}

function range(values: readonly number[]): readonly [number, number] {
  return values.reduce<readonly [number, number]>(
    ([least, most], value) => [Math.min(least, value), Math.max(most, value)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
}

function part(value: number, from: number, to: number): number {
  return to === from ? 0.5 : (value - from) / (to - from);
}

function bars(points: Points, floor: number): string {
  const width = Math.max(1, Math.min(24, (WIDTH - LEFT - RIGHT) / points.length - 2));
  return points
    .map(({ x, y }) => {
      const left = Math.min(Math.max(x - width / 2, LEFT), WIDTH - RIGHT - width);
      return `<rect x="${round(left)}" y="${round(Math.min(y, floor))}" width="${round(width)}" height="${round(Math.abs(floor - y))}"/>`;
    })
    .join("");
}

function line(points: Points, steps: boolean): string {
  return points
    .map(({ x, y }, i) => {
      if (i === 0) return `M${round(x)} ${round(y)}`;
      return steps ? `H${round(x)}V${round(y)}` : `L${round(x)} ${round(y)}`;
    })
    .join("");
}

/** A number as an axis has room for it; the table has all its digits. */
function short(value: number): string {
  return String(Number(value.toPrecision(6)));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
