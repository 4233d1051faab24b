"use client";

import { useEffect, useRef, useState } from "react";
import type { BytesForm } from "../../lib/call/call.ts";
import type { Sorting } from "../../lib/reply/table-order.ts";
import type { RemoteRun } from "./remote-run.ts";
import styles from "./reply.module.css";
import { saveReply } from "./save-reply.ts";
import { ScrollBox } from "./scroll-box.tsx";
import { useRows } from "./use-rows.ts";
import { useSight } from "./use-sight.ts";
import type { TableColumn } from "./worker-protocol.ts";

const ROW_HEIGHT = 28;

/** A list that a reply holds, as a table: sorted by any column, filtered, saved as CSV. */
export function TableView({ run, bytes }: { readonly run: RemoteRun; readonly bytes: BytesForm }) {
  const sight = useSight(run, "table");
  const [chosen, setChosen] = useState<number | null>(null);
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const [filter, setFilter] = useState("");
  const rows = useRows(sight?.total ?? 0, ROW_HEIGHT);
  const { from, count } = rows;
  const tables = run.parts().tables;
  const table = chosen ?? 0;

  useEffect(() => {
    run.look({ kind: "table", table, from, count, sorting, filter }, bytes);
  }, [run, bytes, table, from, count, sorting, filter]);

  function sortBy(column: number) {
    setSorting((before) => {
      if (before?.column !== column) return { column, descending: false };
      return before.descending ? null : { column, descending: true };
    });
  }

  const columns = sight?.columns ?? [];
  const shown = sight?.rows ?? [];
  const first = useRef<readonly string[] | undefined>(undefined);
  if (shown.length > 0) first.current ??= shown[0]?.cells;
  const widths = columns.map((column, index) => width(column, first.current?.[index]));
  const above = (sight?.from ?? 0) * ROW_HEIGHT;
  const below = Math.max(0, rows.height - above - shown.length * ROW_HEIGHT);
  const name = tables[table] ?? "rows";
  return (
    <>
      <div className={styles.toolbar}>
        {tables.length > 1 && (
          <label>
            List
            <select
              value={table}
              onChange={({ target }) => {
                setChosen(Number(target.value));
                first.current = undefined;
                setSorting(null);
              }}
            >
              {tables.map((each, index) => (
                <option key={each} value={index}>
                  {each}
                </option>
              ))}
            </select>
          </label>
        )}
        <input
          type="search"
          className={styles.field}
          placeholder="Show only rows with"
          aria-label="Show only rows that hold"
          autoComplete="off"
          spellCheck={false}
          value={filter}
          onChange={({ target }) => setFilter(target.value)}
        />
        <output className={styles.count}>{countText(sight)}</output>
        <span className={styles.end}>
          <button
            type="button"
            className={styles.button}
            disabled={sight === null || sight.all === 0}
            onClick={() => void saveReply(run, { kind: "save", as: "csv", table, sorting, filter })}
          >
            Save as CSV
          </button>
        </span>
      </div>
      {sight !== null && sight.all === 0 && !sight.reading ? (
        <p className={styles.detail}>{name} has no rows.</p>
      ) : (
        <ScrollBox rows={rows} label={`Rows of ${name}`}>
          <table
            className={styles.table}
            style={{ width: `${sum(widths)}px` }}
            aria-rowcount={(sight?.total ?? 0) + 1}
          >
            <caption className="visually-hidden">{name}</caption>
            <colgroup>
              {columns.map(({ path }, index) => (
                <col key={path} style={{ width: widths[index] }} />
              ))}
            </colgroup>
            <thead>
              <tr aria-rowindex={1}>
                {columns.map((column, index) => (
                  <ColumnHead
                    key={column.path}
                    column={column}
                    sorted={sortedAs(sorting, index)}
                    onSort={() => sortBy(index)}
                  />
                ))}
              </tr>
            </thead>
            <Spacer height={above} columns={columns.length} />
            <tbody>
              {shown.map(({ number, cells }, index) => (
                <tr key={number} aria-rowindex={(sight?.from ?? 0) + index + 2}>
                  {cells.map((cell, at) => (
                    <td
                      key={columns[at]?.path ?? at}
                      className={columns[at]?.numeric === true ? styles.right : undefined}
                      title={cell}
                    >
                      {cell.length > 200 ? `${cell.slice(0, 200)}…` : cell}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
            <Spacer height={below} columns={columns.length} />
          </table>
        </ScrollBox>
      )}
    </>
  );
}

function ColumnHead({
  column,
  sorted,
  onSort,
}: {
  readonly column: TableColumn;
  readonly sorted: "ascending" | "descending" | "none";
  readonly onSort: () => void;
}) {
  return (
    <th scope="col" aria-sort={sorted} className={column.numeric ? styles.right : undefined}>
      <button type="button" onClick={onSort}>
        {column.path.replaceAll(".", ".\u200b")}
        <span aria-hidden="true">{sorted === "none" ? "" : sorted === "ascending" ? " ↑" : " ↓"}</span>
        {column.unit !== null && <small>{column.unit}</small>}
      </button>
    </th>
  );
}

/** Stands for rows that are not in the page. */
function Spacer({ height, columns }: { readonly height: number; readonly columns: number }) {
  if (height === 0) return null;
  return (
    <tbody aria-hidden="true">
      <tr className={styles.spacer}>
        <td colSpan={Math.max(1, columns)} style={{ height }} />
      </tr>
    </tbody>
  );
}

function sortedAs(sorting: Sorting | null, column: number): "ascending" | "descending" | "none" {
  if (sorting?.column !== column) return "none";
  return sorting.descending ? "descending" : "ascending";
}

const CHARACTER = 7.4;

/** By names and the first row that is shown; px. Rows further down do not change it: no column jumps while scrolling. */
function width({ path, unit }: TableColumn, cell: string | undefined): number {
  const name = Math.max(...path.split(".").map(({ length }) => length)) + 2;
  const most = Math.max(8, name, Math.min(unit?.length ?? 0, 16), cell?.length ?? 0);
  return Math.min(24, most) * CHARACTER + 24;
}

function sum(widths: readonly number[]): number {
  return widths.reduce((all, each) => all + each, 0);
}

function countText(sight: { total: number; all: number; reading: boolean; cut: boolean } | null): string {
  if (sight === null || (sight.reading && sight.all === 0)) return "reading";
  const all = `${sight.all.toLocaleString("en-US")} ${sight.all === 1 ? "row" : "rows"}`;
  const count = sight.total === sight.all ? all : `${sight.total.toLocaleString("en-US")} of ${all}`;
  return sight.cut ? `${count}, more were not read` : count;
}
