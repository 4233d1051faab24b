import { type Cell, capturedName, type Notebook } from "./notebook.ts";
import { placeholderExpressions } from "./placeholders.ts";
import { referencedNames } from "./references.ts";

/** The expressions that a cell is made of; those of its requests' placeholders too. */
function expressionsOf(cell: Cell): readonly string[] {
  switch (cell.kind) {
    case "prose":
    case "input":
      return [];
    case "call":
      return cell.requests.flatMap(({ text }) => placeholderExpressions(text));
    case "wait":
      return [...cell.requests.flatMap(({ text }) => placeholderExpressions(text)), cell.until.text];
    case "expression":
      return [cell.expression.text];
    case "check":
      return [cell.condition.text];
    case "table":
      return [cell.of.text, ...cell.columns.map(({ value }) => value.text)];
    case "chart":
      return [cell.of.text, cell.x.text, cell.y.text];
  }
}

/** Which cells a cell takes values from, by id. */
export interface Dependencies {
  /** Direct ones, in the order of the page. */
  needs(id: string): readonly string[];
  /** All that take a value from it, directly or not. */
  dependents(id: string): ReadonlySet<string>;
  /** All cells but prose in the order in which they run: as on the page, but after what they need. */
  readonly order: readonly string[];
  /** The ids of cells that need each other, where there are some: they are not in `order`. */
  readonly cycle: readonly string[];
}

export function readDependencies({ cells }: Notebook): Dependencies {
  const captures = new Map<string, string>();
  for (const cell of cells) {
    const name = capturedName(cell);
    if (name !== null) captures.set(name, cell.id);
  }
  const names = new Set(captures.keys());
  const needs = new Map<string, readonly string[]>();
  for (const cell of cells) {
    if (cell.kind === "prose") continue;
    const mentioned = new Set(expressionsOf(cell).flatMap((text) => [...referencedNames(text, names)]));
    // The condition of a wait speaks of its own reply.
    if (cell.kind === "wait") mentioned.delete(cell.as);
    needs.set(
      cell.id,
      [...captures].flatMap(([name, id]) => (mentioned.has(name) ? [id] : [])),
    );
  }
  const { order, cycle } = runOrder(needs);
  return {
    needs: (id) => needs.get(id) ?? [],
    dependents: (id) => dependentsOf(id, needs),
    order,
    cycle,
  };
}

/** Again and again the first cell of the page that has all that it needs. */
function runOrder(needs: ReadonlyMap<string, readonly string[]>) {
  const left = new Map(needs);
  const order: string[] = [];
  const isReady = (needed: readonly string[]) => needed.every((id) => !left.has(id));
  for (;;) {
    const next = [...left].find(([, needed]) => isReady(needed));
    if (next === undefined) break;
    left.delete(next[0]);
    order.push(next[0]);
  }
  return { order, cycle: [...left.keys()].filter((id) => reaches(id, id, needs)) };
}

function reaches(from: string, to: string, needs: ReadonlyMap<string, readonly string[]>): boolean {
  const seen = new Set<string>();
  const queue = [...(needs.get(from) ?? [])];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    if (next === to) return true;
    if (!seen.has(next)) {
      seen.add(next);
      queue.push(...(needs.get(next) ?? []));
    }
  }
  return false;
}

function dependentsOf(id: string, needs: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const found = new Set<string>();
  const queue = [id];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    for (const [each, needed] of needs) {
      if (needed.includes(next) && !found.has(each)) {
        found.add(each);
        queue.push(each);
      }
    }
  }
  return found;
}
