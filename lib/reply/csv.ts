import type { Column } from "./table-columns.ts";

/** A table as RFC 4180 has it, with a line of names. Text that a spreadsheet would take for a formula is led by `'`. */
export function writeCsv(columns: readonly Column[], rows: Iterable<readonly string[]>): string {
  const lines = [columns.map(({ path }) => quoted(path)).join(",")];
  for (const row of rows) {
    lines.push(
      row.map((cell, at) => quoted(columns[at]?.numeric === true ? cell : harmless(cell))).join(","),
    );
  }
  return `${lines.join("\r\n")}\r\n`;
}

function harmless(cell: string): string {
  return /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
