/** Blocks whose lines are summed up together. */
const GROUP = 256;

/** How many lines each block of a long text has, and so at which line each begins. Counts can change. */
export class LineIndex {
  #counts = new Uint32Array(GROUP);
  #groups: number[] = [];
  #length = 0;
  #total = 0;

  get length(): number {
    return this.#length;
  }

  /** Lines of all blocks. */
  get total(): number {
    return this.#total;
  }

  push(lines: number): void {
    if (this.#length === this.#counts.length) {
      const wider = new Uint32Array(this.#length * 2);
      wider.set(this.#counts);
      this.#counts = wider;
    }
    const group = Math.floor(this.#length / GROUP);
    this.#groups[group] = (this.#groups[group] ?? 0) + lines;
    this.#counts[this.#length++] = lines;
    this.#total += lines;
  }

  linesOf(block: number): number {
    return this.#counts[block] ?? 0;
  }

  set(block: number, lines: number): void {
    const change = lines - this.linesOf(block);
    if (change === 0 || block >= this.#length) return;
    const group = Math.floor(block / GROUP);
    this.#counts[block] = lines;
    this.#groups[group] = (this.#groups[group] ?? 0) + change;
    this.#total += change;
  }

  /** The line at which a block begins. */
  startOf(block: number): number {
    const group = Math.floor(block / GROUP);
    let line = 0;
    for (let at = 0; at < group; at++) line += this.#groups[at] ?? 0;
    for (let at = group * GROUP; at < block; at++) line += this.linesOf(at);
    return line;
  }

  /** The block that holds a line, and the line's place in it; the end of the last block where there is no such line. */
  find(line: number): { readonly block: number; readonly line: number } {
    let left = Math.max(0, line);
    let group = 0;
    while (group < this.#groups.length - 1 && left >= (this.#groups[group] ?? 0)) {
      left -= this.#groups[group++] ?? 0;
    }
    let block = group * GROUP;
    while (block < this.#length - 1 && left >= this.linesOf(block)) left -= this.linesOf(block++);
    return { block, line: Math.min(left, this.linesOf(block)) };
  }
}
