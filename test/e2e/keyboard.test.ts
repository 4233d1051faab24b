import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage, PHONE } from "../support/browser.ts";
import { expectFocus, tabTo } from "../support/keys.ts";
import { browser, site } from "../support/site-in-browser.ts";
import { until } from "../support/until.ts";

test("THREATS 20: the whole site by keyboard alone", async () => {
  const { page, complaints } = await openPage(browser);
  await page.goto(site.origin);
  await page.getByText(/^block [\d,]+$/).waitFor();

  // Past the chrome to the text.
  await page.keyboard.press("Tab");
  await expectFocus(page, page.getByRole("link", { name: "Skip to content" }));
  await page.keyboard.press("Enter");
  await until(
    () => page.evaluate(() => document.activeElement?.id),
    (id) => id === "main",
  );

  // To a message by the palette, and into what its fields are made of.
  await page.keyboard.press("/");
  await page.keyboard.type("poolrpc.Order");
  await until(
    () => page.locator('dialog [role="option"]').first().innerText(),
    (text) => /^message\s+Order/.test(text),
  );
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Order", exact: true }).waitFor();
  const fold = page.locator("main details > summary").first();
  await tabTo(page, fold);
  await page.keyboard.press("Enter");
  assert.ok(
    await fold.evaluate((summary) => (summary.parentElement as HTMLDetailsElement).open),
    "it unfolds",
  );

  // By the table of contents to a place, and by a link of the text to another page.
  await tabTo(
    page,
    page.getByRole("navigation", { name: "On this page" }).getByRole("link", { name: "Used by" }),
  );
  await page.keyboard.press("Enter");
  await page.waitForURL(/#used-by$/);

  // To a method by the navigation.
  const link = page.locator("#navigation").getByRole("link", { name: "ListAccounts", exact: true });
  await page.goto(`${site.origin}/reference/enums`);
  await tabTo(page, link);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "ListAccounts" }).waitFor();

  // Into the editor, run, and out of it again.
  const editor = page.getByRole("textbox", { name: /^Request of / }).first();
  await tabTo(page, editor);
  await page.keyboard.press("Control+Enter");
  const result = page.getByRole("region", { name: "Result" });
  await result.getByText("OK", { exact: true }).waitFor();
  await page.keyboard.press("Escape");
  await until(
    () => page.evaluate(() => document.activeElement?.closest(".monaco-editor, textarea") === null),
    Boolean,
  );

  // Through the forms of the reply.
  const tab = result.getByRole("tab").first();
  await tabTo(page, tab);
  await page.keyboard.press("ArrowRight");
  await expectFocus(page, result.getByRole("tab").nth(1));
  await page.keyboard.press("Enter");
  assert.equal(await result.getByRole("tab").nth(1).getAttribute("aria-selected"), "true");

  // The theme, and the keys themselves.
  await page.goto(`${site.origin}/reference/enums`);
  const theme = page.getByRole("button", { name: /^Theme:/ });
  await tabTo(page, theme);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: /^Theme: light/ }).waitFor();
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Keys" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog", { name: "Keys" }).waitFor({ state: "hidden" });
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("the drawer of a phone by keyboard: open, go, and back to its button", async () => {
  const { page } = await openPage(browser, { viewport: PHONE });
  await page.goto(`${site.origin}/reference/poolrpc.Trader/GetInfo`);
  const button = page.getByRole("button", { name: "Navigation" });
  await tabTo(page, button);
  await page.keyboard.press("Enter");
  const drawer = page.getByRole("navigation", { name: "Pages" });
  await until(() => drawer.evaluate((nav) => nav.contains(document.activeElement)), Boolean);
  await page.keyboard.press("Escape");
  await drawer.waitFor({ state: "hidden" });
  await expectFocus(page, button);
  await page.keyboard.press("Enter");
  await tabTo(page, drawer.getByRole("link", { name: "GetLsatTokens" }));
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "GetLsatTokens" }).waitFor();
  await page.context().close();
});
