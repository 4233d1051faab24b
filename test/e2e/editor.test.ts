import assert from "node:assert/strict";
import { test } from "node:test";
import type { Locator, Page, Route } from "playwright-core";
import { fillRequest, openPage } from "../support/browser.ts";
import { browser, site } from "../support/site-in-browser.ts";
import { until } from "../support/until.ts";

const QUOTE = "/reference/poolrpc.Trader/QuoteAccount";

test("without Monaco the text area is the editor: it checks, fixes and runs", async () => {
  const { page } = await openPage(browser);
  await routeMonaco(page, (route) => route.abort());
  await openMethod(page, QUOTE);
  const area = textArea(page);
  const refused = page.waitForEvent("requestfailed");
  await area.fill(`{ "account_valu": 1000000, "conf_target": 6 }`);
  await page.locator('[data-language="ready"]').waitFor();
  await refused;
  const problems = page.getByRole("status", { name: "Problems of the request" });
  await problems.getByText(/has no field "account_valu"/).waitFor();
  await problems
    .getByRole("button", { name: /account_value/, exact: false })
    .last()
    .click();
  assert.equal(await area.inputValue(), `{ "account_value": 1000000, "conf_target": 6 }`);
  await problems.getByRole("listitem").waitFor({ state: "detached" });
  await area.press("Control+Enter");
  await seeReply(page, /miner_fee_total/);
  await area.press("Escape");
  assert.equal(await isEditing(page), false);
  assert.equal(await page.locator('[data-editor="text"]').count(), 1);
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await page.context().close();
});

