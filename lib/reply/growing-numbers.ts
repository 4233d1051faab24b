/** A list of numbers that grows at its end, eight bytes each. */
export class GrowingNumbers {
  #values = new Float64Array(64);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const wider = new Float64Array(this.#length * 2);
      wider.set(this.#values);
      this.#values = wider;
    }
    this.#values[this.#length++] = value;
  }

  at(index: number): number {
    return index < this.#length ? (this.#values[index] as number) : 0;
  }

  set(index: number, value: number): void {
    if (index < this.#length) this.#values[index] = value;
  }

  /** The index of the last value that is not above `value`, in a list that never falls; -1 where the first is above. */
  lastAtMost(value: number): number {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#values[middle] as number) <= value) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
