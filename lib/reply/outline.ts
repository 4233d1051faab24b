/** What an outline is made of: things that may have things in them, read when they are opened. */
export interface OutlineSource<T> {
  /** Whether it can be opened. */
  opens(item: T): boolean;
  open(item: T): Children<T> | Promise<Children<T>>;
}

export interface Children<T> {
  readonly count: number;
  at(index: number): T;
}

/** One row that is to be seen. `path`: which child of which child it is, from the root down. */
export interface OutlineRow<T> {
  readonly path: readonly number[];
  readonly item: T;
  readonly opens: boolean;
  readonly open: boolean;
}

interface Branch<T> {
  readonly children: Children<T>;
  /** Those children that are open, by their index. */
  readonly open: Map<number, Branch<T>>;
  /** Rows below it. */
  rows: number;
}

/** Things in things, of which only the opened ones are looked into: there may be millions. The root has no row. */
export class Outline<T> {
  readonly #source: OutlineSource<T>;
  #root: Branch<T> = { children: { count: 0, at: noChild }, open: new Map(), rows: 0 };

  constructor(source: OutlineSource<T>) {
    this.#source = source;
  }

  /** How many rows there are to be seen. */
  get rows(): number {
    return this.#root.rows;
  }

  /** Lays what stands at the top anew. What is open stays open, where the same children are the first ones. */
  setRoot(children: Children<T>): void {
    const { open } = this.#root;
    let rows = children.count;
    for (const branch of open.values()) rows += branch.rows;
    this.#root = { children, open, rows };
  }

  /** Opens what is closed, and closes what is open. */
  async toggle(path: readonly number[]): Promise<void> {
    const { above, branch } = this.#find(path.slice(0, -1));
    const index = path.at(-1);
    if (branch === null || index === undefined) return;
    const opened = branch.open.get(index);
    if (opened !== undefined) {
      branch.open.delete(index);
      this.#grow([...above, branch], -opened.rows);
      return;
    }
    const item = branch.children.at(index);
    if (!this.#source.opens(item)) return;
    const children = await this.#source.open(item);
    if (branch.open.has(index)) return;
    branch.open.set(index, { children, open: new Map(), rows: children.count });
    this.#grow([...above, branch], children.count);
  }

  /** Opens from the top down, breadth first, until there are about so many rows. */
  async openUpTo(rows: number): Promise<void> {
    const queue: (readonly number[])[] = [[]];
    for (let path = queue.shift(); path !== undefined && this.rows < rows; path = queue.shift()) {
      const { branch } = this.#find(path);
      const count = Math.min(branch?.children.count ?? 0, rows);
      for (let index = 0; index < count && this.rows < rows; index++) {
        const child = [...path, index];
        if (branch === null || !this.#source.opens(branch.children.at(index))) continue;
        if (!branch.open.has(index)) await this.toggle(child);
        queue.push(child);
      }
    }
  }

  /** Closes everything. */
  close(): void {
    this.#root.open.clear();
    this.#root.rows = this.#root.children.count;
  }

  /** `count` rows from a row on. */
  window(from: number, count: number): readonly OutlineRow<T>[] {
    const rows: OutlineRow<T>[] = [];
    this.#collect(this.#root, [], { skip: from, count }, rows);
    return rows;
  }

  /** The row of a path that is to be seen. */
  rowOf(path: readonly number[]): number {
    let row = 0;
    let branch: Branch<T> | undefined = this.#root;
    for (const [depth, index] of path.entries()) {
      for (const [at, opened] of branch?.open ?? []) if (at < index) row += opened.rows;
      row += index + (depth === 0 ? 0 : 1);
      branch = branch?.open.get(index);
    }
    return row;
  }

  item(path: readonly number[]): T | null {
    const { branch } = this.#find(path.slice(0, -1));
    const index = path.at(-1);
    return branch === null || index === undefined || index >= branch.children.count
      ? null
      : branch.children.at(index);
  }

  #collect(
    branch: Branch<T>,
    path: readonly number[],
    left: { skip: number; count: number },
    rows: OutlineRow<T>[],
  ): void {
    const opened = [...branch.open.keys()].sort((a, b) => a - b);
    let next = 0;
    let index = 0;
    while (index < branch.children.count && rows.length < left.count) {
      const until = opened[next] ?? branch.children.count;
      // Closed children have one row each: those before the window are passed over at once.
      const passed = Math.min(left.skip, Math.max(0, until - index));
      left.skip -= passed;
      index += passed;
      if (index >= branch.children.count) return;
      const inner = index === until ? branch.open.get(index) : undefined;
      if (left.skip > 0) left.skip -= 1;
      else {
        const item = branch.children.at(index);
        const opens = inner !== undefined || this.#source.opens(item);
        rows.push({ path: [...path, index], item, opens, open: inner !== undefined });
      }
      if (inner !== undefined) {
        next += 1;
        if (left.skip >= inner.rows) left.skip -= inner.rows;
        else this.#collect(inner, [...path, index], left, rows);
      }
      index += 1;
    }
  }

  #find(path: readonly number[]): { above: readonly Branch<T>[]; branch: Branch<T> | null } {
    const above: Branch<T>[] = [];
    let branch: Branch<T> = this.#root;
    for (const index of path) {
      const next = branch.open.get(index);
      if (next === undefined) return { above, branch: null };
      above.push(branch);
      branch = next;
    }
    return { above, branch };
  }

  #grow(branches: readonly Branch<T>[], rows: number): void {
    for (const branch of branches) branch.rows += rows;
  }
}

function noChild(): never {
  throw new Error("an empty outline has no children");
}
