import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Page, Response } from "playwright-core";
import { temporaryFolder } from "../server/support/playground.ts";
import { canaryMacaroon } from "../server/support/recording-servers.ts";
import { launchBrowser, openPage } from "../support/browser.ts";
import { startPeer } from "../support/peer/start-peer.ts";
import { PEER_VERSION } from "../support/peer/trader.ts";
import { hits, type Secrets, storesOf } from "../support/secret-search.ts";
import { startSite } from "../support/start-site.ts";

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
  const masked: [string, string][] = [];

  await page.goto(site.url);
  await page.getByText(/^block [\d,]+$/).waitFor();
  assert.equal(new URL(page.url()).hash, "", "the one-time token stays in the address");
  const visit = async (method: string, status: string) => {
    await page.goto(`${site.origin}/reference/poolrpc.Trader/${method}`);
    await page.getByRole("button", { name: /^Run/ }).click();
    const result = page.getByRole("region", { name: "Result" });
    await result.getByText(status, { exact: true }).waitFor();
    if (method === "GetLsatTokens") {
      // Before they are asked for, not even the page holds them.
      masked.push([`${method}: masked`, await textOf(page)]);
      await result.getByRole("button", { name: "Show secrets" }).click();
    }
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
  assert.deepEqual(hits([...masked, ...later, ...kept], tokens), []);
  // The search finds what is there.
  assert.notDeepEqual(hits(shownWithTokens, tokens), []);
});

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
