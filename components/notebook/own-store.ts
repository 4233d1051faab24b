/** A notebook that is the reader's own, as this browser keeps it. */
export interface OwnNotebook {
  readonly id: string;
  readonly source: string;
  /** For lists; the source's own where it can be read. */
  readonly title: string;
  readonly description: string;
  /** Milliseconds since 1970 of the last change. */
  readonly changedAt: number;
  /** Where it came from, in words: `the lesson “Your first account”`, `rollout.mdx`; null: it was begun here. */
  readonly from: string | null;
  /** Whether it came from elsewhere and nobody has let it run yet. */
  readonly inert: boolean;
}

/** Why something could not be kept, in a sentence; null where it was. */
export type Keeping = string | null;

const OWN = "own-notebook:";
const DRAFT = "notebook-draft:";
const NONE: readonly OwnNotebook[] = [];

let known: readonly OwnNotebook[] | null = null;
const listeners = new Set<() => void>();

/** All of the reader's own, the last changed first. The same array until one changes. */
export function ownNotebooks(): readonly OwnNotebook[] {
  known ??= keysOf(OWN)
    .flatMap((key) => readOwn(key.slice(OWN.length)) ?? [])
    .sort((a, b) => b.changedAt - a.changedAt);
  return known;
}

export function noNotebooks(): readonly OwnNotebook[] {
  return NONE;
}

export function onOwnNotebooks(listener: () => void): () => void {
  const onStorage = () => {
    known = null;
    listener();
  };
  listeners.add(listener);
  window.addEventListener("storage", onStorage);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", onStorage);
  };
}

/** One of the reader's own; null where there is none of the id. */
export function readOwn(id: string): OwnNotebook | null {
  const read = parsed(get(OWN + id)) as Partial<OwnNotebook> | null;
  if (typeof read?.source !== "string") return null;
  return {
    id,
    source: read.source,
    title: typeof read.title === "string" ? read.title : "A notebook",
    description: typeof read.description === "string" ? read.description : "",
    changedAt: typeof read.changedAt === "number" ? read.changedAt : 0,
    from: typeof read.from === "string" ? read.from : null,
    inert: read.inert !== false,
  };
}

export function keepOwn(notebook: OwnNotebook): Keeping {
  return set(OWN + notebook.id, JSON.stringify(notebook));
}

export function forgetOwn(id: string): void {
  remove(OWN + id);
}

/** A new id that no notebook has. */
export function newOwnId(): string {
  return crypto.randomUUID().slice(0, 8);
}

/** What a reader has made of a lesson; null where nothing was changed. */
export function readDraft(slug: string): string | null {
  return get(DRAFT + slug);
}

/** Keeps it; null forgets it. */
export function keepDraft(slug: string, source: string | null): Keeping {
  if (source !== null) return set(DRAFT + slug, source);
  remove(DRAFT + slug);
  return null;
}

function changed(): void {
  known = null;
  for (const listener of listeners) listener();
}

function keysOf(prefix: string): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  } catch {
    return [];
  }
}

function get(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function set(key: string, value: string): Keeping {
  try {
    localStorage.setItem(key, value);
    return null;
  } catch {
    return "This browser has no room to keep it: save it as a file";
  } finally {
    changed();
  }
}

function remove(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // What cannot be reached was not kept either.
  }
  changed();
}

function parsed(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
