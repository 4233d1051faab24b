import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { seriousViolations } from "../support/axe.ts";
import { launchBrowser, openPage, PHONE } from "../support/browser.ts";
import { type RunningSite, startSite } from "../support/start-site.ts";

let site: RunningSite;
let browser: Browser;
let page: Page;
let complaints: string[];

before(async () => {
  site = await startSite();
  browser = await launchBrowser();
  ({ page, complaints } = await openPage(browser));
  await page.goto(site.url);
});
after(async () => {
  await browser?.close();
  await site?.stop();
});
beforeEach(() => {
  complaints.length = 0;
});

const at = (path: string) => new URL(path, site.url).href;

test("errors are found by words, status or method, and each leads to where it stands", async () => {
  await page.goto(at("/reference/errors"));
  const box = page.getByRole("searchbox", { name: /Find an error/ });
  const rows = page.locator("[data-filter]");
  const all = await rows.count();
  assert.ok(all > 100, `${all} errors`);
  await box.fill("cancelorder found");
  await page.getByText("1 found").waitFor();
  await page.getByRole("link", { name: "No such order" }).click();
  await page.waitForURL(/\/reference\/errors\/orders#order-not-found$/);
  assert.ok(await page.locator("#order-not-found").isVisible(), "the error is not there");
  await page.goto(at("/reference/errors"));
  await page.getByRole("searchbox", { name: /Find an error/ }).fill("zzz");
  await page.getByText(/^None has all of these words/).waitFor();
  assert.deepEqual(complaints, []);
});

test("a flag leads to the field that it sets", async () => {
  await page.goto(at("/reference/cli/orders-submit-bid"));
  await page.getByRole("link", { name: "bid.details.amt" }).click();
  await page.waitForURL(/#field-/);
  const id = decodeURIComponent(new URL(page.url()).hash.slice(1));
  assert.equal(await page.locator(`[id="${id}"]`).count(), 1, `${page.url()} leads to nothing`);
  assert.deepEqual(complaints, []);
});

test("help stands beside an error that the reference knows", async () => {
  await page.goto(at("/reference/poolrpc.Trader/CancelOrder"));
  await page.getByRole("button", { name: /^Examples/ }).click();
  await page.getByRole("menuitemradio", { name: /An order that is not there/ }).click();
  await page.getByRole("button", { name: /^Run/ }).first().click();
  const help = page.getByRole("status", { name: "What this error means" });
  await help.waitFor();
  assert.match(await help.innerText(), /No such order[\s\S]*What to do: Take order_nonce from ListOrders/);
  await help.getByRole("link").click();
  await page.waitForURL(/\/reference\/errors\/orders#order-not-found$/);
  assert.deepEqual(complaints, []);
});

for (const scheme of ["light", "dark"] as const) {
  test(`axe finds nothing serious on pages of commands, permissions and errors, ${scheme}`, async () => {
    const { page: other } = await openPage(browser, { colorScheme: scheme, viewport: PHONE });
    try {
      for (const path of [
        "cli",
        "cli/accounts-new",
        "permissions",
        "permissions/account-read",
        "errors",
        "errors/orders",
      ]) {
        await other.goto(at(`/reference/${path}`));
        assert.deepEqual(await seriousViolations(other), [], path);
        const wider = await other.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wider <= 0, `${path} is ${wider} px wider than a phone`);
      }
    } finally {
      await other.context().close();
    }
  });
}
