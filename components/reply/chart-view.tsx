"use client";

import { useEffect, useState } from "react";
import type { BytesForm } from "../../lib/call/call.ts";
import { type Axis, Chart, type ChartForm } from "./chart.tsx";
import type { RemoteRun } from "./remote-run.ts";
import styles from "./reply.module.css";
import { useSight } from "./use-sight.ts";
import type { TableColumn } from "./worker-protocol.ts";

const FORMS = { bars: "bars", line: "line", steps: "steps" } as const satisfies Record<ChartForm, string>;

/** Numbers of a reply's lists against one another. The table has the same numbers, one by one. */
export function ChartView({ run, bytes }: { readonly run: RemoteRun; readonly bytes: BytesForm }) {
  const sight = useSight(run, "chart");
  const [x, setX] = useState<string | null>(null);
  const [y, setY] = useState<string | null>(null);
  const [chosen, setForm] = useState<ChartForm | null>(null);
  const [total, setTotal] = useState(false);

  useEffect(() => {
    run.look({ kind: "chart", x, y, total }, bytes);
  }, [run, bytes, x, y, total]);

  const choices = sight?.choices ?? [];
  const axis = (path: string | null): Axis => {
    const { unit = null, perSecond = null } = choices.find((each) => each.path === path) ?? {};
    return { name: path ?? "", unit, perSecond };
  };
  // What happens over time holds until the next thing does.
  const form = chosen ?? (axis(sight?.x ?? null).perSecond === null ? "bars" : "steps");
  return (
    <>
      <div className={styles.toolbar}>
        <Choice label="Across" value={sight?.x ?? ""} choices={choices} onChange={setX} />
        <Choice label="Up" value={sight?.y ?? ""} choices={choices} onChange={setY} />
        <label>
          As
          <select value={form} onChange={({ target }) => setForm(target.value as ChartForm)}>
            {Object.entries(FORMS).map(([value, name]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label>
          <input type="checkbox" checked={total} onChange={({ target }) => setTotal(target.checked)} />
          running total
        </label>
      </div>
      {sight === null || sight.reading ? (
        <p className={styles.detail}>Reading the list.</p>
      ) : sight.series.length === 0 ? (
        <p className={styles.detail}>There are no numbers to draw in these columns.</p>
      ) : (
        <Chart
          key={`${sight.x} ${sight.y}`}
          series={sight.series}
          form={form}
          x={axis(sight.x)}
          y={axis(sight.y)}
        />
      )}
    </>
  );
}

function Choice({
  label,
  value,
  choices,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly TableColumn[];
  readonly onChange: (path: string) => void;
}) {
  return (
    <label>
      {label}
      <select value={value} onChange={({ target }) => onChange(target.value)}>
        {choices.map(({ path }) => (
          <option key={path} value={path}>
            {path}
          </option>
        ))}
      </select>
    </label>
  );
}
