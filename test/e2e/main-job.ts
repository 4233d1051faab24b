import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import type { Browser, Page } from "playwright-core";
import { fillRequest, openPage } from "../support/browser.ts";
import { until } from "../support/until.ts";

/** What differs between the endpoints that the main job is tested on. */
export interface Endpoint {
  readonly url: string;
  /** What GetInfo shows of this endpoint. */
  readonly version: string;
  readonly height: RegExp;
  /** Whether the endpoint has seen a RecvStream cancelled, read from its own record. */
  sawCancel(): Promise<boolean>;
}

/** The main job in a real browser, step by step. The same for every endpoint. */
export async function testMainJob(t: TestContext, browser: Browser, endpoint: Endpoint): Promise<void> {
  const { page, complaints } = await openPage(browser);
  const origin = new URL(endpoint.url).origin;
  await page.goto(endpoint.url);
  await page.getByRole("status").or(page.getByLabel("State of the endpoint")).first().waitFor();
  await page.getByText(/^block [\d,]+$/).waitFor();

  await t.test("GetInfo shows version and block height", async () => {
    await page.goto(`${origin}/reference/poolrpc.Trader/GetInfo`);
    await page.getByRole("button", { name: /^Run/ }).click();
    await reply(page).getByText("OK", { exact: true }).waitFor();
    const text = await replyText(page);
    assert.ok(text.includes(endpoint.version), `no version ${endpoint.version} in ${text}`);
    assert.match(text, endpoint.height);
  });

  await t.test("a changed QuoteAccount request changes the quote", async () => {
    await page.goto(`${origin}/reference/poolrpc.Trader/QuoteAccount`);
    const fees: string[] = [];
    for (const target of [6, 2]) {
      await fillRequest(page, `{ "account_value": "1000000", "conf_target": ${target} }`);
      await page.keyboard.press("Control+Enter");
      await reply(page).getByText("OK", { exact: true }).waitFor();
      fees.push(
        await until(
          () => replyText(page),
          (text) => /miner_fee_total/.test(text) && !fees.includes(text),
        ),
      );
    }
    assert.notEqual(fees[0], fees[1]);
  });

  await t.test("a bad field is shown before it is run", async () => {
    await fillRequest(page, `{ "account_valu": "1000000" }`);
    await page
      .getByText(/has no field "account_valu"/)
      .first()
      .waitFor();
  });

  await t.test("an integer over 2^53 is sent exactly or refused at its place", async () => {
    await fillRequest(page, `{ "account_value": 18446744073709551616, "conf_target": 6 }`);
    await page
      .getByText(/uint64/)
      .first()
      .waitFor();
    await page.keyboard.press("Control+Enter");
    await reply(page).getByText("INVALID_ARGUMENT", { exact: true }).waitFor();
    assert.match(await reply(page).innerText(), /line 1, column 20/);
  });

  await t.test("RecvStream shows messages one by one, and a cancel reaches the daemon", async () => {
    await page.goto(`${origin}/reference/poolrpc.HashMail/RecvStream`);
    await page.getByRole("button", { name: /^Run/ }).click();
    const counts: number[] = [];
    for (const number of [1, 2, 3]) {
      const text = await until(
        () => replyText(page),
        (text) => text.includes(`// ${number} ·`),
      );
      counts.push(text.match(/^\/\/ \d+ ·/gm)?.length ?? 0);
    }
    assert.ok((counts[0] as number) < (counts[2] as number), `all at once: ${counts}`);
    assert.equal(await endpoint.sawCancel(), false);
    await page.getByRole("button", { name: "Cancel" }).click();
    await reply(page).getByText("CANCELLED", { exact: true }).waitFor();
    await until(endpoint.sawCancel);
  });

  await t.test("SubscribeBatchAuction talks both ways", async () => {
    await page.goto(`${origin}/reference/poolrpc.ChannelAuctioneer/SubscribeBatchAuction`);
    await page.getByRole("button", { name: /^Start/ }).click();
    await page.getByText(/"challenge": \{/).waitFor();
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await page.getByText(/"success": \{/).waitFor();
    await page.getByRole("button", { name: "Cancel" }).click();
    await reply(page).getByText("CANCELLED", { exact: true }).waitFor();
  });

  assert.deepEqual(complaints, []);
  await page.context().close();
}

function reply(page: Page) {
  return page.getByRole("region", { name: "Result" });
}

function replyText(page: Page): Promise<string> {
  return page.getByRole("tabpanel").innerText();
}
