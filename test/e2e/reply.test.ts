import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, beforeEach, test } from "node:test";
import { fromBinary } from "@bufbuild/protobuf";
import type { Browser, Page } from "playwright-core";
import { CipherBoxSchema } from "../../gen/auctioneerrpc/hashmail_pb.ts";
import { temporaryFolder } from "../server/support/playground.ts";
import { seriousViolations } from "../support/axe.ts";
import { fillRequest, launchBrowser, openPage } from "../support/browser.ts";
import { longestTask } from "../support/main-thread.ts";
import { manyOrders } from "../support/peer/orders.ts";
import { type Peer, startPeer } from "../support/peer/start-peer.ts";
import { type RunningSite, startSite } from "../support/start-site.ts";
import { assertWithin, until } from "../support/until.ts";

const ORDERS = 10_000;
const MESSAGES = 100_000;

let folder: ReturnType<typeof temporaryFolder>;
let peer: Peer;
let site: RunningSite;
let browser: Browser;
let page: Page;
let complaints: string[];
before(async () => {
  folder = temporaryFolder();
  peer = await startPeer({ dir: folder.path });
  site = await startSite({
    args: [
      ...["--poold", `localhost:${peer.port}`, "--auctioneer", `localhost:${peer.auctioneerPort}`],
      ...["--tlscert", peer.tlsCertPath, "--macaroon", peer.macaroonPath, "--network", "regtest"],
    ],
  });
  browser = await launchBrowser();
  ({ page, complaints } = await openPage(browser));
  // tsx compiles named functions to calls of this helper, which a page does not have.
  await page.addInitScript("globalThis.__name = (named) => named");
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(site.url);
  await page.getByText(/^block [\d,]+$/).waitFor();
});
after(async () => {
  await browser.close();
  await site.stop();
  await peer.stop();
  folder[Symbol.dispose]();
});
beforeEach(() => {
  complaints.length = 0;
});

const result = () => page.getByRole("region", { name: "Result" });
const panel = () => result().getByRole("tabpanel");
const tab = (name: string) => result().getByRole("tab", { name, exact: true });
const runButton = () => page.locator("button:enabled", { hasText: /^Run/ });

/** Opens a method's page, with what is wished for from the peer as metadata. */
async function openMethod(path: string, wishes: Readonly<Record<string, string>> = {}): Promise<void> {
  await page.goto(`${site.origin}/reference/${path}`);
  await runButton().waitFor();
  if (Object.keys(wishes).length === 0) return;
  await page.getByText("Options", { exact: true }).click();
  for (const [index, [name, value]] of Object.entries(wishes).entries()) {
    await page.getByRole("button", { name: "Add a row" }).click();
    await page.getByLabel(`Name of metadata row ${index + 1}`).fill(name);
    await page.getByLabel(`Value of metadata row ${index + 1}`).fill(value);
  }
}

async function run(): Promise<void> {
  await runButton().click();
  await page.locator('[aria-label="Result"][data-phase="ended"]').waitFor({ timeout: 60_000 });
}

/** Presses what saves a file, and gives the file. */
async function saved(press: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent("download"), press()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

async function save(entry: string | RegExp): Promise<{ name: string; bytes: Buffer }> {
  await panel().getByRole("button", { name: "Save the reply" }).click();
  return saved(() => page.getByRole("menuitem", { name: entry }).click());
}

test("the views of a reply are reached by keyboard, and the tree has values with their units", {
  timeout: 240_000,
}, async () => {
  await openMethod("poolrpc.Trader/ListOrders");
  await run();
  await tab("Reply").focus();
  const names = ["Tree", "Table", "Chart", "Wire", "Diff", "Headers", "Trailers", "Timing", "Reply"];
  for (const name of names) {
    await page.keyboard.press("ArrowRight");
    assert.equal(await tab(name).getAttribute("aria-selected"), "true", `${name} is selected`);
    assert.equal(await tab(name).evaluate((each) => each === document.activeElement), true);
  }
  await tab("Tree").click();
  const tree = panel().getByRole("tree");
  await tree.focus();
  await page.keyboard.press("Home");
  await tree.getByRole("treeitem", { name: /^▾?\s*bids/ }).waitFor();
  const row = (text: RegExp) => tree.getByRole("treeitem").filter({ hasText: text });
  await row(/^amt|amt2000000/).waitFor();
  assert.match(await row(/amt2000000/).innerText(), /uint64 · sat\s*0\.02 BTC/);
  const path = () => panel().locator("code").innerText();
  for (let at = await path(); at !== "bids[0].details.amt"; ) {
    await page.keyboard.press("ArrowDown");
    const before = at;
    at = await until(path, (now) => now !== before);
  }
  await panel().getByRole("button", { name: "Copy value" }).click();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "2000000");
  await panel().getByRole("button", { name: "Copy path" }).click();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "bids[0].details.amt");
  await panel().getByRole("searchbox").fill("nonce");
  await tree.getByText("bids[0].details.order_nonce").waitFor();
  await panel().getByText("1 value", { exact: true }).waitFor();
  assert.deepEqual(complaints, []);
});

