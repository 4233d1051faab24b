import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { seriousViolations } from "../support/axe.ts";
import { DESKTOP, openPage, PHONE } from "../support/browser.ts";
import { browser, site } from "../support/site-in-browser.ts";
import { ROOT } from "../support/start-site.ts";
import { until } from "../support/until.ts";

const METHOD = "/reference/poolrpc.Trader/SubmitOrder";
const FIELD = "/reference/messages/poolrpc.Order#field-rate_fixed";

const box = (page: Page) => page.getByRole("combobox", { name: /^Search/ });
const hits = (page: Page) => page.locator('dialog [role="option"]');
const chosen = (page: Page) => page.locator('[role="option"][aria-selected="true"]');

test("a field is found in any style and opened at its place, which is marked", async () => {
  const { page, complaints } = await openPage(browser);
  for (const query of ["rate fixed", "rateFixed", "Order.rate_fixed", "rate fixde"]) {
    await page.goto(site.origin, { waitUntil: "networkidle" });
    // A page that has come alive.
    await page.getByText(/^block [\d,]+$/).waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type(query);
    await until(
      () => hits(page).evaluateAll((all) => all.map((one) => one.getAttribute("href"))),
      (hrefs) => hrefs[0] === FIELD,
    );
    assert.match(await chosen(page).innerText(), /^field\b/, "what it is stands with it");
    await page.keyboard.press("Enter");
    await page.waitForURL(site.origin + FIELD);
    await page.locator('[id="field-rate_fixed"]:is(:target, [data-target])').waitFor();
  }
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("what is typed before the palette has come is not lost, and it opens from within the editor", async () => {
  const { page } = await openPage(browser);
  await page.goto(site.origin + METHOD, { waitUntil: "networkidle" });
  await page.getByText(/^block [\d,]+$/).waitFor();
  await page.evaluate(() => {
    for (const key of ["/", "l", "e", "a", "s", "e"]) {
      document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    }
  });
  await box(page).waitFor();
  assert.equal(await box(page).inputValue(), "lease");
  await page.keyboard.press("Escape");
  const editor = page.getByRole("textbox", { name: /^Request of / }).first();
  await editor.focus();
  await page.locator(".monaco-editor .view-lines").first().waitFor();
  await page.keyboard.press("Control+k");
  await box(page).waitFor();
  await page.keyboard.press("Escape");
  await box(page).waitFor({ state: "detached" });
  const back = await page.evaluate(
    () => document.activeElement?.closest(".monaco-editor, textarea") !== null,
  );
  assert.ok(back, "the editor has the focus again");
  await page.context().close();
});

test("arrows choose, Ctrl+Enter opens a tab, what was opened is offered again, and nothing found says so", async () => {
  const { page } = await openPage(browser);
  await page.goto(site.origin + METHOD, { waitUntil: "networkidle" });
  await page.getByRole("button", { name: "Search" }).click();
  await box(page).waitFor();
  assert.equal(await hits(page).count(), 0);
  await page.keyboard.type("cancel order");
  await hits(page).first().waitFor();
  const first = await chosen(page).innerText();
  await page.keyboard.press("ArrowDown");
  assert.notEqual(await chosen(page).innerText(), first);
  const active = await box(page).getAttribute("aria-activedescendant");
  assert.equal(await chosen(page).getAttribute("id"), active);
  await page.keyboard.press("ArrowUp");
  const [opened] = await Promise.all([
    page.context().waitForEvent("page"),
    page.keyboard.press("Control+Enter"),
  ]);
  await opened.getByRole("heading", { level: 1, name: "CancelOrder" }).waitFor();
  await opened.close();
  await box(page).fill("");
  await page.getByText("Opened last").waitFor();
  assert.match(await hits(page).first().innerText(), /CancelOrder/);
  await page.getByRole("button", { name: "Clear" }).click();
  assert.equal(await hits(page).count(), 0);
  await box(page).fill("xyzzy plugh");
  await page.getByText(/^Nothing is called xyzzy plugh/).waitFor();
  await page.context().close();
});

test("once loaded, the search needs no server", async () => {
  const { page } = await openPage(browser);
  await page.goto(site.origin, { waitUntil: "networkidle" });
  await page.keyboard.press("Control+k");
  await box(page).fill("lease");
  await hits(page).first().waitFor();
  await page.context().setOffline(true);
  await box(page).fill("sidecar ticket");
  await until(
    () => hits(page).allInnerTexts(),
    (texts) => texts.length > 0 && /sidecar/i.test(texts[0] ?? ""),
  );
  await page.context().close();
});

test("an index that cannot be loaded is said, and asked for again", async () => {
  const { page } = await openPage(browser);
  await page.context().route("**/search/list.json", (route) => route.abort());
  await page.goto(site.origin, { waitUntil: "networkidle" });
  await page.keyboard.press("/");
  await box(page).fill("lease");
  await page.getByText(/^The index could not be loaded/).waitFor();
  await page.context().unroute("**/search/list.json");
  await page.getByRole("button", { name: "Try again" }).click();
  await hits(page).first().waitFor();
  await page.context().close();
});

for (const [viewport, colorScheme] of [
  [DESKTOP, "light"],
  [DESKTOP, "dark"],
  [PHONE, "light"],
  [PHONE, "dark"],
] as const) {
  test(`THREATS 20: palette and drawer are sound at ${viewport.width} in ${colorScheme}`, async () => {
    const { page } = await openPage(browser, { viewport, colorScheme });
    await page.goto(site.origin + METHOD, { waitUntil: "networkidle" });
    await page.getByRole("button", { name: "Search" }).click();
    await box(page).waitFor();
    assert.deepEqual(await seriousViolations(page), [], "empty");
    await box(page).fill("rate");
    await hits(page).first().waitFor();
    assert.deepEqual(await seriousViolations(page), [], "with hits");
    const shape = await page.locator("dialog[open]").boundingBox();
    if (viewport === PHONE) assert.equal(shape?.width, PHONE.width, "a sheet over the whole screen");
    await page.keyboard.press("Escape");
    if (viewport === PHONE) {
      await page.getByRole("button", { name: "Navigation" }).click();
      await page.locator("#navigation [aria-current=page]").waitFor();
      assert.deepEqual(await seriousViolations(page), [], "with the drawer open");
      await page.keyboard.press("Escape");
      await page.getByRole("navigation", { name: "Pages" }).waitFor({ state: "hidden" });
      const focused = await page.evaluate(() => document.activeElement?.getAttribute("aria-controls"));
      assert.equal(focused, "navigation", "its button has the focus again");
    }
    await page.context().close();
  });
}

test("the table of contents marks what is read", async () => {
  const { page } = await openPage(browser);
  await page.goto(`${site.origin}/reference/messages/poolrpc.Order`, { waitUntil: "networkidle" });
  const contents = page.getByRole("navigation", { name: "On this page" });
  await contents.getByRole("link", { name: "auction_type" }).click();
  const marked = () => contents.locator("[aria-current]").innerText();
  await until(marked, (text) => text === "auction_type");
  await page.locator('[id="field-amt"]').evaluate((field) => field.scrollIntoView());
  await until(marked, (text) => text === "amt");
  await page.context().close();
});

test("every page has a Markdown twin, and llms.txt lists them all", async () => {
  const files = readdirSync(join(ROOT, "content/reference"), { recursive: true, encoding: "utf8" });
  const guides = readdirSync(join(ROOT, "content/guides"));
  const paths = [
    ...files
      .filter((file) => file.endsWith(".mdx"))
      .map((file) => `/reference/${file.slice(0, -4)}`.replace(/\/index$/, "")),
    ...guides
      .filter((file) => file.endsWith(".mdx") && file !== "index.mdx")
      .map((file) => `/guides/${file.slice(0, -4)}`),
    "/index",
  ];
  const list = await (await fetch(`${site.origin}/llms.txt`)).text();
  for (const path of paths) {
    const response = await fetch(`${site.origin}${path}.md`);
    assert.equal(response.status, 200, path);
    assert.match(response.headers.get("content-type") ?? "", /^text\/markdown/, path);
    assert.match(await response.text(), /^# /m, `${path}.md has a title`);
    assert.ok(list.includes(`](${path}.md)`), `llms.txt lists ${path}.md`);
  }
});

test("a page is copied as Markdown", async () => {
  const { page } = await openPage(browser, { permissions: ["clipboard-read", "clipboard-write"] });
  await page.goto(site.origin + METHOD, { waitUntil: "networkidle" });
  await page.getByRole("button", { name: "Copy page as Markdown" }).click();
  await page.getByText("Copied", { exact: true }).waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(copied, await (await fetch(`${site.origin}${METHOD}.md`)).text());
  await page.context().close();
});

test("printed, folded parts are open and nothing is left of the chrome", async () => {
  const { page } = await openPage(browser);
  await page.goto(site.origin + METHOD, { waitUntil: "networkidle" });
  const folded = page.locator(".reading details:not([open]) dt").first();
  assert.equal(
    await folded.evaluate((field) => field.checkVisibility({ contentVisibilityAuto: true })),
    false,
  );
  await page.emulateMedia({ media: "print" });
  assert.ok(
    await folded.evaluate((field) => field.checkVisibility({ contentVisibilityAuto: true })),
    "unfolded",
  );
  for (const name of ["Search", "Copy page as Markdown"]) {
    assert.equal(await page.getByRole("button", { name }).isVisible(), false, name);
  }
  assert.equal(await page.getByRole("navigation", { name: "On this page" }).isVisible(), false);
  await page.context().close();
});
