/** One line of the printed table. `ours` and `peer` are in `unit`; smaller is better in all of them. */
export type Row =
  | {
      readonly kind: "ratio";
      readonly name: string;
      readonly unit: Unit;
      readonly ours: number;
      readonly peer: { readonly name: string; readonly value: number; readonly atLeast?: boolean };
      /** The most that `ours / peer` may be. */
      readonly most: number;
    }
  | {
      readonly kind: "limit";
      readonly name: string;
      readonly unit: Unit;
      readonly ours: number;
      readonly most: number;
    }
  | { readonly kind: "left-out"; readonly name: string; readonly why: string }
  /** What should have been measured and could not be. */
  | { readonly kind: "failed"; readonly name: string; readonly why: string }
  /** For the reader's judgement: never a miss. */
  | { readonly kind: "shown"; readonly name: string; readonly unit: Unit; readonly ours: number };

export type Unit = "µs" | "ms" | "MB" | "kB" | "count";

export function isMissed(row: Row): boolean {
  if (row.kind === "ratio") return !(row.ours / row.peer.value <= row.most);
  if (row.kind === "failed") return true;
  return row.kind === "limit" && !(row.ours <= row.most);
}

/** The rows under their heads, in columns. */
export function table(rows: readonly Row[]): string {
  const cells = [["", "ours", "peer", "ratio", "target", ""], ...rows.map(cellsOf)];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 || column === 5
            ? cell.padEnd(widths[column] ?? 0)
            : cell.padStart(widths[column] ?? 0),
        )
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function cellsOf(row: Row): string[] {
  const verdict = isMissed(row) ? "MISSED" : "ok";
  switch (row.kind) {
    case "ratio": {
      const { name, value, atLeast } = row.peer;
      const peer = `${atLeast ? "over " : ""}${quantity(value, row.unit)} ${name}`;
      return [
        row.name,
        quantity(row.ours, row.unit),
        peer,
        figure(row.ours / value),
        `≤ ${figure(row.most)}`,
        verdict,
      ];
    }
    case "limit":
      return [row.name, quantity(row.ours, row.unit), "", "", `≤ ${quantity(row.most, row.unit)}`, verdict];
    case "shown":
      return [row.name, quantity(row.ours, row.unit), "", "", "", ""];
    case "failed":
      return [row.name, "", "", "", "", `MISSED: ${row.why}`];
    case "left-out":
      return [row.name, "", "", "", "", `left out: ${row.why}`];
  }
}

function quantity(value: number, unit: Unit): string {
  return unit === "count" ? value.toLocaleString("en-US") : `${figure(value)} ${unit}`;
}

/** Three figures, four from 100 on, and all of a whole number. */
function figure(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Math.abs(value) >= 1_000) return Math.round(value).toLocaleString("en-US");
  return String(Number(value.toPrecision(Math.abs(value) >= 100 ? 4 : 3)));
}