test("every view is sound for axe, in both themes", { timeout: 240_000 }, async () => {
  for (const theme of ["light", "dark"]) {
    await openMethod("poolrpc.Trader/ListOrders");
    await page.evaluate((each) => document.documentElement.setAttribute("data-theme", each), theme);
    await run();
    for (const name of ["Reply", "Tree", "Table", "Chart", "Wire", "Diff", "Timing"]) {
      await tab(name).click();
      await panel().locator("section, [role=tree], svg, p, dl").first().waitFor();
      assert.deepEqual(await seriousViolations(page), [], `${name} in ${theme}`);
    }
  }
});

test("ten thousand orders: the first screen is there at once, all of it can be searched, sorted, drawn and saved", {
  timeout: 240_000,
}, async (t) => {
  const wire = manyOrders(ORDERS);
  await openMethod("poolrpc.Trader/ListOrders", { "x-peer-orders": String(ORDERS) });

  // How soon is measured by `npm run bench -- orders`.
  await t.test("the first screen stands, and no task holds the page up for 50 ms", async () => {
    await run();
    await assertWithin(50, () =>
      longestTask(browser, page, async () => {
        await run();
        await panel().getByText('"trader_key"').first().waitFor();
      }),
    );
  });

  await t.test("a search finds every order, and goes from one to the next", async () => {
    const find = panel().getByRole("searchbox", { name: "Find in the reply" });
    await panel().getByRole("region", { name: "Reply message" }).focus();
    await page.keyboard.press("Control+f");
    await page.keyboard.type('"ORDER_NONCE"');
    const found = panel().getByLabel("Places found");
    await until(
      () => found.innerText(),
      (text) => text === "1 of 10,000",
    );
    await find.press("Enter");
    await until(
      () => found.innerText(),
      (text) => text === "2 of 10,000",
    );
    await find.press("Shift+Enter");
    await find.press("Shift+Enter");
    await until(
      () => found.innerText(),
      (text) => text === "10,000 of 10,000",
    );
    assert.equal(await panel().locator("mark").last().isVisible(), true);
    await find.press("Escape");
    assert.equal(await find.inputValue(), "");
  });

  await t.test("scrolling from end to end never holds the page up", async () => {
    const box = panel().getByRole("region", { name: "Reply message" });
    const scroll = async () => {
      for (let part = 0; part <= 20; part++) {
        await box.evaluate((element, at) => {
          element.scrollTop = (element.scrollHeight * at) / 20;
        }, part);
        await page.evaluate(() => new Promise(requestAnimationFrame));
      }
    };
    await assertWithin(50, () => longestTask(browser, page, scroll));
    await box.getByText('"bids"').or(box.getByText("]").last()).first().waitFor();
  });

  await t.test("what is saved is what came", async () => {
    const json = await save(/^JSON/);
    assert.equal(json.name, "ListOrders.json");
    const { asks, bids } = JSON.parse(json.bytes.toString()) as Record<
      string,
      { details: { amt: string } }[]
    >;
    const amounts = Array.from({ length: ORDERS / 2 }, (_, index) => `${(index + 1) * 100_000}`);
    assert.deepEqual(
      asks?.map(({ details }) => details.amt),
      amounts,
    );
    assert.deepEqual(
      bids?.map(({ details }) => details.amt),
      amounts,
    );
    const bytes = await save(/^Bytes/);
    assert.equal(bytes.name, "ListOrders.bin");
    assert.ok(bytes.bytes.equals(wire), "the bytes are those of the peer");
  });

  await t.test("the table is sorted to the last digit, filtered, and saved as it is shown", async () => {
    await tab("Table").click();
    await panel().getByText("5,000 rows", { exact: true }).waitFor();
    const head = panel().getByRole("columnheader", { name: /details\.\u200b?amt/ });
    const amounts = async () => {
      const at = await head.evaluate((cell: HTMLTableCellElement) => cell.cellIndex);
      return panel()
        .locator(`tbody tr[aria-rowindex] td:nth-child(${at + 1})`)
        .allInnerTexts();
    };
    await head.getByRole("button").click();
    await head.getByRole("button").click();
    assert.equal(await head.getAttribute("aria-sort"), "descending");
    await until(amounts, ([first]) => first === "500000000");
    await panel().getByRole("searchbox").fill("49990000");
    await panel().getByText("1 of 5,000 rows").waitFor();
    const csv = await saved(() => panel().getByRole("button", { name: "Save as CSV" }).click());
    assert.equal(csv.name, "ListOrders-asks.csv");
    const lines = csv.bytes.toString().trim().split("\r\n");
    assert.equal(lines.length, 2);
    assert.match(lines[1] ?? "", /,499900000,/);
  });

  await t.test("the chart is drawn from both lists, and its points can be read", async () => {
    await tab("Chart").click();
    const chart = panel().getByRole("img");
    await chart.waitFor();
    assert.match((await chart.getAttribute("aria-label")) ?? "", /5000 values of asks, 5000 values of bids/);
    assert.ok((await chart.locator("rect").count()) >= 180, "a bar for each rate of each list");
    const slider = panel().getByRole("slider", { name: "Point" });
    const before = await slider.getAttribute("aria-valuetext");
    await slider.press("End");
    assert.match(before ?? "", /details\.rate_fixed 400 ppb per block, details\.amt [\d,]+ sat/);
    assert.notEqual(await slider.getAttribute("aria-valuetext"), before);
    await panel().getByRole("combobox", { name: /^As/ }).selectOption("steps");
    await panel().locator("svg path").first().waitFor();
  });

  await t.test("the bytes are named", async () => {
    await tab("Wire").click();
    const tree = panel().getByRole("tree", { name: "Bytes of the reply" });
    await tree.getByText("1: asks").first().waitFor();
    await panel().getByRole("button", { name: "Request", exact: true }).click();
    await panel().getByText("1: verbose").waitFor();
  });
  assert.deepEqual(complaints, []);
});

