import { hashTexts } from "./hash-texts.ts";
import type { PageContext } from "./page-context.ts";

/** What pages were made from: the look-ups of each, and what each look-up gave, as a fingerprint. */
export interface PageTraces {
  /** `links/poolrpc.Order`: a look-up in a map of the context. `groups`, `reference.commands`: a whole property. `about/x`: what page x is about. */
  readonly keys: readonly string[];
  /** By the position of the key. */
  readonly fingerprints: readonly string[];
  /** Slug of a page → positions of its keys. */
  readonly pages: Readonly<Record<string, readonly number[]>>;
}

/** The context, and the look-ups in it since the last `take`, as positions in `keys`. */
export interface TracedContext {
  readonly context: PageContext;
  readonly keys: readonly string[];
  /** The position of a key. */
  keyAt(key: string): number;
  take(): number[];
}

/** Where a look-up is noted, by the position of its key. */
interface Notes {
  keyAt(key: string): number;
  note(position: number): void;
}

/**
 * A context that notes what is looked up in it: a page that would look up the same and find the same is the same page.
 * It knows no property by name, so that none can be forgotten.
 */
export function traceContext(context: PageContext): TracedContext {
  const keys: string[] = [];
  const positions = new Map<string, number>();
  let noted = new Set<number>();
  const notes: Notes = {
    keyAt(key) {
      let position = positions.get(key);
      if (position === undefined) {
        position = keys.push(key) - 1;
        positions.set(key, position);
      }
      return position;
    },
    note: (position) => noted.add(position),
  };
  const traced = {} as Record<string, unknown>;
  for (const [name, value] of Object.entries(context)) {
    const get =
      value instanceof Map
        ? always(new TracedMap(value, name, notes))
        : isRecord(value)
          ? always(traceRecord(value, name, notes))
          : notingGetter(value, name, notes);
    Object.defineProperty(traced, name, { get, enumerable: true });
  }
  return {
    context: traced as unknown as PageContext,
    keys,
    keyAt: notes.keyAt,
    take() {
      const taken = [...noted];
      noted = new Set();
      return taken;
    },
  };
}

function traceRecord(record: object, name: string, notes: Notes): object {
  const traced = {};
  for (const [key, value] of Object.entries(record)) {
    Object.defineProperty(traced, key, {
      get: notingGetter(value, `${name}.${key}`, notes),
      enumerable: true,
    });
  }
  return traced;
}

function notingGetter(value: unknown, key: string, { keyAt, note }: Notes): () => unknown {
  return () => {
    note(keyAt(key));
    return value;
  };
}

function always<T>(value: T): () => T {
  return () => value;
}

function isRecord(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

class TracedMap<V> implements ReadonlyMap<string, V> {
  readonly #map: ReadonlyMap<string, V>;
  readonly #name: string;
  readonly #notes: Notes;
  readonly #positions = new Map<string, number>();

  constructor(map: ReadonlyMap<string, V>, name: string, notes: Notes) {
    this.#map = map;
    this.#name = name;
    this.#notes = notes;
  }

  get(key: string): V | undefined {
    this.#noteKey(key);
    return this.#map.get(key);
  }

  has(key: string): boolean {
    this.#noteKey(key);
    return this.#map.has(key);
  }

  #noteKey(key: string): void {
    let position = this.#positions.get(key);
    if (position === undefined) {
      position = this.#notes.keyAt(`${this.#name}/${key}`);
      this.#positions.set(key, position);
    }
    this.#notes.note(position);
  }

  get size(): number {
    return this.#whole().size;
  }

  forEach(each: (value: V, key: string, map: ReadonlyMap<string, V>) => void): void {
    for (const [key, value] of this.#whole()) each(value, key, this);
  }

  entries() {
    return this.#whole().entries();
  }

  keys() {
    return this.#whole().keys();
  }

  values() {
    return this.#whole().values();
  }

  [Symbol.iterator]() {
    return this.#whole()[Symbol.iterator]();
  }

  #whole(): ReadonlyMap<string, V> {
    this.#notes.note(this.#notes.keyAt(this.#name));
    return this.#map;
  }
}

/** Gives the fingerprint of what a key finds in a context now. `about` is what each page is about, by its slug. */
export function fingerprints(
  context: PageContext,
  about: ReadonlyMap<string, unknown>,
): (key: string) => string {
  const known = new Map<string, string>();
  const properties: Record<string, unknown> = { ...context, about };
  return (key) => {
    let found = known.get(key);
    if (found === undefined) {
      const slash = key.indexOf("/");
      if (slash === -1) {
        const [name = "", inner] = key.split(".");
        const value = properties[name];
        found = fingerprint(inner === undefined ? value : Reflect.get(value as object, inner));
      } else {
        const map = properties[key.slice(0, slash)];
        found = fingerprint(map instanceof Map ? map.get(key.slice(slash + 1)) : undefined);
      }
      known.set(key, found);
    }
    return found;
  };
}

/** That which a value has of its own, or one of it as JSON. */
function fingerprint(value: unknown): string {
  if (value === undefined) return "";
  if (hasFingerprint(value)) return value.fingerprint;
  const text = typeof value === "string" ? value : JSON.stringify(value instanceof Map ? [...value] : value);
  return text.length <= 24 ? text : hashTexts([text]);
}

function hasFingerprint(value: unknown): value is { readonly fingerprint: string } {
  return typeof value === "object" && value !== null && typeof Reflect.get(value, "fingerprint") === "string";
}
