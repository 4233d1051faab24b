import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { temporaryFolder } from "../server/support/playground.ts";
import { seriousViolations } from "../support/axe.ts";
import { fillRequest, launchBrowser, openPage } from "../support/browser.ts";
import { type Peer, startPeer } from "../support/peer/start-peer.ts";
import { type RunningSite, startSite } from "../support/start-site.ts";
import { until } from "../support/until.ts";

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
  await page.goto(site.url);
  await page.getByText(/^block [\d,]+$/).waitFor();
});
after(async () => {
  await browser?.close();
  await site?.stop();
  await peer?.stop();
  folder[Symbol.dispose]();
});

const result = () => page.getByRole("region", { name: "Result" });
const editorText = () => page.locator("section textarea").first().inputValue();
const callsOf = (method: string) => peer.calls.filter((call) => call.method === method);

async function addRow(number: number, name: string, value: string): Promise<void> {
  await page.getByRole("button", { name: "Add a row" }).click();
  await page.getByLabel(`Name of metadata row ${number}`).fill(name);
  await page.getByLabel(`Value of metadata row ${number}`).fill(value);
}

test("metadata rows reach the daemon, bytes of hex and of a file too; compression is asked for; they stay with the method", async () => {
  await page.goto(`${site.origin}/reference/poolrpc.Trader/GetInfo`);
  await page.getByText("Options", { exact: true }).click();
  await addRow(1, "X-Request-Id", " 42 ");
  await addRow(2, "trace-bin", "00 01 fe");
  await page.getByText("trace-bin holds bytes: give its value as base64.").waitFor();
  await page.getByLabel("How the bytes of row 2 are written").selectOption("hex");
  await page.getByText("trace-bin holds bytes").waitFor({ state: "detached" });
  await addRow(3, "file-bin", "");
  const file = { name: "bytes", mimeType: "application/octet-stream", buffer: Buffer.from([255, 0, 16]) };
  await page.getByLabel("File for metadata row 3").setInputFiles(file);
  await addRow(4, "not-sent", "x");
  await page.getByLabel("Remove metadata row 4").click();
  await page.getByLabel("Compression to the daemon").selectOption("gzip");
  assert.deepEqual(await seriousViolations(page), []);

  const asked = page.waitForRequest((request) => request.url().includes("/rpc/"));
  await page.getByRole("button", { name: /^Run/ }).click();
  await result().getByText("OK", { exact: true }).waitFor();
  assert.equal((await asked).headers()["x-playground-compression"], "gzip");
  const { metadata } = callsOf("poolrpc.Trader.GetInfo").at(-1) ?? assert.fail("no call");
  assert.deepEqual(metadata.get("x-request-id"), ["42"]);
  assert.deepEqual(metadata.get("trace-bin"), [Buffer.from([0, 1, 254])]);
  assert.deepEqual(metadata.get("file-bin"), [Buffer.from([255, 0, 16])]);
  assert.deepEqual(metadata.get("not-sent"), []);

  await page.locator("#navigation").getByRole("link", { name: "ListAccounts" }).click();
  await page.getByRole("heading", { level: 1, name: "ListAccounts" }).waitFor();
  await page.goBack();
  await page.getByText("3 metadata · gzip").waitFor();
});

test("a deadline ends a call that takes longer, and a wrong one says so before it is made", async () => {
  await page.goto(`${site.origin}/reference/poolrpc.Trader/GetInfo`);
  await page.getByText("Options", { exact: true }).click();
  await addRow(1, "x-peer-hang", "1");
  await page.getByLabel("Deadline in seconds").fill("soon");
  await page.getByText(/deadline: write seconds/).waitFor();
  const before = callsOf("poolrpc.Trader.GetInfo").length;
  await page.getByRole("button", { name: /^Run/ }).click();
  await result().getByText("INVALID_ARGUMENT", { exact: true }).waitFor();
  await page.getByLabel("Deadline in seconds").fill("0.3");
  await page.getByRole("button", { name: /^Run/ }).click();
  await result().getByText("DEADLINE_EXCEEDED", { exact: true }).waitFor();
  assert.ok(callsOf("poolrpc.Trader.GetInfo").length > before, "the call was not made");
});