test("a stream of a hundred thousand messages: none is lost, and the page never stands still", {
  timeout: 240_000,
}, async (t) => {
  await openMethod("poolrpc.HashMail/RecvStream", { "x-peer-messages": String(MESSAGES) });
  await page.locator("[data-editor]").first().hover();

  await t.test("no task holds the page up for 50 ms", async () => {
    await run();
    await assertWithin(50, () =>
      longestTask(browser, page, async () => {
        await run();
        await result().getByText("100,000 messages").waitFor();
      }),
    );
  });

  await t.test("the end is in sight, and any message can be gone to", async () => {
    await panel()
      .getByText(/^\/\/ 100000 ·/)
      .waitFor();
    await panel()
      .getByLabel(/^Number of a message/)
      .fill("50000");
    await panel().getByRole("button", { name: "Go to" }).click();
    await panel()
      .getByText(/^\/\/ 50000 ·/)
      .waitFor();
    const index = Buffer.from("49999").toString("hex");
    await panel().getByText(`"msg": "${index}`).or(panel().getByText(index)).first().waitFor();
    assert.equal(await panel().getByRole("button", { name: "Follow" }).getAttribute("aria-pressed"), "false");
    await panel().getByRole("button", { name: "Follow" }).click();
    await panel()
      .getByText(/^\/\/ 100000 ·/)
      .waitFor();
  });

  await t.test("all are there, in order", async () => {
    const { bytes } = await save(/^Bytes/);
    let at = 0;
    let expected = 0;
    while (at < bytes.length) {
      const length = bytes.readUInt32BE(at + 1);
      const { msg } = fromBinary(CipherBoxSchema, bytes.subarray(at + 5, at + 5 + length));
      assert.equal(Number(Buffer.from(msg).toString()), expected++);
      at += 5 + length;
    }
    assert.equal(expected, MESSAGES);
  });
  assert.deepEqual(complaints, []);
});

