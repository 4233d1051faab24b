import type { Cell, Notebook } from "./notebook.ts";

/**
 * Which cell of an edited notebook is which of the one before: the id that it had there, by the id that it has now. Cells
 * without a name of their own are called by their number, which changes when others come or go: what a cell came to, and that
 * a write was sent, must stay with the cell.
 */
export function matchCells(before: Notebook, after: Notebook): ReadonlyMap<string, string> {
  const matched = new Map<string, string>();
  const left = new Set(before.cells);
  const take = (cell: Cell, found: Cell | undefined) => {
    if (found === undefined || matched.has(cell.id)) return;
    matched.set(cell.id, found.id);
    left.delete(found);
  };
  const textsBefore = byText(before);
  const unchanged = byText(after);
  for (const [text, cells] of unchanged) {
    const earlier = textsBefore.get(text) ?? [];
    for (const [index, cell] of cells.entries()) take(cell, earlier[index]);
  }
  const open = () => after.cells.filter((cell) => !matched.has(cell.id));
  for (const cell of open()) {
    take(
      cell,
      [...left].find(({ id, kind }) => id === cell.id && kind === cell.kind),
    );
  }
  // What changed its text and its name at once is known by its kind and its place among those that are left.
  for (const cell of open()) {
    if (before.cells.some(({ id }) => id === cell.id)) continue;
    const candidates = [...left].filter(({ kind }) => kind === cell.kind);
    const rivals = open().filter(({ kind }) => kind === cell.kind);
    if (candidates.length === rivals.length) take(cell, candidates[rivals.indexOf(cell)]);
  }
  return matched;
}

function byText({ source, cells }: Notebook): ReadonlyMap<string, readonly Cell[]> {
  const found = new Map<string, Cell[]>();
  for (const cell of cells) {
    const text = source.slice(cell.place.start, cell.place.end);
    found.set(text, [...(found.get(text) ?? []), cell]);
  }
  return found;
}
