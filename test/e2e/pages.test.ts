import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { seriousViolations } from "../support/axe.ts";
import { DESKTOP, fillRequest, openPage, PHONE } from "../support/browser.ts";
import { browser, site } from "../support/site-in-browser.ts";
import { ROOT } from "../support/start-site.ts";

/** One page of every kind. Of kinds whose pages follow from the API, the first one. */
const KINDS = [
  "/",
  ...["rest", "cli", "permissions", "errors"].flatMap(firstPages),
  "/guides/macaroons",
  "/guides/auction",
  "/notebooks",
  "/notebooks/first-account",
  "/profiles",
  "/reference",
  "/reference/rest",
  "/reference/poolrpc.Trader",
  "/reference/poolrpc.Trader/SubmitOrder",
  "/reference/poolrpc.HashMail/RecvStream",
  "/reference/messages",
  "/reference/messages/poolrpc.Order",
  "/reference/enums",
  "/reference/enums/poolrpc.OrderState",
  "/history",
  "/collection",
];

const NOWHERE = "/reference/nowhere";

for (const colorScheme of ["light", "dark"] as const) {
  test(`THREATS 20: every kind of page is sound in ${colorScheme}: axe, width, headings, no complaint`, async () => {
    for (const viewport of [DESKTOP, PHONE]) {
      const { page, complaints } = await openPage(browser, { colorScheme, viewport });
      for (const path of [...KINDS, NOWHERE]) {
        const response = await page.goto(site.origin + path, { waitUntil: "networkidle" });
        assert.equal(response?.status(), path === NOWHERE ? 404 : 200, path);
        assert.equal(await page.locator("h1").count(), 1, `${path} has one h1`);
        assert.deepEqual(await overflow(page), [], `${path} is no wider than ${viewport.width}`);
        assert.deepEqual(await seriousViolations(page), [], `${path} at ${viewport.width}, ${colorScheme}`);
      }
      const own = complaints.filter((complaint) => !/status of 404/.test(complaint));
      assert.deepEqual(own, []);
      await page.context().close();
    }
  });
}

test("no page is wider than its window, from a small phone to a wide screen", async () => {
  for (const width of [320, 768, 1024, 1920, 2560]) {
    const { page } = await openPage(browser, { viewport: { width, height: 900 } });
    for (const path of KINDS) {
      await page.goto(site.origin + path);
      assert.deepEqual(await overflow(page), [], `${path} at ${width}`);
    }
    await page.context().close();
  }
});

test("a chosen theme wins over the system's and stays after a reload", async () => {
  const { page } = await openPage(browser, { colorScheme: "light" });
  await page.goto(site.origin);
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await background();
  await page.getByRole("button", { name: /^Theme: system/ }).click();
  await page.getByRole("button", { name: /^Theme: light/ }).click();
  const dark = await background();
  assert.notEqual(dark, light);
  await page.reload();
  assert.equal(await background(), dark);
  await page.context().close();
});

test("every link of every page leads somewhere", async () => {
  const start = [...KINDS];
  const seen = new Map<string, Set<string>>();
  const broken: string[] = [];
  for (let path = start.pop(); path !== undefined; path = start.pop()) {
    if (seen.has(path)) continue;
    const response = await fetch(site.origin + path);
    const html = await response.text();
    if (response.status !== 200) broken.push(`${path}: HTTP ${response.status}`);
    seen.set(path, new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id as string)));
    for (const [, href] of html.matchAll(/<a [^>]*href="(\/[^"#]*)(?:#[^"]*)?"/g)) start.push(href as string);
  }
  assert.deepEqual(broken, []);
  const pages = readdirSync(join(ROOT, "content/reference"), { recursive: true, encoding: "utf8" });
  const generated = pages.filter((file) => file.endsWith(".mdx")).length;
  assert.ok(seen.size >= generated, `${seen.size} pages reached of ${generated}`);
});

test("the phone's navigation is a drawer that opens, leads on and closes", async () => {
  const { page } = await openPage(browser, { viewport: PHONE });
  await page.goto(`${site.origin}/reference/poolrpc.Trader/GetInfo`);
  const drawer = page.getByRole("navigation", { name: "Pages" });
  assert.equal(await drawer.isVisible(), false);
  await page.getByRole("button", { name: "Navigation" }).click();
  await drawer.getByRole("link", { name: /^ListOrders/ }).click();
  await page.getByRole("heading", { level: 1, name: "ListOrders" }).waitFor();
  await drawer.waitFor({ state: "hidden" });
  const run = await page.getByRole("button", { name: /^Run/ }).boundingBox();
  assert.ok(run !== null && run.y + run.height <= PHONE.height, "Run is in the first screen");
  await page.context().close();
});

