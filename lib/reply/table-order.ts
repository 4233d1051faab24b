import { ScalarType } from "@bufbuild/protobuf";
import type { Column } from "./table-columns.ts";

/** By which column a table is sorted; null: as it came. */
export interface Sorting {
  readonly column: number;
  readonly descending: boolean;
}

/** The rows to show, in their order, by their numbers. Equal ones stay as they came; empty cells go last. */
export function orderRows(
  rows: readonly (readonly string[])[],
  columns: readonly Column[],
  sorting: Sorting | null,
  filter: string,
): Uint32Array {
  const wanted = filter.trim().toLowerCase();
  const kept: number[] = [];
  for (const [index, row] of rows.entries()) {
    if (wanted === "" || row.some((cell) => cell.toLowerCase().includes(wanted))) kept.push(index);
  }
  const column = sorting === null ? undefined : columns[sorting.column];
  if (sorting === null || column === undefined) return Uint32Array.from(kept);
  const at = sorting.column;
  const cell = (index: number) => rows[index]?.[at] ?? "";
  const keys = new Map(kept.map((index) => [index, sortKey(cell(index), column)]));
  const sign = sorting.descending ? -1 : 1;
  kept.sort((a, b) => {
    const left = keys.get(a) ?? "";
    const right = keys.get(b) ?? "";
    if (left === "" || right === "") return left === right ? a - b : left === "" ? 1 : -1;
    return left < right ? -sign : left > right ? sign : a - b;
  });
  return Uint32Array.from(kept);
}

/** Integers are compared to the last digit. */
function sortKey(cell: string, { numeric, scalar }: Column): string | number | bigint {
  if (!numeric || cell === "") return cell;
  return scalar === ScalarType.DOUBLE || scalar === ScalarType.FLOAT ? Number(cell) : BigInt(cell);
}
