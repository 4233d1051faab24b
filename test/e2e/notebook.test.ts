import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Locator, Page } from "playwright-core";
import { seriousViolations } from "../support/axe.ts";
import { launchBrowser, openPage, PHONE } from "../support/browser.ts";
import { expectFocus, tabTo } from "../support/keys.ts";
import { ROOT, type RunningSite, startSite } from "../support/start-site.ts";
import { until } from "../support/until.ts";

const SLUGS = readdirSync(join(ROOT, "content/notebooks"))
  .filter((name) => name.endsWith(".mdx"))
  .map((name) => name.slice(0, -".mdx".length));

let site: RunningSite;
let browser: Browser;
before(async () => {
  [site, browser] = await Promise.all([startSite(), launchBrowser()]);
});
after(async () => {
  await browser.close();
  await site.stop();
});

const bar = (page: Page) => page.getByRole("region", { name: "Notebook", exact: true });
const said = (page: Page) => bar(page).getByRole("status");
const cell = (page: Page, id: string) => page.locator(`#cell-${id}`);
const states = (page: Page) =>
  page
    .locator("section[data-kind]")
    .evaluateAll((cells) => cells.map((each) => (each as HTMLElement).dataset.state ?? ""));

async function openLesson(slug: string, options: Parameters<typeof openPage>[1] = {}) {
  const opened = await openPage(browser, options);
  const calls: string[] = [];
  opened.page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith("/rpc/")) calls.push(pathname.slice("/rpc/".length));
  });
  await opened.page.goto(`${site.origin}/notebooks/${slug}`);
  await opened.page.getByText(/^block [\d,]+$/).waitFor({ state: "attached" });
  return { ...opened, calls };
}

async function runAll(page: Page): Promise<string> {
  await bar(page).getByRole("button", { name: "Run all" }).click();
  return until(
    async () => (await said(page).textContent()) ?? "",
    (text) => /^(?:All done|Stopped|This page)/.test(text),
    60_000,
  );
}

test("a lesson is read before any script has come", async () => {
  const { page } = await openPage(browser, { javaScriptEnabled: false });
  await page.goto(`${site.origin}/notebooks/first-account`);
  await page.getByRole("heading", { level: 1, name: "Your first account" }).waitFor();
  const article = await page.locator("article").innerText();
  assert.match(article, /conf_target/, "the requests are there");
  assert.match(article, /write/, "a write is called one");
  const link = page.getByRole("link", { name: "Trader.InitAccount" });
  assert.equal(await link.getAttribute("href"), "/reference/poolrpc.Trader/InitAccount");
  await page.context().close();
});

test("the list leads to each lesson, and opening them calls nothing", async () => {
  const { page, complaints } = await openPage(browser);
  const calls: string[] = [];
  page.on("request", (request) => {
    if (new URL(request.url()).pathname.startsWith("/rpc/")) calls.push(request.url());
  });
  await page.goto(`${site.origin}/notebooks`);
  const links = await page
    .locator("main ol a")
    .evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).pathname));
  assert.deepEqual([...links].sort(), SLUGS.map((slug) => `/notebooks/${slug}`).sort());
  for (const path of links) {
    await page.goto(site.origin + path, { waitUntil: "networkidle" });
    assert.ok(
      (await states(page)).every((state) => state === "idle"),
      `nothing of ${path} has run`,
    );
  }
  assert.deepEqual(calls, []);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("every lesson runs to its end in the browser, with all its checks", async () => {
  for (const slug of SLUGS) {
    const { page, complaints } = await openLesson(slug);
    assert.match(await runAll(page), /^All done/, slug);
    const bad = (await states(page)).filter((state) => state !== "done");
    assert.deepEqual(bad, [], slug);
    assert.deepEqual(complaints, [], slug);
    await page.context().close();
  }
});