test("Monaco takes over with the text, the caret and the focus; what is typed then can be undone", async () => {
  const { page, complaints } = await openPage(browser);
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await routeMonaco(page, (route) => released.then(() => route.continue()));
  await openMethod(page, QUOTE);
  const area = textArea(page);
  await area.fill(`{ "account_value": 25000, "conf_target": 6 }`);
  await area.evaluate((element: HTMLTextAreaElement) => {
    const at = element.value.indexOf("5000");
    element.setSelectionRange(at, at);
  });
  await page.keyboard.type("1");
  assert.equal(await page.locator('[data-editor="text"]').count(), 1);
  release();
  await monaco(page).waitFor();
  await page.keyboard.type("7");
  await seeText(page, `{ "account_value": 2175000, "conf_target": 6 }`);
  await page.keyboard.press("Control+z");
  await seeText(page, `{ "account_value": 215000, "conf_target": 6 }`);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("Monaco helps to write a request", async (t) => {
  const { page, complaints } = await openPage(browser);
  await openMethod(page, QUOTE);
  const suggestions = page.locator(".suggest-widget.visible");

  await t.test("the popup lists the fields, and one that is chosen is written", async () => {
    await fillRequest(page, "{  }");
    await page.locator('[data-language="ready"]').waitFor();
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Control+Space");
    for (const field of ["account_value", "conf_target"]) {
      await suggestions.getByText(field, { exact: true }).waitFor();
    }
    await page.keyboard.type("account");
    await suggestions.getByText("conf_target", { exact: true }).waitFor({ state: "detached" });
    await page.keyboard.press("Enter");
    await seeText(page, /^\{ +"account_value": "?\d*"? *\}$/);
  });

  await t.test("what is typed fast is kept, in order", async () => {
    await fillRequest(page, "");
    const comment = `// ${"the quick brown fox jumps over the lazy dog ".repeat(4)}`;
    await page.keyboard.type(comment);
    await seeText(page, comment);
  });

  await t.test("Escape closes the popup, then leaves the editor", async () => {
    await fillRequest(page, "{  }");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Control+Space");
    await suggestions.waitFor();
    await page.keyboard.press("Escape");
    await suggestions.waitFor({ state: "hidden" });
    assert.equal(await isEditing(page), true);
    await page.keyboard.press("Escape");
    assert.equal(await isEditing(page), false);
  });

  await t.test("hovering over a field shows its documentation and unit", async () => {
    await fillRequest(page, `{ "account_value": 100000, "conf_target": 6 }`);
    await seeText(page, `{ "account_value": 100000, "conf_target": 6 }`);
    const name = await page.locator(".view-line").getByText('"account_value"', { exact: true }).boundingBox();
    assert.ok(name !== null, "name !== null");
    const unit = page.locator(".monaco-hover:visible").getByText(/Unit: sat/);
    let seen = false;
    // A hand on a mouse moves more than once.
    for (let x = name.x + 5; x < name.x + name.width && !seen; x += 5) {
      await page.mouse.move(x, name.y + name.height / 2);
      seen = await unit.waitFor({ timeout: 1500 }).then(
        () => true,
        () => false,
      );
    }
    assert.ok(seen, "seen");
  });

  await t.test("a field that is not there is marked, and its fix is one press", async () => {
    await fillRequest(page, `{ "account_value": 100000, "conf_targt": 6 }`);
    await page.locator(".squiggly-error").waitFor();
    await page
      .getByRole("status", { name: "Problems of the request" })
      .getByRole("button", { name: /conf_target/ })
      .last()
      .click();
    await seeText(page, `{ "account_value": 100000, "conf_target": 6 }`);
    await page.locator(".squiggly-error").waitFor({ state: "detached" });
  });

  await t.test("Ctrl and Enter run, and write nothing into the text", async () => {
    await page.keyboard.press("Control+Enter");
    await seeReply(page, /miner_fee_total/);
    await seeText(page, `{ "account_value": 100000, "conf_target": 6 }`);
  });

  await t.test("a change of theme reaches the open editor", async () => {
    const toggle = page.getByRole("button", { name: /^Theme: / });
    const colours: string[] = [];
    for (const theme of ["light", "dark"]) {
      await toggle.click();
      await page.locator(`html[data-theme="${theme}"]`).waitFor();
      colours.push(await backgroundOf(page));
    }
    assert.notEqual(colours[0], colours[1]);
    await toggle.click();
  });

  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("on a Mac it is Cmd and Enter, in the text area and in Monaco", async () => {
  const userAgent =
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/140.0 Safari/537.36";
  const { page } = await openPage(browser, { userAgent });
  await openMethod(page, QUOTE);
  await textArea(page).press("Meta+Enter");
  await seeReply(page, /miner_fee_total/);
  await monaco(page).waitFor();
  await page.keyboard.press("Meta+a");
  await page.keyboard.insertText(`{ "account_value": 1, "conf_target": 6 }`);
  await page.keyboard.press("Meta+Enter");
  await seeReply(page, /account value/);
  await page.context().close();
});

test("bytes in hex become base64 in the text, and stay the same on the wire", async () => {
  const { page, complaints } = await openPage(browser);
  await openMethod(page, "/reference/poolrpc.Trader/BatchSnapshot");
  const hex = "028193835299d55fba424d1f9c27de809a33b2edf34c345527c4526963700b13e0";
  await fillRequest(page, `{ "batch_id": "${hex}" } // kept`);
  await page.locator('[data-language="ready"]').waitFor();
  const sent: Buffer[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/rpc/")) sent.push(request.postDataBuffer() ?? Buffer.alloc(0));
  });
  await page.keyboard.press("Control+Enter");
  await seeReply(page, new RegExp(hex));
  await page.getByLabel("bytes:").selectOption("base64");
  const base64 = Buffer.from(hex, "hex").toString("base64");
  await seeText(page, `{ "batch_id": "${base64}" } // kept`);
  await page.getByRole("button", { name: /^Run/ }).click();
  await seeReply(page, new RegExp(base64.replaceAll("+", "\\+")));
  assert.equal(sent.length, 2);
  assert.ok(sent[0]?.includes(Buffer.from(hex, "hex")), "the bytes are on the wire");
  assert.deepEqual(sent[1], sent[0]);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

/** Opens a method's page and waits until it can run. */
async function openMethod(page: Page, path: string): Promise<void> {
  await page.goto(site.origin + path);
  await page.locator("button:enabled", { hasText: /^Run/ }).waitFor();
}

/** Has the chunks that Monaco itself is in answered by `answer`. */
async function routeMonaco(page: Page, answer: (route: Route) => Promise<void>): Promise<void> {
  await page.route("**/_next/static/chunks/*.js", async (route) => {
    const response = await route.fetch();
    if ((await response.text()).includes("monaco-scrollable-element")) await answer(route);
    else await route.fulfill({ response });
  });
}

/** The request's own text area: it holds the text also when Monaco covers it. */
function textArea(page: Page): Locator {
  return page.locator('[data-editor] textarea[id$="-editor"]');
}

function monaco(page: Page): Locator {
  return page.locator('[data-editor="monaco"]');
}

/** Waits until the request's text is this one. */
async function seeText(page: Page, wanted: string | RegExp): Promise<void> {
  await waitForText(() => textArea(page).inputValue(), wanted);
}

/** Waits until the run has ended and its reply shows this. */
async function seeReply(page: Page, wanted: RegExp): Promise<void> {
  await page.locator('[aria-label="Result"][data-phase="ended"]').waitFor();
  await waitForText(() => page.getByRole("tabpanel").innerText(), wanted);
}

/** Waits until the text is the wanted one. */
async function waitForText(ask: () => Promise<string>, wanted: string | RegExp): Promise<void> {
  await until(ask, (text) => (typeof wanted === "string" ? text === wanted : wanted.test(text)));
}

/** Whether the focus is in the request's editor. */
function isEditing(page: Page): Promise<boolean> {
  return page.locator("[data-editor]").evaluate((editor) => {
    const frame = editor.firstElementChild;
    return frame?.contains(document.activeElement) ?? false;
  });
}

function backgroundOf(page: Page): Promise<string> {
  return page
    .locator("[data-editor] .monaco-editor-background")
    .first()
    .evaluate((element) => getComputedStyle(element).backgroundColor);
}
