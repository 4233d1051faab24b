import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { readFragment } from "../../lib/workspace/share-link.ts";
import { temporaryFolder } from "../server/support/playground.ts";
import { canaryMacaroon } from "../server/support/recording-servers.ts";
import { fillRequest, launchBrowser, openPage } from "../support/browser.ts";
import { hits, type Secrets, storesOf } from "../support/secret-search.ts";
import { startSite } from "../support/start-site.ts";
import { until } from "../support/until.ts";

test("THREATS 10: with the history on, secrets of replies and those typed into requests and metadata are in no store, link, export or file", async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, "requests.json");
  await using site = await startSite({ args: ["--collection", file] });
  await using browser = await launchBrowser();
  const { page } = await openPage(browser);
  // tsx compiles named functions to calls of this helper, which a page does not have.
  await page.addInitScript("globalThis.__name = (named) => named");
  const open = (method: string) => page.goto(`${site.origin}/reference/poolrpc.${method}`);
  const result = page.getByRole("region", { name: "Result" });
  const run = async (status: string) => {
    await page.getByRole("button", { name: /^Run/ }).click();
    await result.getByText(status, { exact: true }).waitFor();
  };

  await open("Trader/GetLsatTokens");
  await run("OK");
  await result.getByRole("button", { name: "Show secrets" }).click();
  const reply = await until(
    () => page.getByRole("tabpanel").innerText(),
    (text) => /payment_preimage/.test(text),
  );
  const token = (field: string) => {
    const hex = new RegExp(`"${field}":\\s*"([0-9a-f]{64,})"`).exec(reply)?.[1];
    return Buffer.from(hex ?? assert.fail(`no ${field} in ${reply}`), "hex");
  };
  const secrets: Secrets = {
    "a macaroon": canaryMacaroon(),
    "the macaroon of an L402 token": token("base_macaroon"),
    "the preimage of an L402 token": token("payment_preimage"),
  };

  // Typed into requests, in every form; what else stands in them is kept.
  const [macaroon, base, preimage] = Object.values(secrets) as [Buffer, Buffer, Buffer];
  const links: [string, string][] = [];
  let saved = 0;
  for (const text of [
    `{ "initiator": "canary-hex ${macaroon.toString("hex")}" }`,
    `{ "initiator": "canary-base64 ${macaroon.toString("base64")}" }`,
    `{ "initiator": "canary-url ${encodeURIComponent(base.toString("base64url"))}" }`,
    `{ /* L402 ${base.toString("base64")}:${preimage.toString("hex")} */ "initiator": "canary-l402" }`,
  ]) {
    await open("Trader/SubmitOrder");
    await fillRequest(page, text);
    await run("UNKNOWN");
    links.push(["a link", await linkText(page)]);
    await save(page, `Number ${++saved}`);
  }
  await open("ChannelAuctioneer/CancelOrder");
  await fillRequest(page, `{ "order_nonce_preimage": "${preimage.toString("hex")}" }`);
  await page.getByText("Options", { exact: true }).click();
  await page.getByRole("button", { name: "Add a row" }).click();
  await page.getByLabel("Name of metadata row 1").fill("x-canary");
  await page.getByLabel("Value of metadata row 1").fill(macaroon.toString("hex"));
  await page.getByRole("button", { name: /^Run/ }).click();
  await result.getByRole("tab", { name: "Trailers" }).waitFor();
  links.push(["a link", await linkText(page)]);
  await save(page, "The preimage");

  await page.goto(`${site.origin}/history`);
  await until(
    () => page.locator("article li").count(),
    (count) => count === 6,
  );
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export all" }).click();
  const kept: [string, string][] = [
    ...(await storesOf(page)),
    ...links,
    ["the export", readFileSync(await (await download).path(), "utf8")],
    ["the collection", readFileSync(file, "utf8")],
    ["the start command's output", site.output()],
    ["the sandbox's log", readFileSync(join(site.sandboxDir, "logs/regtest/sandbox.log"), "latin1")],
  ];
  assert.deepEqual(hits(kept, secrets), []);
  // What was searched holds what was typed beside them.
  for (const place of ["IndexedDB", "a link", "the export", "the collection"]) {
    const texts = kept.filter(([where]) => where === place).map(([, text]) => text);
    for (const word of ["canary-hex", "canary-base64", "canary-url", "canary-l402", "order_nonce_preimage"]) {
      assert.ok(texts.join().includes(word), `${word} is not in ${place}`);
    }
  }
  assert.match(kept.find(([where]) => where === "the export")?.[1] ?? "", /GetLsatTokens/);
});

/** What the link to the request in the editor holds, unfolded. */
async function linkText(page: Page): Promise<string> {
  await page.getByRole("button", { name: "More with this request" }).click();
  await page.getByRole("menuitem", { name: "Copy link" }).click();
  const url = await page.getByLabel("The link").inputValue();
  const reading = await readFragment(new URL(url).hash);
  return `${url}\n${JSON.stringify(reading)}`;
}

async function save(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "More with this request" }).click();
  await page.getByRole("menuitem", { name: "Save request" }).click();
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.keyboard.press("Enter");
  await page.getByText(`Saved as “${name}”`).waitFor();
}
