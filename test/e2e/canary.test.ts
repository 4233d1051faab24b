import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Page, Response } from "playwright-core";
import { temporaryFolder } from "../server/support/playground.ts";
import { canaryMacaroon, formsOf } from "../server/support/recording-servers.ts";
import { launchBrowser, openPage } from "../support/browser.ts";
import { startPeer } from "../support/peer/start-peer.ts";
import { PEER_VERSION } from "../support/peer/trader.ts";
import { startSite } from "../support/start-site.ts";

/** Secrets by what they are. */
type Secrets = Readonly<Record<string, Uint8Array>>;

/** What a macaroon file holds that is no macaroon; it is not told either. */
const SCRAWL = "CANARY-5ca1ab1e, which is no macaroon";

test("THREATS 10: no page, script, reply, store, address or log holds a macaroon, and no store or log an L402 token", async () => {
  using folder = temporaryFolder();
  await using peer = await startPeer({ dir: folder.path });
  const macaroon = readFileSync(peer.macaroonPath);
  await using site = await startSite({
    args: [
      ...["--poold", `localhost:${peer.port}`, "--auctioneer", `localhost:${peer.auctioneerPort}`],
      ...["--tlscert", peer.tlsCertPath, "--macaroon", peer.macaroonPath, "--network", "regtest"],
    ],
  });
  await using browser = await launchBrowser();
  const sandboxMacaroon = readFileSync(join(site.sandboxDir, "regtest/pool.macaroon"));
  const credentials: Secrets = {
    "the daemon's macaroon": macaroon,
    "its signature": macaroon.subarray(-32),
    "the sandbox's macaroon": sandboxMacaroon,
    "the sandbox's signature": sandboxMacaroon.subarray(-32),
    "the wrong macaroon": canaryMacaroon(),
    "the scrawl": Buffer.from(SCRAWL),
  };
  const { page } = await openPage(browser);
  // tsx compiles named functions to calls of this helper, which a page does not have.
  await page.addInitScript("globalThis.__name = (named) => named");
  const bodies: Promise<readonly [string, string]>[] = [];
  page.on("response", (response) => bodies.push(readBody(response)));
  const shown: [string, string][] = [];

  await page.goto(site.url);
  await page.getByText(/^block [\d,]+$/).waitFor();
  assert.equal(new URL(page.url()).hash, "", "the one-time token stays in the address");
  const visit = async (method: string, status: string) => {
    await page.goto(`${site.origin}/reference/poolrpc.Trader/${method}`);
    await page.getByRole("button", { name: /^Run/ }).click();
    const result = page.getByRole("region", { name: "Result" });
    await result.getByText(status, { exact: true }).waitFor();
    for (const tab of ["Headers", "Trailers", "Reply"]) {
      await result.getByRole("tab", { name: tab }).click();
      shown.push([`${method}: ${tab}`, await textOf(page)]);
    }
    return page.getByRole("tabpanel").innerText();
  };

  assert.ok((await visit("GetInfo", "OK")).includes(PEER_VERSION), "the daemon with the macaroon answered");
  await visit("ListOrders", "OK");
  await visit("Leases", "UNIMPLEMENTED");
  writeFileSync(peer.macaroonPath, canaryMacaroon());
  assert.match(await visit("GetInfo", "UNKNOWN"), /verification failed/);
  writeFileSync(peer.macaroonPath, SCRAWL);
  assert.match(await visit("GetInfo", "UNAUTHENTICATED"), /macaroon/);

  await page.getByRole("combobox", { name: /^Profile/ }).selectOption("sandbox");
  const reply = await visit("GetLsatTokens", "OK");
  const tokens: Secrets = Object.fromEntries(
    ["base_macaroon", "payment_preimage"].map((field) => {
      const hex = new RegExp(`"${field}": "([0-9a-f]{64,})"`).exec(reply)?.[1];
      return [`${field} of a token`, Buffer.from(hex ?? assert.fail(`no ${field} in ${reply}`), "hex")];
    }),
  );
  const bodiesWithTokens = bodies.splice(0);
  const shownWithTokens = shown.splice(0);
  // A method that was left keeps nothing of what it was answered.
  await visit("GetInfo", "OK");
  const later = [...shown, ...(await Promise.all(bodies))];
  const kept = [
    ...(await storesOf(page)),
    ["the start command's output", site.output()],
    ["the sandbox's log", readFileSync(join(site.sandboxDir, "logs/regtest/sandbox.log"), "latin1")],
  ] as const;

  const all = [...shownWithTokens, ...(await Promise.all(bodiesWithTokens)), ...later, ...kept];
  for (const kind of [".js", ".css", "/api/profiles", "/rpc/poolrpc.Trader/GetInfo", ".binpb"]) {
    const heard = all.some(([where, text]) => where.includes(kind) && text.length > 0);
    assert.ok(heard, `nothing that is named ${kind} was searched`);
  }
  assert.match(site.output(), /Open/);
  assert.ok(
    kept.some(([where, text]) => where === "localStorage" && text.includes("sandbox")),
    "localStorage was read",
  );
  assert.deepEqual(hits(all, credentials), []);
  assert.deepEqual(hits([...later, ...kept], tokens), []);
  // The search finds what is there.
  assert.notDeepEqual(hits(shownWithTokens, tokens), []);
});

/** Where which secret is, in any form. */
function hits(heard: readonly (readonly [string, string])[], secrets: Secrets): string[] {
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

/** A response's address, headers and body, and those of its source map. */
async function readBody(response: Response): Promise<readonly [string, string]> {
  const url = response.url();
  const body = await response.body().catch(() => Buffer.alloc(0));
  const map = url.includes(".js") ? await (await fetch(`${url}.map`)).text() : "";
  return [url, `${JSON.stringify(await response.allHeaders())}${body.toString("latin1")}${map}`];
}

/** The page as it stands, with what is in its fields and its address. */
async function textOf(page: Page): Promise<string> {
  const fields = await page.evaluate(() => [
    document.URL,
    JSON.stringify(history.state),
    ...[...document.querySelectorAll("input, textarea")].map((field) => (field as HTMLInputElement).value),
  ]);
  return [await page.content(), ...fields].join("\n");
}

/** What scripts can keep and read again: each store's name and contents. */
function storesOf(page: Page): Promise<[string, string][]> {
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
