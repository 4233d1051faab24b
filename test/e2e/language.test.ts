import assert from "node:assert/strict";
import { test } from "node:test";
import type { Locator, Page } from "playwright-core";
import { fillRequest, openPage, PHONE } from "../support/browser.ts";
import { browser, site } from "../support/site-in-browser.ts";
import { until } from "../support/until.ts";

const SUBMIT = "/reference/poolrpc.Trader/SubmitOrder";
const ORDER =
  '{"bid": {"lease_duration_blocks": 2016, "details": {"amt": 1000000, "min_units_match": 1, "rate_fixed": 10}}}';

test("the editor speaks the schema: popup, fixes, hints, lenses and pages of types, all by keyboard", async (t) => {
  const { page, complaints } = await openPage(browser);
  await openMethod(page, SUBMIT);

  await t.test("the popup offers a whole message, and what it writes is no hazard", async () => {
    await fillRequest(page, '{"bid": }');
    await page.locator('[data-language="ready"]').waitFor();
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Control+Space");
    const all = page.locator(".suggest-widget.visible").getByText("{ all fields }", { exact: true });
    await all.waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await seeText(page, /"details": \{\s+"trader_key": "",[\s\S]*"lease_duration_blocks": 0/);
    await page.locator(".squiggly-error, .squiggly-warning").waitFor({ state: "detached" });
  });

  await t.test("a crash that is known is warned of, and Ctrl and full stop mend it", async () => {
    await fillRequest(page, '{"bid": {}}');
    await page.locator(".squiggly-warning").waitFor();
    await page
      .getByRole("status", { name: "Problems of the request" })
      .getByText(/daemon crashes/)
      .waitFor();
    await page.keyboard.press("Home");
    for (let step = 0; step < 3; step++) await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Control+.");
    await page.locator(".action-widget").getByText("Add details").waitFor();
    await page.keyboard.press("Enter");
    await seeText(page, /^\{"bid": \{\s+"details": \{\s+"trader_key": ""/);
    await page.locator(".squiggly-warning").waitFor({ state: "detached" });
  });

  await t.test("values say what they are in other words", async () => {
    await fillRequest(page, ORDER);
    for (const words of ["14 days", "0.01 BTC · 10 units", "% over 2,016 blocks"])
      await hint(page, words).waitFor();
    await seeText(page, ORDER);
  });

  await t.test(
    "the calculator opens by key, writes what is typed, and Escape goes back to the text",
    async () => {
      await page.keyboard.press("End");
      for (let step = 0; step < 4; step++) await page.keyboard.press("ArrowLeft");
      await page.keyboard.press("Alt+l");
      const calculator = page.getByRole("region", { name: "The value in other words" });
      const first = calculator.getByLabel(/^ppb per block/);
      await first.waitFor();
      await until(
        () => first.evaluate((input) => input === document.activeElement),
        (focused) => focused,
      );
      await page.keyboard.press("Tab");
      await page.keyboard.press("Control+A");
      await page.keyboard.type("1");
      await seeText(page, ORDER.replace('"rate_fixed": 10', '"rate_fixed": 4960'));
      await calculator.getByRole("status").getByText("The nearest there is: 4,960.").waitFor();
      assert.equal(await first.inputValue(), "4960");
      assert.equal(await calculator.getByLabel(/sat premium/).inputValue(), "9999");
      await hint(page, "0.9999 % over 2,016 blocks").waitFor();
      await page.keyboard.press("Escape");
      await calculator.waitFor({ state: "detached" });
      assert.equal(await isEditing(page), true);
      await page.keyboard.press("Control+z");
      await seeText(page, ORDER);
      await page.keyboard.press("Escape");
      assert.equal(await isEditing(page), false);
    },
  );

  await t.test("bytes are written with another lens: the text changes and the wire does not", async () => {
    await fillRequest(page, '{"bid": {"details": {"trader_key": "text:hello"}}}');
    await hint(page, "→ 5 bytes 68656c6c6f").waitFor();
    for (let step = 0; step < 5; step++) await page.keyboard.press("ArrowLeft");
    const written = page.getByLabel("written as");
    await written.selectOption("base64");
    await seeText(page, '{"bid": {"details": {"trader_key": "base64:aGVsbG8="}}}');
    await hint(page, "→ 5 bytes 68656c6c6f").waitFor();
    await written.selectOption("hex");
    await seeText(page, '{"bid": {"details": {"trader_key": "68656c6c6f"}}}');
    await hint(page, "→ 5 bytes").waitFor({ state: "detached" });
  });

  await t.test("Format lays the request out in one undoable step", async () => {
    await page.getByRole("button", { name: "Format" }).click();
    await seeText(page, /^\{\n {2}"bid": \{\n {4}"details": \{\n {6}"trader_key": "68656c6c6f"\n/);
    await page.locator(".view-lines").first().click();
    await page.keyboard.press("Control+z");
    await seeText(page, '{"bid": {"details": {"trader_key": "68656c6c6f"}}}');
    await page.keyboard.press("Shift+Alt+f");
    await seeText(page, /^\{\n {2}"bid": \{\n/);
  });

  await t.test("F12 opens the page of the type, and the request is kept", async () => {
    await fillRequest(page, '{"bid": {}}');
    await page.keyboard.press("Home");
    for (let step = 0; step < 3; step++) await page.keyboard.press("ArrowRight");
    await page.keyboard.press("F12");
    await page.waitForURL(/\/reference\/messages\/poolrpc\.Bid$/);
    await page.goBack();
    await page.waitForURL(new RegExp(`${SUBMIT}$`));
    await seeText(page, '{"bid": {}}');
    await page
      .getByRole("textbox", { name: /^Request of / })
      .first()
      .focus();
    const key = page.locator(".monaco-editor .view-line").getByText('"bid"', { exact: true });
    await key.click({ modifiers: ["Control"] });
    await page.waitForURL(/\/reference\/messages\/poolrpc\.Bid$/);
  });

  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("a key that a reply showed is offered where a request wants one, and named where it stands", async () => {
  const { page, complaints } = await openPage(browser);
  await openMethod(page, "/reference/poolrpc.Trader/ListAccounts");
  await page.getByRole("button", { name: /^Run/ }).click();
  await page.locator('[aria-label="Result"][data-phase="ended"]').waitFor();
  await until(
    () => page.evaluate(() => Object.values({ ...sessionStorage }).join("")),
    (kept) => kept.includes("trader_key of account 1"),
  );
  await openMethod(page, SUBMIT);
  await fillRequest(page, '{"bid": {"details": {"trader_key": }}}');
  await page.locator('[data-language="ready"]').waitFor();
  for (let step = 0; step < 3; step++) await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Control+Space");
  const offered = page
    .locator(".suggest-widget.visible")
    .getByText("trader_key of account 1", { exact: true });
  await offered.waitFor();
  await page.keyboard.press("Enter");
  await seeText(page, /^\{"bid": \{"details": \{"trader_key": "0[23][0-9a-f]{64}"\}\}\}$/);
  await hint(page, "account 1").waitFor();
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("on a phone the value at the caret can be typed in other words", async () => {
  const { page, complaints } = await openPage(browser, { viewport: PHONE, hasTouch: true, isMobile: true });
  await openMethod(page, "/reference/poolrpc.Trader/QuoteAccount");
  await fillRequest(page, '{"account_value": 100000}');
  await page.keyboard.press("ArrowLeft");
  const open = page.getByRole("button", { name: "account_value in other words" });
  await open.waitFor();
  const box = await open.boundingBox();
  assert.ok(box !== null && box.height >= 44, `it is ${box?.height} px high`);
  await open.tap();
  await page.getByLabel("BTC", { exact: true }).fill("0.5");
  await seeText(page, '{"account_value": 50000000}');
  await page.getByRole("button", { name: "Close" }).tap();
  assert.deepEqual(complaints, []);
  await page.context().close();
});

/** Opens a method's page and waits until it can run. */
async function openMethod(page: Page, path: string): Promise<void> {
  await page.goto(site.origin + path);
  await page.locator("button:enabled", { hasText: /^Run/ }).waitFor();
}

/** What stands beside a value in Monaco. */
function hint(page: Page, words: string | RegExp): Locator {
  // Monaco draws blanks as ones that do not break.
  const pattern = new RegExp((typeof words === "string" ? words : words.source).replaceAll(" ", "\\s"));
  return page.locator(".request-hint").filter({ hasText: pattern }).first();
}

/** Waits until the request's text is this one. */
async function seeText(page: Page, wanted: string | RegExp): Promise<void> {
  await until(
    () => page.locator('[data-editor] textarea[id$="-editor"]').inputValue(),
    (text) => (typeof wanted === "string" ? text === wanted : wanted.test(text)),
  );
}

/** Whether the focus is in the request's text. */
function isEditing(page: Page): Promise<boolean> {
  return page.locator("[data-editor]").evaluate((editor) => {
    return editor.firstElementChild?.contains(document.activeElement) ?? false;
  });
}
