import { fieldDocs } from "../../../lib/editor/describe.ts";
import { parseUnit } from "../../../lib/editor/lenses/unit.ts";
import { makeSeries, runningTotal, type Series } from "../../../lib/reply/chart-series.ts";
import { writeCsv } from "../../../lib/reply/csv.ts";
import {
  MOST_ROWS,
  readRows,
  type TableKind,
  type TableRows,
  tablesOf,
} from "../../../lib/reply/reply-tables.ts";
import type { Column } from "../../../lib/reply/table-columns.ts";
import { orderRows, type Sorting } from "../../../lib/reply/table-order.ts";
import type { Look, Sight, TableColumn } from "../worker-protocol.ts";
import { inSlices, type Subject } from "./subject.ts";

interface ReadTable {
  readonly bytes: string;
  readonly messages: number;
  columns: readonly Column[];
  rows: TableRows["rows"];
  reading: boolean;
  done: Promise<void>;
}

/** The lists of a reply as tables and charts. Each is read once it is looked at. */
export class TableModel {
  readonly tables: readonly TableKind[];
  readonly #subject: Subject;
  readonly #rows = new Map<TableKind, ReadTable>();
  #order: { key: string; rows: TableRows["rows"]; length: number; order: Uint32Array } | null = null;

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
    const { rows, columns, reading } = this.#read(table);
    const order = this.#ordered(table, columns, rows, look.sorting, look.filter);
    const shown = [...order.subarray(look.from, look.from + look.count)];
    return {
      kind: "table",
      names,
      table: this.tables.indexOf(table),
      columns: this.#columns(columns),
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
    const usual = usualAxes(choices);
    const x = choices.find(({ path }) => path === look.x) ?? usual.x;
    const y = choices.find(({ path }) => path === look.y) ?? usual.y;
    let reading = false;
    const series: Series[] = [];
    for (const table of this.tables) {
      const read = this.#read(table);
      reading ||= read.reading;
      const xAt = read.columns.findIndex(({ path }) => path === x?.path);
      const yAt = read.columns.findIndex(({ path }) => path === y?.path);
      if (xAt < 0 || yAt < 0) continue;
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
    const order = orderRows(entry.rows, entry.columns, sorting, filter);
    const rows = [...order].map((number) => entry.rows[number] ?? []);
    return new Blob([writeCsv(entry.columns, rows)], { type: "text/csv" });
  }

  #columns(columns: readonly Column[]): readonly TableColumn[] {
    const { docs } = this.#subject.schema;
    return columns.map(({ path, numeric, field }) => {
      const unit = field === null ? null : (fieldDocs(docs, field)?.unit ?? null);
      const read = numeric ? parseUnit(unit) : null;
      const perSecond = read?.kind === "unix" ? Number(read.perSecond) : null;
      return { path, numeric, unit: unit?.replace(/\s*\(.*$/, "") ?? null, perSecond };
    });
  }

  /** The columns that can be drawn, each once, and whether there is more than 0 in them. */
  #numeric(): readonly (TableColumn & { readonly filled: boolean })[] {
    const found = new Map<string, TableColumn & { filled: boolean }>();
    for (const table of this.tables) {
      const { columns, rows } = this.#read(table);
      for (const [at, column] of this.#columns(columns).entries()) {
        if (!column.numeric) continue;
        const filled = rows.some((row) => row[at] !== "0" && row[at] !== "");
        const known = found.get(column.path);
        if (known === undefined) found.set(column.path, { ...column, filled });
        else known.filled ||= filled;
      }
    }
    return [...found.values()];
  }

  #read(table: TableKind): ReadTable {
    const { store } = this.#subject;
    const known = this.#rows.get(table);
    const fresh = known?.bytes === store.bytes && (known.reading || known.messages === store.log.length);
    if (known !== undefined && fresh) return known;
    const entry: ReadTable = {
      bytes: store.bytes,
      messages: store.log.length,
      columns: known?.columns ?? table.columns,
      rows: known?.bytes === store.bytes ? known.rows : [],
      reading: true,
      done: Promise.resolve(),
    };
    this.#rows.set(table, entry);
    entry.done = readRows(table, store.desc, store.log, store.bytes, inSlices()).then((read) => {
      entry.columns = read.columns;
      entry.rows = read.rows;
      entry.reading = false;
      this.#subject.onChange();
    });
    return entry;
  }

  #ordered(
    table: TableKind,
    columns: readonly Column[],
    rows: TableRows["rows"],
    sorting: Sorting | null,
    filter: string,
  ): Uint32Array {
    const key = JSON.stringify([table.name, sorting, filter]);
    const known = this.#order;
    if (known !== null && known.key === key && known.rows === rows && known.length === rows.length) {
      return known.order;
    }
    const order = orderRows(rows, columns, sorting, filter);
    this.#order = { key, rows, length: rows.length, order };
    return order;
  }
}

/** The columns that say most against one another, by their units: a rate and its amounts, or how something went over time. */
function usualAxes(choices: readonly (TableColumn & { readonly filled: boolean })[]): {
  x: TableColumn | undefined;
  y: TableColumn | undefined;
} {
  const of = (...kinds: string[]) => {
    const all = choices.filter(({ unit }) => kinds.includes(parseUnit(unit)?.kind ?? ""));
    return all.find(({ filled }) => filled) ?? all[0];
  };
  const rate = of("ppb-per-block", "fraction-per-block");
  const amount = of("sat", "units");
  const time = of("unix") ?? of("height");
  const x = rate !== undefined && amount !== undefined ? rate : (time ?? rate ?? choices[0]);
  const others = choices.filter((column) => column !== x);
  const y = [amount, rate].find((column) => column !== undefined && column !== x);
  return { x, y: y ?? others.find(({ unit }) => unit !== null) ?? others[0] ?? x };
}
