import assert from "node:assert/strict";
import { test } from "node:test";
import { seriousViolations } from "../support/axe.ts";
import { DESKTOP, openPage, PHONE } from "../support/browser.ts";
import { browser, site } from "../support/site-in-browser.ts";

const SUBMIT = "/reference/poolrpc.Trader/SubmitOrder";

test("a type unfolds in place at any depth, by keyboard, and leads to its own page", async () => {
  const { page, complaints } = await openPage(browser);
  await page.goto(site.origin + SUBMIT, { waitUntil: "networkidle" });
  const request = page.locator("section[aria-labelledby=request]");
  const open = async (label: string, within = request) => {
    const summary = within.locator("summary:visible", { hasText: label }).first();
    await summary.focus();
    await page.keyboard.press("Enter");
  };
  await open("Fields of Bid");
  const bid = request.locator("[id='field-bid']");
  await open("Fields of Order", bid);
  await bid.getByRole("link", { name: "max_batch_fee_rate_sat_per_kw", exact: true }).waitFor();
  await open("Fields of OrderEvent", bid);
  await open("Fields of MatchEvent", bid);
  await open("Values of MatchState", bid);
  const value = bid.getByRole("link", { name: "PREPARE", exact: true }).first();
  await value.waitFor();
  const ids = await page.evaluate(() => [...document.querySelectorAll("[id]")].map(({ id }) => id));
  assert.equal(new Set(ids).size, ids.length, "what is put in brings no id with it");
  await value.click();
  await page.waitForURL(/#value-(?:[\w]+\.)*PREPARE$/);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("what cannot be fetched keeps the link to its page", async () => {
  const { page } = await openPage(browser);
  await page.goto(site.origin + SUBMIT, { waitUntil: "networkidle" });
  await page.route("**/messages/**", (route) => route.abort());
  await page.getByText("Fields of Bid", { exact: true }).click();
  const bid = page.locator("[id='field-bid']");
  await bid.getByText("Fields of Order", { exact: true }).click();
  await bid.getByRole("link", { name: "Fields of Order on its own page" }).waitFor();
  await page.context().close();
});

test("previous and next lead through the pages in the order of the navigation", async () => {
  const { page } = await openPage(browser, { viewport: PHONE });
  await page.goto(`${site.origin}/reference/poolrpc.Trader/QuoteOrder`, { waitUntil: "networkidle" });
  const neighbours = page.getByRole("navigation", { name: "Previous and next" });
  await neighbours.getByRole("link", { name: /^Next/ }).click();
  await page.getByRole("heading", { level: 1, name: "SubmitOrder" }).waitFor();
  await neighbours.getByRole("link", { name: /^Previous/ }).click();
  await page.getByRole("heading", { level: 1, name: "QuoteOrder" }).waitFor();
  await page.context().close();
});

test("the page of an endpoint leads to the editor of its method", async () => {
  const { page } = await openPage(browser);
  await page.goto(`${site.origin}/reference/rest`, { waitUntil: "networkidle" });
  await page.getByRole("link", { name: "DELETE /v1/pool/orders/{order_nonce}" }).click();
  await page.getByRole("heading", { level: 1, name: /^DELETE/ }).waitFor();
  await page.getByRole("link", { name: "Try CancelOrder in the editor" }).click();
  await page.waitForURL(/CancelOrder#try-it$/);
  await page.locator("#try-it").getByRole("button", { name: /^Run/ }).waitFor();
  await page.context().close();
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`THREATS 20: REST and type pages are sound in ${colorScheme}: axe, width, headings`, async () => {
    for (const viewport of [DESKTOP, PHONE]) {
      const { page, complaints } = await openPage(browser, { colorScheme, viewport });
      for (const path of [
        "/reference/rest",
        "/reference/rest/post-v1-pool-orders",
        "/reference/rest/get-v1-pool-batch-snapshots-start_batch_id-num_batches_back",
        "/reference/messages/poolrpc.OutPoint",
      ]) {
        await page.goto(site.origin + path, { waitUntil: "networkidle" });
        const widest = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(widest <= viewport.width, `${path} is ${widest} wide at ${viewport.width}`);
        assert.deepEqual(await seriousViolations(page), [], `${path} at ${viewport.width}, ${colorScheme}`);
      }
      assert.deepEqual(complaints, []);
      await page.context().close();
    }
  });
}
