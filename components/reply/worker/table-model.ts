import { fieldDocs } from "../../../lib/editor/describe.ts";
import { makeSeries, runningTotal, type Series } from "../../../lib/reply/chart-series.ts";
import { writeCsv } from "../../../lib/reply/csv.ts";
import { MOST_ROWS, readRows, type TableKind, tablesOf } from "../../../lib/reply/reply-tables.ts";
import { orderRows, type Sorting } from "../../../lib/reply/table-order.ts";
import type { Look, Sight, TableColumn } from "../worker-protocol.ts";
import { inSlices, type Subject } from "./subject.ts";

interface TableRows {
  readonly bytes: string;
  readonly messages: number;
  rows: string[][];
  reading: boolean;
  done: Promise<void>;
}

/** The lists of a reply as tables and charts. Each is read once it is looked at. */
export class TableModel {
  readonly tables: readonly TableKind[];
  readonly #subject: Subject;
  readonly #rows = new Map<TableKind, TableRows>();
  #order: { key: string; rows: readonly string[][]; length: number; order: Uint32Array } | null = null;

  constructor(subject: Subject) {
    this.#subject = subject;
    this.tables = tablesOf(subject.store.desc, subject.alone);
  }

  sight(look: Look & { readonly kind: "table" }): Sight {
    const table = this.tables[look.table] ?? this.tables[0];
    const names = this.tables.map(({ name }) => name);
    if (table === undefined) {
      return {
        kind: "table",
        names,
        table: 0,
        columns: [],
        from: 0,
        rows: [],
        total: 0,
        all: 0,
        reading: false,
        cut: false,
      };
    }
    const { rows, reading } = this.#read(table);
    const order = this.#ordered(table, rows, look.sorting, look.filter);
    const shown = [...order.subarray(look.from, look.from + look.count)];
    return {
      kind: "table",
      names,
      table: this.tables.indexOf(table),
      columns: this.#columns(table),
      from: look.from,
      rows: shown.map((number) => ({ number, cells: rows[number] ?? [] })),
      total: order.length,
      all: rows.length,
      reading,
      cut: rows.length >= MOST_ROWS,
    };
  }

  chart(look: Look & { readonly kind: "chart" }): Sight {
    const choices = this.#numeric();
    const x = choices.find(({ path }) => path === look.x) ?? choices[0];
    const y =
      choices.find(({ path }) => path === look.y) ?? choices.find(({ path }) => path !== x?.path) ?? x;
    let reading = false;
    const series: Series[] = [];
    for (const table of this.tables) {
      const xAt = table.columns.findIndex(({ path }) => path === x?.path);
      const yAt = table.columns.findIndex(({ path }) => path === y?.path);
      if (xAt < 0 || yAt < 0) continue;
      const read = this.#read(table);
      reading ||= read.reading;
      const points = read.rows.flatMap((row) => {
        const [left, right] = [row[xAt] ?? "", row[yAt] ?? ""];
        return left === "" || right === "" ? [] : [{ x: Number(left), y: Number(right) }];
      });
      const made = makeSeries(table.name, points);
      if (made.points.length > 0) series.push(look.total ? runningTotal(made) : made);
    }
    return { kind: "chart", choices, x: x?.path ?? null, y: y?.path ?? null, series, reading };
  }

  /** A table as CSV, in the order in which it is shown. */
  async csv(index: number, sorting: Sorting | null, filter: string): Promise<Blob> {
    const table = this.tables[index];
    if (table === undefined) throw new Error("this reply has no list");
    const entry = this.#read(table);
    await entry.done;
    const order = orderRows(entry.rows, table.columns, sorting, filter);
    const rows = [...order].map((number) => entry.rows[number] ?? []);
    return new Blob([writeCsv(table.columns, rows)], { type: "text/csv" });
  }

  #columns({ columns }: TableKind): readonly TableColumn[] {
    const { docs } = this.#subject.schema;
    return columns.map(({ path, numeric, field }) => {
      const unit = field === null ? null : (fieldDocs(docs, field)?.unit ?? null);
      return { path, numeric, unit: unit?.replace(/\s*\(.*$/, "") ?? null };
    });
  }

  /** The columns that can be drawn, each once. */
  #numeric(): readonly TableColumn[] {
    const found = new Map<string, TableColumn>();
    for (const table of this.tables) {
      for (const column of this.#columns(table)) {
        if (column.numeric && !found.has(column.path)) found.set(column.path, column);
      }
    }
    return [...found.values()];
  }

  #read(table: TableKind): TableRows {
    const { store } = this.#subject;
    const known = this.#rows.get(table);
    const fresh = known?.bytes === store.bytes && (known.reading || known.messages === store.log.length);
    if (known !== undefined && fresh) return known;
    const entry: TableRows = {
      bytes: store.bytes,
      messages: store.log.length,
      rows: known?.bytes === store.bytes ? known.rows : [],
      reading: true,
      done: Promise.resolve(),
    };
    this.#rows.set(table, entry);
    entry.done = readRows(table, store.desc, store.log, store.bytes, inSlices()).then((rows) => {
      entry.rows = rows;
      entry.reading = false;
      this.#subject.onChange();
    });
    return entry;
  }

  #ordered(
    table: TableKind,
    rows: readonly string[][],
    sorting: Sorting | null,
    filter: string,
  ): Uint32Array {
    const key = JSON.stringify([table.name, sorting, filter]);
    const known = this.#order;
    if (known !== null && known.key === key && known.rows === rows && known.length === rows.length) {
      return known.order;
    }
    const order = orderRows(rows, table.columns, sorting, filter);
    this.#order = { key, rows, length: rows.length, order };
    return order;
  }
}
