"use client";

import { useId, useState } from "react";
import { type Point, type Series, ticks } from "../../lib/reply/chart-series.ts";
import styles from "./reply.module.css";

export type ChartForm = "bars" | "line" | "steps";

/** A column that is drawn. */
export interface Axis {
  readonly name: string;
  readonly unit: string | null;
  /** Where it is a time since 1970: how many of them are a second. */
  readonly perSecond: number | null;
}

const WIDTH = 520;
const HEIGHT = 260;
const LEFT = 62;
const RIGHT = 10;
const TOP = 8;
const BOTTOM = 26;

/** Colours and dashes of the series: neither is needed without the other. */
const STYLES = [
  { colour: "var(--accent)", dash: "none" },
  { colour: "var(--ok)", dash: "6 3" },
  { colour: "var(--warn)", dash: "2 3" },
  { colour: "var(--error)", dash: "8 3 2 3" },
] as const;

/** Series of numbers, drawn. Every point can be read by the slider below. */
export function Chart({
  series,
  form,
  x,
  y,
}: {
  readonly series: readonly Series[];
  readonly form: ChartForm;
  readonly x: Axis;
  readonly y: Axis;
}) {
  const id = useId();
  const [at, setAt] = useState(0);
  const all = series.flatMap(({ name, points }, index) => points.map((point) => ({ name, point, index })));
  const sorted = all.sort((a, b) => a.point.x - b.point.x || a.index - b.index);
  const here = sorted[Math.min(at, sorted.length - 1)];
  const scale = scales(all.map(({ point }) => point));
  const summed = series.some(({ points, values }) => values > points.length);
  return (
    <>
      <svg
        className={styles.chart}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={`${y.name} against ${x.name}: ${series.map(({ name, values }) => `${values} values of ${name}`).join(", ")}. The table has them one by one.`}
      >
        <Axes scale={scale} x={x} y={y} />
        {series.map((each, index) => (
          <Drawn
            key={each.name}
            series={each}
            index={index}
            count={series.length}
            form={form}
            scale={scale}
          />
        ))}
        {here !== undefined && (
          <circle
            cx={scale.x(here.point.x)}
            cy={scale.y(here.point.y)}
            r={4}
            fill="var(--bg)"
            stroke="var(--text)"
            strokeWidth={1.5}
          />
        )}
      </svg>
      <ul className={styles.legend}>
        {series.map(({ name, values }, index) => (
          <li key={name}>
            <svg width="22" height="8" aria-hidden="true">
              <line
                x1="0"
                y1="4"
                x2="22"
                y2="4"
                stroke={styleOf(index).colour}
                strokeWidth="3"
                strokeDasharray={styleOf(index).dash}
              />
            </svg>{" "}
            {name}, {values.toLocaleString("en-US")} values
          </li>
        ))}
        {summed && <li>Values at the same place are added up.</li>}
      </ul>
      <div className={styles.readout}>
        <label htmlFor={id}>Point</label>
        <input
          id={id}
          type="range"
          min={0}
          max={Math.max(0, sorted.length - 1)}
          value={Math.min(at, sorted.length - 1)}
          aria-valuetext={here === undefined ? "none" : words(here, x, y)}
          onChange={({ target }) => setAt(Number(target.value))}
        />
        <span>{here === undefined ? "" : words(here, x, y)}</span>
      </div>
    </>
  );
}

interface Scale {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly xTicks: readonly number[];
  readonly yTicks: readonly number[];
  readonly barWidth: number;
}

function scales(points: readonly Point[]): Scale {
  const xs = [...new Set(points.map(({ x }) => x))].sort((a, b) => a - b);
  const low = Math.min(0, ...points.map(({ y }) => y));
  const high = Math.max(...points.map(({ y }) => y), low + 1);
  const [first = 0, last = 1] = [xs[0], xs.at(-1)];
  const gap = Math.min(
    ...xs.slice(1).map((value, index) => value - (xs[index] as number)),
    last - first || 1,
  );
  const pad = xs.length > 1 ? gap / 2 : 0.5;
  const [from, to] = [first - pad, last + pad];
  const x = (value: number) => LEFT + ((value - from) / (to - from)) * (WIDTH - LEFT - RIGHT);
  const y = (value: number) => HEIGHT - BOTTOM - ((value - low) / (high - low)) * (HEIGHT - TOP - BOTTOM);
  return {
    x,
    y,
    xTicks: ticks(first, last, 4),
    yTicks: ticks(low, high, 5),
    barWidth: Math.min(40, Math.max(1.5, (x(first + gap) - x(first)) * 0.8)),
  };
}

function Axes({ scale, x, y }: { readonly scale: Scale; readonly x: Axis; readonly y: Axis }) {
  return (
    <g fill="currentColor">
      {scale.yTicks.map((tick) => (
        <g key={tick}>
          <line x1={LEFT} x2={WIDTH - RIGHT} y1={scale.y(tick)} y2={scale.y(tick)} stroke="var(--line)" />
          <text x={LEFT - 6} y={scale.y(tick) + 4} textAnchor="end">
            {compact(tick, y)}
          </text>
        </g>
      ))}
      {scale.xTicks.map((tick) => (
        <text key={tick} x={scale.x(tick)} y={HEIGHT - 8} textAnchor="middle">
          {compact(tick, x)}
        </text>
      ))}
    </g>
  );
}

function Drawn({
  series,
  index,
  count,
  form,
  scale,
}: {
  readonly series: Series;
  readonly index: number;
  readonly count: number;
  readonly form: ChartForm;
  readonly scale: Scale;
}) {
  const { colour, dash } = styleOf(index);
  if (form === "bars") {
    const width = scale.barWidth / count;
    return series.points.map(({ x, y }) => (
      <rect
        key={x}
        x={scale.x(x) - scale.barWidth / 2 + index * width}
        y={Math.min(scale.y(y), scale.y(0))}
        width={Math.max(1, width - 0.5)}
        height={Math.max(1, Math.abs(scale.y(y) - scale.y(0)))}
        fill={colour}
        fillOpacity={index % 2 === 0 ? 0.9 : 0.55}
      />
    ));
  }
  const path = series.points
    .map(({ x, y }, at) => {
      const [px, py] = [scale.x(x).toFixed(1), scale.y(y).toFixed(1)];
      if (at === 0) return `M${px} ${py}`;
      return form === "steps" ? `H${px}V${py}` : `L${px} ${py}`;
    })
    .join("");
  return <path d={path} fill="none" stroke={colour} strokeWidth={1.8} strokeDasharray={dash} />;
}

function styleOf(index: number) {
  return STYLES[index % STYLES.length] as (typeof STYLES)[number];
}

function words({ name, point }: { name: string; point: Point }, x: Axis, y: Axis): string {
  return `${name}: ${x.name} ${exact(point.x, x)}, ${y.name} ${exact(point.y, y)}`;
}

function exact(value: number, { unit, perSecond }: Axis): string {
  if (perSecond !== null) return `${date(value, perSecond).slice(0, 16).replace("T", " ")} UTC`;
  const number = value.toLocaleString("en-US", { maximumFractionDigits: 3 });
  return unit === null ? number : `${number} ${unit}`;
}

function compact(value: number, { perSecond }: Axis): string {
  if (perSecond !== null) return date(value, perSecond).slice(0, 10);
  return value.toLocaleString("en-US", { notation: "compact", maximumSignificantDigits: 4 });
}

/** ISO 8601; empty for a number that is no time. */
function date(value: number, perSecond: number): string {
  const at = new Date((value / perSecond) * 1000);
  return Number.isNaN(at.getTime()) ? "" : at.toISOString();
}