test("a cancel reaches the daemon at once, also in the middle of a flood", { timeout: 240_000 }, async () => {
  await openMethod("poolrpc.HashMail/RecvStream", { "x-peer-messages": "100000000" });
  const before = peer.calls.length;
  await assertWithin(50, async () => {
    await runButton().click();
    await page.getByRole("button", { name: "Cancel" }).waitFor();
    await panel()
      .getByText(/^\/\/ \d+ ·/)
      .first()
      .waitFor();
    const pressed = await page.getByRole("button", { name: "Cancel" }).evaluate((button: HTMLElement) => {
      button.click();
      return Date.now();
    });
    const call = await peer.waitFor(({ id, cancelled }) => id > before && cancelled);
    await result().getByText("CANCELLED", { exact: true }).waitFor();
    const cancelled = peer.calls.filter(({ id }) => id > before).at(-1) ?? call;
    await until(() => cancelled.endedAt !== null);
    return (cancelled.endedAt ?? 0) - pressed;
  });
  assert.deepEqual(complaints, []);
});

test("what changed since the last reply stands in the diff", { timeout: 240_000 }, async () => {
  await openMethod("poolrpc.Trader/QuoteAccount");
  await fillRequest(page, `{ "account_value": 1000000, "conf_target": 6 }`);
  await run();
  await tab("Diff").click();
  await panel()
    .getByText(/Nothing to compare with yet/)
    .waitFor();
  await run();
  await panel().getByText("The same, to the last line.").waitFor();
  await fillRequest(page, `{ "account_value": 1000000, "conf_target": 2 }`);
  await run();
  await panel().getByText("2 lines changed").waitFor();
  const text = await panel().getByRole("region", { name: "Changes" }).innerText();
  assert.match(text, /was\s*"miner_fee_rate_sat_per_kw": "4253"/);
  assert.match(text, /is now\s*"miner_fee_rate_sat_per_kw": "12253"/);
  assert.deepEqual(complaints, []);
});

test("an error says what its status means, and what the daemon attached to it", {
  timeout: 240_000,
}, async () => {
  await openMethod("poolrpc.Trader/GetInfo", {
    "x-peer-error": "9",
    "x-peer-error-message": "not now",
    "x-peer-error-details": "two orders are open",
    "x-peer-error-field": "account_value",
    // A type that GetInfo itself does not know.
    "x-peer-error-order": "no such market",
  });
  await run();
  await result().getByText("FAILED_PRECONDITION", { exact: true }).waitFor();
  await panel().getByText("not now", { exact: true }).waitFor();
  await panel()
    .getByText(/not in the state that this needs/)
    .waitFor();
  const details = panel().getByLabel("Details of the error");
  await details.getByText("google.rpc.BadRequest").waitFor();
  await details.getByText('"field": "account_value"').waitFor();
  await details.getByText("two orders are open").waitFor();
  await details.getByText('"fail_string": "no such market"').waitFor();
  assert.deepEqual(complaints, []);
});

test("timing says when what came, and how much", { timeout: 240_000 }, async () => {
  await openMethod("poolrpc.HashMail/RecvStream", { "x-peer-messages": "20", "x-peer-delay-ms": "120" });
  await run();
  await tab("Timing").click();
  const rows = await panel().locator("dl > div").allInnerTexts();
  const value = (name: string) =>
    rows
      .find((row) => row.startsWith(name))
      ?.slice(name.length)
      .trim() ?? "";
  assert.match(value("Whole call"), /^(1[2-9]\d|[2-9]\d\d) ms$/);
  assert.match(value("Received"), /^20 messages, \d+ B, \d+ B each$/);
  assert.match(value("Sent"), /^1 message, \d+ B$/);
  assert.match(value("Connecting to the daemon"), /ms$|^was open$/);
  assert.deepEqual(complaints, []);
});
