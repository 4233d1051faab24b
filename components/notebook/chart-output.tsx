import { useMemo } from "react";
import type { ChartCell } from "../../lib/notebook/notebook.ts";
import { makeSeries, type Point } from "../../lib/reply/chart-series.ts";
import { Chart } from "../reply/chart.tsx";
import styles from "./cell.module.css";

/** A list drawn, and its numbers as a table for whoever wants them exactly or cannot see the drawing. */
export function ChartOutput({
  cell,
  points,
}: {
  readonly cell: ChartCell;
  readonly points: readonly Point[];
}) {
  const series = useMemo(() => [makeSeries(cell.title, points)], [cell.title, points]);
  if (points.length === 0)
    return <p className={styles.passed}>The list is empty: there is nothing to draw.</p>;
  return (
    <div className={styles.chart}>
      <Chart
        series={series}
        form={cell.form}
        x={{ name: cell.xLabel, unit: null, perSecond: null }}
        y={{ name: cell.yLabel, unit: null, perSecond: null }}
      />
      <details>
        <summary>The {points.length.toLocaleString("en-US")} points as numbers</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <section className={styles.scroll} aria-label={`Numbers of ${cell.title}`} tabIndex={0}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col" data-numeric="true">
                  {cell.xLabel}
                </th>
                <th scope="col" data-numeric="true">
                  {cell.yLabel}
                </th>
              </tr>
            </thead>
            <tbody>
              {points.map(({ x, y }, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: points have nothing but their place
                <tr key={index}>
                  <td data-numeric="true">{x.toLocaleString("en-US")}</td>
                  <td data-numeric="true">{y.toLocaleString("en-US", { maximumFractionDigits: 6 })}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </details>
    </div>
  );
}
