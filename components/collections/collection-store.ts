import {
  type Collection,
  type CollectionAnswer,
  EMPTY_COLLECTION,
  readCollection,
  type SavedKey,
  writeCollection,
} from "../../lib/workspace/collection.ts";

/** The named requests as the page knows them. */
export type CollectionState =
  | { readonly kind: "loading" }
  /** The server cannot read its file, or what is in it is no collection: `message` says why. Nothing is written to it. */
  | { readonly kind: "unreadable"; readonly message: string }
  | {
      readonly kind: "ready";
      /** The file's name; null where the server keeps none and the requests live in this page alone. */
      readonly file: string | null;
      readonly collection: Collection;
      /** What was to be saved when the file had changed on disk. */
      readonly conflict: Conflict | null;
    };

/** A change that was not saved: `mine` is what would have been written, the state's collection what the file holds now. */
export interface Conflict {
  readonly mine: Collection;
  readonly change: Change;
}

export type Change = (collection: Collection) => Collection;

export type ChangeOutcome =
  | { readonly kind: "ok" }
  | { readonly kind: "conflict" }
  | { readonly kind: "problem"; readonly message: string };

let state: CollectionState = { kind: "loading" };
let version: string | null = null;
let loading: Promise<void> | null = null;
const listeners = new Set<() => void>();

/** Which saved request was opened last on a method's page: the name that it is likely to be saved under again. */
const opened = new Map<string, SavedKey>();

export function collectionState(): CollectionState {
  return state;
}

/** Loads the collection when it is first listened to. Gives the function that ends it. */
export function onCollectionChange(listener: () => void): () => void {
  listeners.add(listener);
  if (loading === null) void reloadCollection();
  return () => listeners.delete(listener);
}

/** Reads the file anew. */
export function reloadCollection(): Promise<void> {
  loading = ask({ method: "GET" }).then((answer) => {
    if (answer === "none") set({ kind: "ready", file: null, collection: EMPTY_COLLECTION, conflict: null });
    else take(answer.body);
  });
  return loading;
}

/** Changes the collection and saves it. Where the file was changed meanwhile, nothing is saved and both are there to see. */
export async function changeCollection(change: Change): Promise<ChangeOutcome> {
  if (loading === null) await reloadCollection();
  await loading;
  if (state.kind !== "ready") {
    return { kind: "problem", message: state.kind === "unreadable" ? state.message : "It is being loaded." };
  }
  const mine = change(state.collection);
  if (state.file === null) {
    set({ ...state, collection: mine });
    return { kind: "ok" };
  }
  const answer = await ask({ method: "PUT", body: JSON.stringify({ version, text: writeCollection(mine) }) });
  if (answer === "none") return { kind: "problem", message: "The server keeps no collection any more." };
  if (answer.body.kind === "problem") return answer.body;
  take(answer.body);
  if (answer.status !== 409) return { kind: "ok" };
  const now = state as CollectionState;
  if (now.kind === "ready") set({ ...now, conflict: { mine, change } });
  return { kind: "conflict" };
}

/** Ends a conflict: makes the change to what the file holds now, or drops it. */
export async function settleConflict(how: "apply" | "drop"): Promise<ChangeOutcome> {
  if (state.kind !== "ready" || state.conflict === null) return { kind: "ok" };
  const { change } = state.conflict;
  set({ ...state, conflict: null });
  return how === "apply" ? changeCollection(change) : { kind: "ok" };
}

export function rememberOpened(method: string, { folder, name }: SavedKey): void {
  opened.set(method, { folder, name });
}

export function lastOpened(method: string): SavedKey | undefined {
  return opened.get(method);
}

function take(answer: CollectionAnswer): void {
  if (answer.kind === "problem") {
    set({ kind: "unreadable", message: answer.message });
    return;
  }
  version = answer.version;
  if (answer.text === null) {
    set({ kind: "ready", file: answer.name, collection: EMPTY_COLLECTION, conflict: null });
    return;
  }
  const reading = readCollection(answer.text);
  if (reading.kind === "problem") {
    set({ kind: "unreadable", message: `${answer.name}, ${reading.message}` });
  } else set({ kind: "ready", file: answer.name, collection: reading.collection, conflict: null });
}

function set(next: CollectionState): void {
  state = next;
  for (const listener of listeners) listener();
}

/** What the server answers; "none" where it keeps no collection. */
async function ask(
  init: RequestInit,
): Promise<{ readonly status: number; readonly body: CollectionAnswer } | "none"> {
  let response: Response;
  try {
    response = await fetch("/api/collection", {
      ...init,
      headers: { "x-playground": "1", "content-type": "application/json" },
      cache: "no-store",
    });
  } catch {
    return problem(0, "The playground's server does not answer. Is npm start still running?");
  }
  if (response.status === 404) return "none";
  try {
    const body = (await response.json()) as CollectionAnswer | { readonly message?: string };
    if ("kind" in body) return { status: response.status, body };
    return problem(response.status, body.message ?? `The server answered HTTP ${response.status}.`);
  } catch {
    return problem(response.status, `The server answered HTTP ${response.status}.`);
  }
}

function problem(status: number, message: string) {
  return { status, body: { kind: "problem" as const, message } };
}
