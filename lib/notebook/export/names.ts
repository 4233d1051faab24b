/** What a program calls things: as the notebook does, but for words that mean something to the language or to the program. */
export class Names {
  readonly #isTaken: (name: string) => boolean;
  readonly #captures: ReadonlySet<string>;

  constructor(isTaken: (name: string) => boolean, captures: ReadonlySet<string>) {
    this.#isTaken = isTaken;
    this.#captures = captures;
  }

  of(name: string): string {
    if (!this.#isTaken(name)) return name;
    let free = `${name}_`;
    while (this.#isTaken(free) || this.#captures.has(free)) free += "_";
    return free;
  }
}

/** Pieces of a program that are written only where something uses them. */
export class Helpers<Name extends string> {
  readonly #used = new Set<Name>();

  /** The name, which is then a part of the program. */
  use(name: Name): Name {
    this.#used.add(name);
    return name;
  }

  has(name: Name): boolean {
    return this.#used.has(name);
  }
}