test("THREATS 20: from the first page to the end of the first lesson with the keyboard alone", async () => {
  const { page, complaints } = await openPage(browser);
  await page.goto(site.origin);
  await page.getByText(/^block [\d,]+$/).waitFor();
  await tabTo(page, page.locator("#navigation").getByRole("link", { name: "First call and connecting" }));
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "First call and connecting" }).waitFor();

  const cells = page.locator("section[data-kind]");
  const first = cells.first();
  await tabTo(page, first.getByRole("button", { name: /^Run: / }));
  const count = await cells.count();
  for (let at = 0; at < count; at++) {
    const each = cells.nth(at);
    assert.ok(await holdsFocus(each), `cell ${at + 1} of ${count} has the focus`);
    if ((await each.getAttribute("data-kind")) === "input") await page.keyboard.type("1");
    await page.keyboard.press("Shift+Enter");
  }
  await until(
    () => states(page),
    (all) => all.every((state) => state === "done"),
  );
  await until(
    () => bar(page).innerText(),
    (text) => text.includes(`of ${count - 1}`),
  );

  // What comes back is reached and read by keyboard too.
  const tree = first.getByRole("tab", { name: "Tree" });
  await tabTo(page, first.getByRole("link"));
  await tabTo(page, first.getByRole("tab", { name: "Reply" }));
  await page.keyboard.press("ArrowRight");
  await expectFocus(page, tree);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("a failure stops where it happens, says why, and takes the reader there; what comes after does not run", async () => {
  const { page, calls } = await openLesson("first-account");
  await page.route("**/rpc/poolrpc.Trader/QuoteAccount", (route) => route.abort());
  assert.match(await runAll(page), /^Stopped at cell 4, QuoteAccount: UNAVAILABLE/);
  const quote = cell(page, "quote");
  assert.equal(await quote.getAttribute("data-state"), "failed");
  await expectFocus(page, quote);
  assert.ok(await inSight(quote), "the cell is in sight");
  assert.match(await quote.innerText(), /Failed/);
  assert.equal(await cell(page, "opened").getAttribute("data-state"), "idle");
  assert.ok(!calls.some((call) => call.endsWith("/InitAccount")), "nothing was opened");

  await page.unroute("**/rpc/poolrpc.Trader/QuoteAccount");
  assert.match(await runAll(page), /^All done/);
  assert.equal(calls.filter((call) => call.endsWith("/LoadScenario")).length, 1, "the world was begun once");
  await page.context().close();
});

test("a changed input makes stale what depends on it, in words; a write that was sent is not sent again by itself", async () => {
  const { page, calls } = await openLesson("first-account");
  assert.match(await runAll(page), /^All done/);
  const opened = () => calls.filter((call) => call === "poolrpc.Trader/InitAccount").length;
  assert.equal(opened(), 1);
  const input = cell(page, "amount").getByRole("textbox");
  await input.fill("12");
  await cell(page, "amount")
    .getByText(/at least 100000/)
    .waitFor();
  await input.fill("2000000");
  await cell(page, "opened").getByText(/Stale/).waitFor();
  assert.match(await bar(page).innerText(), /stale/);
  assert.match(
    await runAll(page),
    /^Stopped before cell \d+, InitAccount: it is a write that was already sent/,
  );
  assert.equal(opened(), 1);

  await bar(page).getByRole("button", { name: "Begin anew" }).click();
  const dialog = page.getByRole("dialog", { name: "Begin anew?" });
  assert.match(await dialog.innerText(), /world becomes the scenario/);
  await dialog.getByRole("button", { name: "Begin anew" }).click();
  await until(
    () => said(page).textContent(),
    (text) => text?.startsWith("Begun anew") === true,
  );
  assert.match(await runAll(page), /^All done/);
  assert.equal(opened(), 2);
  assert.match(
    await cell(page, "opened").innerText(),
    /2000000/,
    "the world was begun anew, the input stayed",
  );
  await page.context().close();
});

test("results stay while other pages are looked at; progress stays on this machine", async () => {
  const { page, calls } = await openLesson("first-call");
  assert.match(await runAll(page), /^All done/);
  const before = calls.length;
  await page.locator("#navigation").getByRole("link", { name: "All lessons" }).click();
  await page.getByText("1 of 10 finished on this machine.").waitFor();
  await page
    .locator("main")
    .getByRole("link", { name: /^First call/ })
    .click();
  await page.getByRole("heading", { level: 1, name: "First call and connecting" }).waitFor();
  assert.ok(
    (await states(page)).every((state) => state === "done"),
    "all is still there",
  );
  assert.equal(calls.length, before, "nothing was called again");
  await page.goto(`${site.origin}/notebooks`);
  await page.getByText("✓ Finished").waitFor();
  await page.context().close();
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`a lesson that has run is sound in ${colorScheme}, on a phone too: axe, and the bar within reach`, async () => {
    for (const viewport of [PHONE, { width: 1440, height: 900 }]) {
      const { page, complaints } = await openLesson("read-the-market", { colorScheme, viewport });
      assert.match(await runAll(page), /^All done/);
      await page.addStyleTag({ content: "section[data-kind] { content-visibility: visible !important }" });
      await page.locator("svg[role=img]").first().waitFor();
      assert.deepEqual(await seriousViolations(page), [], `${viewport.width} in ${colorScheme}`);
      assert.ok(
        await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
        "no wider than the screen",
      );
      if (viewport === PHONE) {
        await page.evaluate(() => scrollTo(0, document.body.scrollHeight / 2));
        const box = await bar(page).getByRole("button", { name: "Begin anew" }).boundingBox();
        assert.ok(box !== null && box.height >= 44 && box.y > PHONE.height - 120, "the bar is at the thumb");
      }
      assert.deepEqual(complaints, []);
      await page.context().close();
    }
  });
}

function holdsFocus(section: Locator): Promise<boolean> {
  return section.evaluate((element) => element.contains(document.activeElement));
}

function inSight(element: Locator): Promise<boolean> {
  return element.evaluate((each) => {
    const { top } = each.getBoundingClientRect();
    return top >= 0 && top < innerHeight;
  });
}