test("THREATS 20: by keyboard alone: search, open a method, run it, leave the editor", async () => {
  const { page } = await openPage(browser);
  await page.goto(site.origin);
  await page.getByText(/^block [\d,]+$/).waitFor();
  await page.keyboard.press("/");
  await page.keyboard.type("ListAcc");
  await page
    .getByRole("option", { name: /ListAccounts/ })
    .first()
    .waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "ListAccounts" }).waitFor();
  const editor = page.getByRole("textbox", { name: /^Request of / });
  for (let presses = 0; presses < 200; presses++) {
    if (await editor.first().evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Control+Enter");
  await page.getByRole("region", { name: "Result" }).getByText("OK", { exact: true }).waitFor();
  await page.keyboard.press("Escape");
  const inEditor = await page.evaluate(
    () => document.activeElement?.closest(".monaco-editor, textarea") !== null,
  );
  assert.equal(inEditor, false);
  await page.context().close();
});

test("the page that is open is in sight in the navigation, and its name finds it", async () => {
  const { page } = await openPage(browser);
  await page.goto(`${site.origin}/reference/poolrpc.HashMail/RecvStream`);
  const mark = page.locator("#navigation [aria-current=page]");
  await page.waitForFunction(() => {
    const box = document.querySelector("#navigation [aria-current=page]")?.getBoundingClientRect();
    return box !== undefined && box.top >= 0 && box.bottom <= innerHeight;
  });
  await page.keyboard.press("/");
  await page.keyboard.type("trader.quoteorder");
  await page
    .getByRole("option", { name: /QuoteOrder/ })
    .first()
    .waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "QuoteOrder" }).waitFor();
  assert.match(await mark.innerText(), /QuoteOrder/);
  await page.context().close();
});

test("a second click on Run does not cancel, and metadata that cannot be sent say so", async () => {
  const { page, complaints } = await openPage(browser);
  await page.goto(`${site.origin}/reference/poolrpc.Trader/GetInfo`);
  const result = page.getByRole("region", { name: "Result" });
  await page.getByRole("button", { name: /^Run/ }).dblclick();
  await result.getByText("OK", { exact: true }).waitFor();
  await page.getByText("Options", { exact: true }).click();
  await page.getByRole("button", { name: "Add a row" }).click();
  await page.getByLabel("Name of metadata row 1").fill("Bad Name");
  await page.getByRole("button", { name: /^Run/ }).click();
  await result.getByText(/metadata row 1: "bad name" is no name/).waitFor();
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("an edited request is still there on the way back from another page", async () => {
  const { page } = await openPage(browser);
  await page.goto(`${site.origin}/reference/poolrpc.Trader/QuoteAccount`);
  const edited = '{"account_value": 700000}';
  await fillRequest(page, edited);
  await page.locator("#navigation").getByRole("link", { name: "ListAccounts" }).click();
  await page.getByRole("heading", { level: 1, name: "ListAccounts" }).waitFor();
  await page.goBack();
  await page.getByRole("heading", { level: 1, name: "QuoteAccount" }).waitFor();
  assert.equal(await page.locator("textarea").first().inputValue(), edited);
  await page.context().close();
});

test("printed, a page keeps its title and leaves out what only a screen can use", async () => {
  const { page } = await openPage(browser);
  await page.goto(`${site.origin}/reference/poolrpc.Trader/SubmitOrder`);
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  assert.equal(await page.getByRole("heading", { level: 1 }).isVisible(), true);
  for (const screenOnly of ["#navigation", "aside", "body header:has(button)"]) {
    assert.equal(await page.locator(screenOnly).first().isVisible(), false, screenOnly);
  }
  assert.equal(
    await page.evaluate(() => getComputedStyle(document.body).backgroundColor),
    "rgb(255, 255, 255)",
  );
  await page.context().close();
});

test("the facts of a method are on its page", async () => {
  const html = await (await fetch(`${site.origin}/reference/poolrpc.Trader/CancelOrder`)).text();
  const { commit } = JSON.parse(readFileSync(join(ROOT, "proto/UPSTREAM.json"), "utf8")) as {
    commit: string;
  };
  for (const fact of [
    "poolrpc.Trader.CancelOrder",
    "/v1/pool/orders/{order_nonce}",
    "pool orders cancel",
    "order:write",
    `/blob/${commit}/poolrpc/trader.proto#L104`,
  ]) {
    assert.ok(html.includes(fact), fact);
  }
});

/** Elements that stick out of the page to the right. */
function overflow(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    document.documentElement.scrollWidth <= innerWidth
      ? []
      : [...document.querySelectorAll("main *")]
          .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
          .slice(0, 5)
          .map((element) => `${element.tagName}.${element.className}`),
  );
}

/** The overview and the first page of what is below it; nothing where the API has none. */
function firstPages(kind: string): string[] {
  const folder = join(ROOT, "content/reference", kind);
  const [first] = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith(".mdx")) : [];
  return first === undefined ? [] : [`/reference/${kind}`, `/reference/${kind}/${first.slice(0, -4)}`];
}