describe("streams", () => {
  const BATCH = "poolrpc.ChannelAuctioneer.SubscribeBatchAuction";

  test("messages one by one, by keyboard: send, end the sending, connect anew, cancel", async () => {
    await page.goto(`${site.origin}/reference/poolrpc.ChannelAuctioneer/SubscribeBatchAuction`);
    await page
      .getByRole("textbox", { name: /^Request of / })
      .first()
      .focus();
    const first = await editorText();
    await page.keyboard.press("Control+Enter");
    await result().getByText("challenge").first().waitFor();
    await until(editorText, (text) => text.includes('"subscribe"'));
    await page.keyboard.press("Control+Enter");
    await result().getByText("success").first().waitFor();
    await page.keyboard.press("Control+Shift+Enter");
    await result().getByText("OK", { exact: true }).waitFor();
    const [call] = callsOf(BATCH).slice(-1);
    assert.equal(call?.messages.length, 2);

    // The text that now stands in the editor is not what the call is connected anew with.
    await fillRequest(page, '{ "recover": {} }');
    await page.getByRole("button", { name: "Reconnect" }).focus();
    await page.keyboard.press("Enter");
    await result().getByText("challenge").first().waitFor();
    const again = await until(
      () => callsOf(BATCH),
      (calls) => calls.at(-1)?.id !== call?.id && calls.at(-1)?.messages.length === 1,
    );
    assert.deepEqual(again.at(-1)?.messages[0], call?.messages[0]);
    await page.getByText("Recent and saved").click();
    const sent = page.getByRole("region", { name: "Sent in this conversation" });
    await until(
      () => sent.locator("li").count(),
      (count) => count === 3,
    );
    await sent.getByRole("button", { name: "Use message 1 again" }).click();
    assert.equal(await editorText(), first);
    await page.getByRole("heading", { level: 1 }).click();
    await page.keyboard.press("Escape");
    await result().getByText("CANCELLED", { exact: true }).waitFor();
    await until(() => callsOf(BATCH).at(-1)?.cancelled === true);
  });

  test("nothing connects anew by itself", async () => {
    const before = callsOf(BATCH).length;
    await peer.restart();
    await page.getByRole("button", { name: "Reconnect" }).click();
    await result().getByText("challenge").first().waitFor();
    await peer.restart();
    await result().getByText("UNAVAILABLE", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Reconnect" }).waitFor();
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 1_000)));
    assert.equal(callsOf(BATCH).length, before + 1);
  });

  test("a server stream connects anew with the request as it was", async () => {
    await page.goto(`${site.origin}/reference/poolrpc.HashMail/RecvStream`);
    await page.getByRole("button", { name: /^Run/ }).click();
    await result().getByText("1 ·").first().waitFor();
    await page.getByRole("button", { name: "Cancel" }).click();
    await result().getByText("CANCELLED", { exact: true }).waitFor();
    await page.keyboard.press("Control+Shift+Enter");
    await until(() => callsOf("poolrpc.HashMail.RecvStream").length >= 2);
    await page.getByRole("button", { name: "Cancel" }).click();
    await result().getByText("CANCELLED", { exact: true }).waitFor();
  });
});

test("the menu of examples by keyboard: arrows, letters, all fields, empty, reset", async () => {
  await page.goto(`${site.origin}/reference/poolrpc.Trader/SubmitOrder`);
  const original = await editorText();
  const button = page.getByRole("button", { name: "Examples" });
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? "");
  const openMenu = async () => {
    await button.focus();
    await page.keyboard.press("ArrowDown");
    await page.getByRole("menu", { name: "Examples" }).waitFor();
    await until(() =>
      page.evaluate(() => document.activeElement?.getAttribute("role")?.startsWith("menuitem")),
    );
  };
  await openMenu();
  assert.match(await focused(), /Bid: buy inbound liquidity/);
  assert.deepEqual(await seriousViolations(page), []);
  await page.keyboard.press("ArrowDown");
  assert.match(await focused(), /Ask: lend liquidity/);
  await page.keyboard.press("Enter");
  await until(editorText, (text) => text.includes('"ask"'));
  assert.match(await focused(), /Examples/);

  await openMenu();
  await page.keyboard.press("Home");
  for (let press = 0; press < 3; press++) await page.keyboard.press("a");
  await until(focused, (text) => text.includes("All fields"));
  await page.keyboard.press("Enter");
  await until(editorText, (text) => text.includes('"not_allowed_node_ids"'));

  await openMenu();
  await page.keyboard.press("e");
  await page.keyboard.press("Enter");
  await until(editorText, (text) => text === "{}");
  await openMenu();
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await until(editorText, (text) => text.includes('"ask"'));
  await openMenu();
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await until(editorText, (text) => text === original);

  await openMenu();
  await page.keyboard.press("Escape");
  await page.getByRole("menu").waitFor({ state: "detached" });
  assert.match(await focused(), /Examples/);
  assert.deepEqual(complaints, []);
});
