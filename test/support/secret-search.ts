import type { Page } from "playwright-core";
import { formsOf } from "../server/support/recording-servers.ts";

/** Secrets by what they are. */
export type Secrets = Readonly<Record<string, Uint8Array>>;

/** Where which secret is, in any form. */
export function hits(heard: readonly (readonly [string, string])[], secrets: Secrets): string[] {
  return Object.entries(secrets).flatMap(([name, secret]) => {
    const forms = [...formsOf(secret), ...insideBase64(secret)];
    return heard
      .filter(([, text]) => forms.some((form) => text.includes(form)))
      .map(([where]) => `${name} in ${where}`);
  });
}

/** What of a secret's base64 is the same whatever bytes stand before and after it. */
function insideBase64(secret: Uint8Array): string[] {
  return [0, 1, 2].flatMap((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), secret]);
    return (["base64", "base64url"] as const).map((form) => {
      const text = bytes.subarray(0, bytes.length - (bytes.length % 3)).toString(form);
      return before === 0 ? text : text.slice(4);
    });
  });
}

/** What scripts can keep and read again: each store's name and contents. */
export function storesOf(page: Page): Promise<[string, string][]> {
  return page.evaluate(async () => {
    const settle = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const plain = (_: string, value: unknown) =>
      value instanceof Uint8Array ? String.fromCharCode(...value) : value;
    const databases: unknown[] = [];
    for (const { name } of await indexedDB.databases()) {
      const database = await settle(indexedDB.open(name ?? ""));
      for (const store of database.objectStoreNames) {
        databases.push(name, store, await settle(database.transaction(store).objectStore(store).getAll()));
      }
    }
    const cached: string[] = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        cached.push(request.url, (await (await cache.match(request))?.text()) ?? "");
      }
    }
    return [
      ["localStorage", JSON.stringify({ ...localStorage })],
      ["sessionStorage", JSON.stringify({ ...sessionStorage })],
      ["IndexedDB", JSON.stringify(databases, plain)],
      ["caches", cached.join("\n")],
      ["cookies", document.cookie],
      ["window.name", window.name],
    ];
  });
}
