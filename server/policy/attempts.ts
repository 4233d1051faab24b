import { createHash } from "node:crypto";

/** A browser sends again at once or not at all: those of the last minutes are enough. */
const MOST_KEPT = 1_000;

/** Names of the writes that went out last. */
export class Attempts {
  readonly #names = new Set<string>();

  /** Whether no write of this name went out. */
  isNew(name: string): boolean {
    return !this.#names.has(digestOf(name));
  }

  /** To be told right before a write goes out. */
  add(name: string): void {
    this.#names.add(digestOf(name));
    for (const oldest of this.#names) {
      if (this.#names.size <= MOST_KEPT) break;
      this.#names.delete(oldest);
    }
  }
}

/** A name is as long as whoever sends it likes. */
function digestOf(name: string): string {
  return createHash("sha256").update(name).digest("base64");
}
