import { randomBytes } from "node:crypto";

/** The key with which each world's macaroons are signed, by the world's id. */
export class RootKeys {
  readonly #keys: Map<string, Uint8Array>;
  readonly #write: (text: string) => void;

  /** `text` is a file as `write` got it, or empty. Keys in it that are none are forgotten. */
  constructor(text: string, write: (text: string) => void) {
    this.#keys = new Map(
      [...text.matchAll(/"(\d{1,9})"\s*:\s*"([0-9a-f]{64})"/g)].map(([, id = "", hex = ""]) => [
        id,
        Buffer.from(hex, "hex"),
      ]),
    );
    this.#write = write;
  }

  get(id: string): Uint8Array | undefined {
    return this.#keys.get(id);
  }

  ids(): readonly string[] {
    return [...this.#keys.keys()];
  }

  /** The key of a world, made where there is none. */
  make(id: string): Uint8Array {
    const known = this.#keys.get(id);
    if (known !== undefined) return known;
    const key = randomBytes(32);
    this.#keys.set(id, key);
    this.#save();
    return key;
  }

  remove(id: string): void {
    if (this.#keys.delete(id)) this.#save();
  }

  #save(): void {
    const rootKeys = Object.fromEntries(
      [...this.#keys].map(([id, key]) => [id, Buffer.from(key).toString("hex")]),
    );
    this.#write(`${JSON.stringify({ rootKeys }, null, 2)}\n`);
  }
}
