import assert from "node:assert/strict";
import { test } from "node:test";
import type { Locator, Page } from "playwright-core";
import { seriousViolations } from "../support/axe.ts";
import { DESKTOP, fillRequest, openPage, PHONE } from "../support/browser.ts";
import { browser, site } from "../support/site-in-browser.ts";
import { until } from "../support/until.ts";

const SUBMIT = "/reference/poolrpc.Trader/SubmitOrder";

test("an order is built from {} by the form and the keyboard alone, and runs", async () => {
  const { page, complaints } = await openPage(browser);
  await openMethod(page, SUBMIT);
  await fillRequest(page, "{}");
  // Has Tab move on from the editor.
  await page.keyboard.press("Control+m");
  await tabTo(page, page.getByRole("button", { name: "Form", exact: true }), "Shift+Tab");
  await page.keyboard.press("Enter");
  await page.locator('[data-form="ready"]').waitFor();
  await tabTo(page, field(page, "details.none"));
  await page.keyboard.press("ArrowUp");
  await seeText(page, '{\n  "bid": {\n    "details": {}\n  }\n}');
  const key = "039eb695f4d560792e7c94f152f31d8d6d4a224f51226ed8ba20fe898cd7b2d1b8";
  for (const [path, keys] of [
    ["bid.details.trader_key", key],
    ["bid.details.rate_fixed", "4960"],
    ["bid.details.amt", "1000000"],
    ["bid.details.max_batch_fee_rate_sat_per_kw", "12500"],
    ["bid.details.min_units_match", "1"],
    ["bid.details.channel_type", "ORDER_CHANNEL_TYPE_P"],
    ["bid.lease_duration_blocks", "2016"],
    ["bid.version", "5"],
    ["bid.min_node_tier", "TIER_1"],
    ["initiator", "the form"],
  ] as const) {
    await tabTo(page, field(page, path));
    await page.keyboard.type(keys);
  }
  await seeText(
    page,
    `{
  "bid": {
    "details": {
      "trader_key": "${key}",
      "rate_fixed": 4960,
      "amt": 1000000,
      "max_batch_fee_rate_sat_per_kw": 12500,
      "min_units_match": 1,
      "channel_type": "ORDER_CHANNEL_TYPE_PEER_DEPENDENT"
    },
    "lease_duration_blocks": 2016,
    "version": 5,
    "min_node_tier": "TIER_1"
  },
  "initiator": "the form"
}`,
  );
  await page.keyboard.press("Control+Enter");
  await seeReply(page, /accepted_order_nonce/);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("the text changes the form and the form the text, with its comments; caret and focus stay", async () => {
  const { page, complaints } = await openForm(
    SUBMIT,
    '{\n  // mine\n  "initiator": "abc", // who\n}',
    "Both",
  );
  const initiator = field(page, "initiator");
  assert.equal(await initiator.inputValue(), "abc");
  await initiator.focus();
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.type("123");
  assert.equal(await initiator.inputValue(), "ab123c");
  await seeText(page, '{\n  // mine\n  "initiator": "ab123c", // who\n}');
  await fillRequest(page, '{ "initiator": "from the text" }');
  await until(
    () => initiator.inputValue(),
    (value) => value === "from the text",
  );
  await fillRequest(page, '{ "initiator": ');
  await page
    .locator('[data-form="unreadable"]')
    .getByText(/cannot be read as it stands/)
    .waitFor();
  await page.locator('[data-form="unreadable"]').getByRole("button", { name: "Mend it in the text" }).click();
  await fillRequest(page, '{ "initiator": 5 }');
  await page
    .locator('[data-form="ready"] [data-row="initiator"]')
    .getByText(/write it in double quotes/)
    .first()
    .waitFor();
  await page.locator('[data-form="ready"]').getByRole("button", { name: 'Write "5"' }).click();
  await seeText(page, '{ "initiator": "5" }');
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("a number is exact, and keeps its comment while another is typed", async () => {
  const text = '{\n  "account_value": 100000, // sat\n  "conf_target": 6\n}';
  const { page } = await openForm("/reference/poolrpc.Trader/QuoteAccount", text);
  const value = field(page, "account_value");
  await value.focus();
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Delete");
  await seeText(page, text.replace("100000", "null"));
  await page.keyboard.type("9007199254740993");
  await seeText(page, text.replace("100000", "9007199254740993"));
  await page
    .locator('[data-row="account_value"]')
    .getByText(/90,071,992\.54740993 BTC/)
    .waitFor();
  await value.fill("12x");
  await page
    .locator('[data-row="account_value"]')
    .getByText(/12x is no whole number/)
    .waitFor();
  assert.equal(await value.getAttribute("aria-invalid"), "true");
  await value.fill("");
  await field(page, "conf_target").focus();
  await seeText(page, '{\n  "conf_target": 6\n}');
  await page
    .locator('[data-row="account_value"]')
    .getByRole("button", { name: /Convert/ })
    .click();
  await page.getByLabel("BTC", { exact: true }).fill("0.01");
  await seeText(page, '{\n  "account_value": 1000000,\n  "conf_target": 6\n}');
  await page.context().close();
});

test("what another field of a oneof held comes back when it is chosen again", async () => {
  const text =
    '{\n  "bid": {\n    "details": {\n      "amt": 100000 // one unit\n    }\n  }, // side\n  "initiator": "x"\n}';
  const { page } = await openForm(SUBMIT, text);
  await field(page, "details.ask").check();
  await seeText(page, '{\n  "ask": {\n    "details": {}\n  }, // side\n  "initiator": "x"\n}');
  await field(page, "details.bid").check();
  await seeText(page, text);
  await page.locator('[data-row="bid"]').getByRole("button", { name: "Unset bid" }).first().click();
  await seeText(page, '{\n  "initiator": "x"\n}');
  await page.getByRole("button", { name: "Put it back" }).click();
  await seeText(page, text);
  await page.context().close();
});

test("items of a list are added, moved and removed; the focus goes along", async () => {
  const { page } = await openForm(SUBMIT, '{ "bid": { "details": { "allowed_node_ids": [] } } }');
  const list = "bid.details.allowed_node_ids";
  await field(page, list).focus();
  for (const digit of ["02", "03"]) {
    await tabTo(page, field(page, list));
    await page.keyboard.press("Enter");
    await page.keyboard.type(digit.repeat(33));
  }
  const items = (...digits: string[]) =>
    `{ "bid": { "details": { "allowed_node_ids": [${digits.map((digit) => `"${digit.repeat(33)}"`).join(", ")}] } } }`;
  await seeText(page, items("02", "03"));
  await page.getByRole("button", { name: "Move allowed_node_ids 2 up" }).press("Enter");
  await seeText(page, items("03", "02"));
  assert.equal(await focusedName(page), "Move allowed_node_ids 1 down");
  await page.getByRole("button", { name: "Remove allowed_node_ids 1" }).press("Enter");
  await seeText(page, items("02"));
  assert.equal(await focusedName(page), "Remove allowed_node_ids 1");
  await page.context().close();
});

test("entries of a map have keys", async () => {
  const { page } = await openForm(
    "/reference/poolrpc.ChannelAuctioneer/SubscribeBatchAuction",
    '{ "sign": {} }',
  );
  await field(page, "sign.account_sigs").click();
  await page.keyboard.type("02ab");
  await page.keyboard.press("Tab");
  await page.keyboard.type("00ff");
  await seeText(page, '{ "sign": { "account_sigs": { "02ab": "00ff" } } }');
  await page.getByRole("button", { name: "Remove account_sigs 1" }).click();
  await seeText(page, '{ "sign": { "account_sigs": {} } }');
  await page.context().close();
});

test("the first problem is one press away, in whatever is folded", async () => {
  const ids = Array.from({ length: 120 }, (_, index) => (index === 110 ? "zz" : "02".repeat(33)));
  const text = JSON.stringify({ ask: { details: { allowed_node_ids: ids } } });
  const { page } = await openForm(SUBMIT, text);
  await page.getByText("1 problem keeps the request from being sent.").waitFor();
  await page.getByRole("button", { name: "Unset ask" }).waitFor();
  await page.getByRole("button", { name: "ask", exact: true }).press("Enter");
  await page.getByRole("button", { name: "Go to the first" }).press("Enter");
  const input = field(page, "ask.details.allowed_node_ids.110");
  await until(() => input.evaluate((element) => element === document.activeElement));
  await page.keyboard.press("Control+A");
  await page.keyboard.type("03".repeat(33));
  await page.getByText("The request can be sent as it is.").waitFor();
  await page.context().close();
});

test("bytes come from a file, and in other words", async () => {
  const { page } = await openForm("/reference/poolrpc.Trader/BatchSnapshot", "{}");
  const file = (name: string, size: number) => ({ name, mimeType: "", buffer: Buffer.alloc(size, 0xab) });
  await page.getByLabel("File for batch_id").setInputFiles(file("id", 33));
  await seeText(page, `{\n  "batch_id": "${"ab".repeat(33)}"\n}`);
  await page.getByText("id: 33 bytes").waitFor();
  await page.getByLabel("How batch_id is written").selectOption("base64");
  await seeText(page, `{\n  "batch_id": "base64:${Buffer.alloc(33, 0xab).toString("base64")}"\n}`);
  await page.getByLabel("File for batch_id").setInputFiles(file("large", 1024 * 1024 + 1));
  await page.getByText(/large is larger than 1 MiB/).waitFor();
  await page.context().close();
});

test("a value seen in a reply is offered where a field takes it", async () => {
  const { page } = await openForm("/reference/poolrpc.Trader/ListAccounts", "{}");
  await page.keyboard.press("Tab");
  await page.locator("button:enabled", { hasText: /^Run/ }).click();
  await seeReply(page, /trader_key/);
  await page.getByRole("link", { name: "SubmitOrder" }).first().click();
  await page.locator('[data-form="ready"]').waitFor();
  const key = page.locator('[data-row="bid.details.trader_key"]');
  await key.waitFor();
  const offered = key.locator("datalist option").first();
  await offered.waitFor({ state: "attached" });
  assert.match((await offered.getAttribute("label")) ?? "", /trader_key of account 1/);
  assert.match((await offered.getAttribute("value")) ?? "", /^0[23][0-9a-f]{64}$/);
  await page.context().close();
});

test("a date becomes the height of a block", async () => {
  const { page } = await openForm("/reference/poolrpc.Trader/InitAccount", '{ "absolute_height": 1 }');
  const row = page.locator('[data-row="absolute_height"]');
  await row.getByRole("button", { name: /Pick a date/ }).click();
  const inTenDays = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 16);
  await row.locator('input[type="datetime-local"]').fill(inTenDays);
  const live = await page.evaluate(() =>
    fetch("/api/live?profile=sandbox", { headers: { "x-playground": "1" } }).then((response) =>
      response.json(),
    ),
  );
  const height = Number(/"absolute_height": (\d+)/.exec(await textArea(page).inputValue())?.[1]);
  assert.ok(Math.abs(height - Number(live.height) - 1440) <= 5, `${height}, ten days after ${live.height}`);
  await page.context().close();
});

test("nothing of the form is loaded before it is chosen; the choice is remembered", async () => {
  const { page } = await openPage(browser);
  const scripts: Promise<string>[] = [];
  page.on("response", (response) => {
    if (response.url().endsWith(".js")) scripts.push(response.text().catch(() => ""));
  });
  await page.goto(site.origin + SUBMIT, { waitUntil: "networkidle" });
  const inForm = async () =>
    (await Promise.all(scripts)).filter((script) => script.includes("Put it back")).length;
  assert.equal(await inForm(), 0);
  await page.getByRole("button", { name: "Form", exact: true }).click();
  await page.locator('[data-form="ready"]').waitFor();
  assert.ok((await inForm()) > 0, "the form has code of its own");
  await page.goto(`${site.origin}/reference/poolrpc.Trader/QuoteAccount`);
  await page.locator('[data-form="ready"]').waitFor();
  await page.context().close();
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`the open form is sound in ${colorScheme}: axe, and no wider than the page`, async () => {
    for (const viewport of [DESKTOP, PHONE]) {
      const { page, complaints } = await openPage(browser, { colorScheme, viewport });
      await openMethod(page, SUBMIT);
      await fillRequest(
        page,
        '{ "bid": { "details": { "amt": 12, "trader_key": "0", "allowed_node_ids": ["00"] } }, "initiator": 5 }',
      );
      await page.getByRole("button", { name: "Both", exact: true }).click();
      await page.locator('[data-form="ready"]').waitFor();
      await page
        .getByRole("button", { name: /Show all \d+ fields/ })
        .first()
        .click();
      await page
        .locator('[data-row="bid.details.amt"]')
        .getByRole("button", { name: /Convert/ })
        .click();
      assert.deepEqual(await seriousViolations(page), [], `${viewport.width}, ${colorScheme}`);
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(wider <= 0, `${wider} px wider than ${viewport.width}`);
      assert.deepEqual(complaints, []);
      await page.context().close();
    }
  });
}

/** A method's page with the text in its editor and the form beside it or in its place. */
async function openForm(path: string, text: string, view: "Form" | "Both" = "Form") {
  const { page, complaints } = await openPage(browser);
  await openMethod(page, path);
  // Before Monaco is there: it would indent the lines.
  await textArea(page).fill(text);
  await page.getByRole("button", { name: view, exact: true }).click();
  await page.locator('[data-form="ready"]').waitFor();
  return { page, complaints };
}

/** Opens a method's page and waits until it can run. */
async function openMethod(page: Page, path: string): Promise<void> {
  await page.goto(site.origin + path);
  await page.locator("button:enabled", { hasText: /^(Run|Start)/ }).waitFor();
}

/** The control of the field at the path; of a oneof's member: `oneof.member`. */
function field(page: Page, path: string): Locator {
  return page
    .locator(`[data-form] [id$="-${path}"]`)
    .or(page.locator(`[data-form] [id$="-${path.replace(/\.([^.]*)$/, "-$1")}"]`))
    .first();
}

/** Presses Tab until the element has the focus. */
async function tabTo(page: Page, target: Locator, key = "Tab"): Promise<void> {
  for (let presses = 0; presses < 150; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  assert.fail(`${key} does not get to ${target}`);
}

function focusedName(page: Page): Promise<string | null | undefined> {
  return page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
}

/** The request's own text area: it holds the text also where it is not seen. */
function textArea(page: Page): Locator {
  return page.locator('[data-editor] textarea[id$="-editor"]');
}

async function seeText(page: Page, wanted: string): Promise<void> {
  await until(
    () => textArea(page).inputValue(),
    (text) => text === wanted,
  );
}

async function seeReply(page: Page, wanted: RegExp): Promise<void> {
  await page.locator('[aria-label="Result"][data-phase="ended"]').waitFor();
  await until(
    () => page.getByRole("tabpanel").innerText(),
    (text) => wanted.test(text),
  );
}
