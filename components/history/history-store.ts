import { type HistoryEntry, sizeOfEntry } from "../../lib/workspace/history.ts";

/** An entry as it is stored. Ids grow with time. */
export interface StoredEntry extends HistoryEntry {
  readonly id: number;
}

/** The oldest entries make room for new ones. */
export const MOST_ENTRIES = 500;
const MOST_BYTES = 20_000_000;

const DATABASE = "history";
const STORE = "entries";
const SETTING = "history";

/** Runs in other tabs come to be seen here too. */
const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("history");
const listeners = new Set<() => void>();
channel?.addEventListener("message", () => tell(false));

/** Whether runs are kept in this browser. They are, until the reader turns it off. */
export function isHistoryOn(): boolean {
  return localStorage.getItem(SETTING) !== "off";
}

/** Turns the history on or off. Off deletes what was kept. */
export async function setHistory(on: boolean): Promise<void> {
  if (on) localStorage.removeItem(SETTING);
  else {
    localStorage.setItem(SETTING, "off");
    await clearHistory();
  }
  tell(true);
}

/** Keeps an entry, where the history is on, and deletes the oldest ones beyond the bounds. */
export async function addEntry(entry: HistoryEntry): Promise<void> {
  if (!isHistoryOn()) return;
  await inStore("readwrite", async (store) => {
    await settle(store.add({ ...entry, size: sizeOfEntry(entry) }));
    await makeRoom(store);
  });
  tell(true);
}

/** The entries that `wanted` takes, the newest first, at most `limit`. */
export async function listEntries(
  wanted: (entry: StoredEntry) => boolean = () => true,
  limit = MOST_ENTRIES,
): Promise<StoredEntry[]> {
  return inStore("readonly", async (store) => {
    const found: StoredEntry[] = [];
    await eachPlace(store.openCursor(null, "prev"), (cursor) => {
      const { size: _, ...entry } = cursor.value as StoredEntry & { size: number };
      if (wanted(entry)) found.push(entry);
      return found.length < limit;
    });
    return found;
  });
}

export async function deleteEntry(id: number): Promise<void> {
  await inStore("readwrite", (store) => settle(store.delete(id)));
  tell(true);
}

export async function clearHistory(): Promise<void> {
  await inStore("readwrite", (store) => settle(store.clear()));
  tell(true);
}

/** Calls `listener` when entries or the setting change, here or in another tab. Gives the function that ends it. */
export function onHistoryChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(others: boolean): void {
  for (const listener of listeners) listener();
  if (others) channel?.postMessage(null);
}

/** Goes from the newest to the oldest by their sizes alone, and deletes what is beyond the bounds. */
async function makeRoom(store: IDBObjectStore): Promise<void> {
  let count = 0;
  let bytes = 0;
  const sizes = new Map<number, number>();
  await eachPlace(store.index("size").openKeyCursor(), (cursor) => {
    sizes.set(cursor.primaryKey as number, cursor.key as number);
    return true;
  });
  for (const [id, size] of [...sizes].sort(([a], [b]) => b - a)) {
    count++;
    bytes += size;
    if (count > MOST_ENTRIES || bytes > MOST_BYTES) await settle(store.delete(id));
  }
}

async function inStore<T>(mode: IDBTransactionMode, use: (store: IDBObjectStore) => Promise<T>): Promise<T> {
  const database = await open();
  try {
    const transaction = database.transaction(STORE, mode);
    const done = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
      transaction.onerror = () => reject(transaction.error);
    });
    const [result] = await Promise.all([use(transaction.objectStore(STORE)), done]);
    return result;
  } finally {
    database.close();
  }
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => {
    const store = request.result.createObjectStore(STORE, { keyPath: "id", autoIncrement: true });
    store.createIndex("size", "size");
  };
  return settle(request);
}

function settle<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Shows each place of a cursor to `use`, until that gives false. */
function eachPlace<C extends IDBCursor>(
  request: IDBRequest<C | null>,
  use: (cursor: C) => boolean,
): Promise<void> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => {
      const cursor = request.result;
      if (cursor !== null && use(cursor)) cursor.continue();
      else resolve();
    };
    request.onerror = () => reject(request.error);
  });
}
