import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { deflateRawSync } from "node:zlib";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { temporaryFolder } from "../server/support/playground.ts";
import { canaryMacaroon } from "../server/support/recording-servers.ts";
import { seriousViolations } from "../support/axe.ts";
import { fillRequest, launchBrowser, openPage, PHONE } from "../support/browser.ts";
import { type Peer, startPeer } from "../support/peer/start-peer.ts";
import { type RunningSite, startSite } from "../support/start-site.ts";
import { until } from "../support/until.ts";

let folder: ReturnType<typeof temporaryFolder>;
let peer: Peer;
let site: RunningSite;
let browser: Browser;
before(async () => {
  folder = temporaryFolder();
  peer = await startPeer({ dir: folder.path });
  // One after the other: a browser that nobody closes would keep the test from ending.
  site = await startSite({
    args: [
      ...["--poold", `localhost:${peer.port}`, "--auctioneer", `localhost:${peer.auctioneerPort}`],
      ...["--tlscert", peer.tlsCertPath, "--macaroon", peer.macaroonPath, "--network", "regtest"],
      ...["--access-token", "a token that opens as often as it is given", "--host", "127.0.0.1"],
    ],
  });
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await site?.stop();
  await peer?.stop();
  folder[Symbol.dispose]();
});

const SUBMIT = "poolrpc.Trader/SubmitOrder";
const QUOTE = "poolrpc.Trader/QuoteAccount";
const QUOTE_TEXT = '{ /* shared */ "account_value": 18446744073709551615 }';

/** A page with a session, and the calls that it makes. */
async function open(options: BrowserContextOptions = {}) {
  const opened = await openPage(browser, options);
  const calls: string[] = [];
  opened.page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith("/rpc/") || pathname.startsWith("/api/confirm")) calls.push(pathname);
  });
  opened.page.on("websocket", (socket) => calls.push(new URL(socket.url()).pathname));
  await opened.page.request.post(`${site.origin}/api/session`, {
    headers: { origin: site.origin, "content-type": "application/json" },
    data: { token: "a token that opens as often as it is given" },
  });
  return { ...opened, calls };
}

function fragment(payload: unknown): string {
  const text = typeof payload === "string" ? payload : JSON.stringify(payload);
  return `#request=${deflateRawSync(text).toString("base64url")}`;
}

const note = (page: Page) => page.locator("[data-brought]");
const editorText = (page: Page) => page.locator("section textarea").first().inputValue();

/** The link that the page makes of the request in its editor. */
async function copyLink(page: Page): Promise<string> {
  await page.getByRole("button", { name: "More with this request" }).click();
  await page.getByRole("menuitem", { name: "Copy link" }).click();
  return page.getByLabel("The link").inputValue();
}

test("THREATS promise 6: a shared request comes back exactly, and opening it calls nothing", async () => {
  const from = await open({ permissions: ["clipboard-read", "clipboard-write"] });
  await from.page.goto(`${site.origin}/reference/${QUOTE}`);
  await fillRequest(from.page, QUOTE_TEXT);
  const url = await copyLink(from.page);
  await from.page.getByText("Link copied. It holds the method and the request").waitFor();
  assert.equal(await from.page.evaluate(() => navigator.clipboard.readText()), url);
  assert.ok(url.startsWith(`${site.origin}/reference/${QUOTE}#request=`), url);
  assert.ok(!url.includes("poold") && url.length < 400, url);

  const to = await open();
  const upstream = peer.calls.filter(({ method }) => !method.endsWith("GetInfo")).length;
  await to.page.goto(url);
  await note(to.page).waitFor();
  assert.match(
    await note(to.page).innerText(),
    /^This link brought a request for QuoteAccount, a read\. Nothing has been sent\./,
  );
  assert.equal(await editorText(to.page), QUOTE_TEXT);
  await to.page.getByRole("button", { name: "Keep it" }).click();
  await note(to.page).waitFor({ state: "detached" });
  assert.equal(await editorText(to.page), QUOTE_TEXT);
  assert.equal(new URL(to.page.url()).hash, "");
  assert.deepEqual(to.calls, []);
  assert.equal(peer.calls.filter(({ method }) => !method.endsWith("GetInfo")).length, upstream);
  assert.deepEqual([...from.complaints, ...to.complaints], []);
  await from.page.context().close();
  await to.page.context().close();
});

test("a link to a write says so, and is discarded without losing the draft", async () => {
  const { page, calls, complaints } = await open();
  await page.goto(`${site.origin}/reference/${SUBMIT}`);
  await fillRequest(page, '{ "initiator": "my draft" }');
  const shared = { v: 1, schema: "0", method: "poolrpc.Trader.SubmitOrder", bytes: "base64", request: "{}" };
  for (const request of ["{}", '{ "initiator": "second link" }']) {
    await page.evaluate(
      (hash) => {
        location.hash = hash;
      },
      fragment({ ...shared, request }),
    );
    await until(
      () => editorText(page),
      (text) => text === request,
    );
  }
  const said = await note(page).innerText();
  assert.match(said, /SubmitOrder, a write: running it can change something\. Nothing has been sent\./);
  assert.match(said, /made for another version of this method's messages/);
  assert.deepEqual(await seriousViolations(page), []);
  await page.getByRole("button", { name: "Discard it" }).click();
  await until(
    () => editorText(page),
    (text) => text === '{ "initiator": "my draft" }',
  );
  assert.equal(new URL(page.url()).hash, "");
  assert.deepEqual(calls, []);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("the session's token and a request come in one fragment, on a phone too", async () => {
  const { page, complaints } = await openPage(browser, { viewport: PHONE });
  const shared = { v: 1, schema: "0", method: "poolrpc.Trader.QuoteAccount", bytes: "hex", request: "{ }" };
  const token = encodeURIComponent("a token that opens as often as it is given");
  await page.goto(`${site.origin}/reference/${QUOTE}#token=${token}&${fragment(shared).slice(1)}`);
  await note(page).waitFor();
  assert.ok(await note(page).isVisible(), "the note is not seen");
  assert.ok(!page.url().includes("token"), page.url());
  assert.equal(await editorText(page), "{ }");
  await page
    .getByText(/^(block )?[\d,]+$/)
    .first()
    .waitFor();
  assert.deepEqual(complaints, []);
  await page.context().close();
});

describe("links that cannot be opened say so, and leave the editor as it was", () => {
  const shared = { v: 1, schema: "0", method: "poolrpc.Trader.QuoteAccount", bytes: "hex", request: "{}" };
  const rows: readonly (readonly [name: string, hash: string, said: RegExp])[] = [
    ["malformed", "#request=%%%", /cannot be read: characters of it are missing or changed/],
    ["cut", fragment(shared).slice(0, -6), /cannot be read: .* missing or changed/],
    ["a bomb", fragment({ ...shared, request: "x".repeat(64 << 20) }), /unfolds to more than 1 MiB/],
    ["a newer version", fragment({ ...shared, v: 9 }), /a newer Pool Playground made it/],
    [
      "another method",
      fragment({ ...shared, method: "poolrpc.Trader.GetInfo" }),
      /poolrpc\.Trader\.GetInfo, which has a page/,
    ],
  ];
  for (const [name, hash, said] of rows) {
    test(name, async () => {
      const { page, calls, complaints } = await open();
      await page.goto(`${site.origin}/reference/${QUOTE}`);
      // Another address in the same page is told to a page that has come alive.
      await page.getByText(/^block [\d,]+$/).waitFor();
      const before = await editorText(page);
      await page.goto(`${site.origin}/reference/${QUOTE}${hash}`);
      await page.getByText(said).first().waitFor();
      assert.equal(await editorText(page), before);
      await page.getByRole("button", { name: "Close" }).click();
      assert.equal(new URL(page.url()).hash, "");
      assert.deepEqual(calls, []);
      assert.deepEqual(complaints, []);
      await page.context().close();
    });
  }
});

test("a macaroon in a request does not go into a link", async () => {
  const { page } = await open();
  await page.goto(`${site.origin}/reference/${SUBMIT}`);
  const macaroon = canaryMacaroon();
  for (const form of ["hex", "base64", "base64url"] as const) {
    await fillRequest(page, `{ "initiator": "${macaroon.toString(form)}" }`);
    const url = await copyLink(page);
    await page.getByText("The request held what looks like a macaroon: it was left out.").waitFor();
    const other = await open();
    await other.page.goto(url);
    await note(other.page).waitFor();
    assert.equal(await editorText(other.page), '{ "initiator": "<a macaroon, removed>" }');
    await other.page.context().close();
    await page.getByRole("button", { name: "Close" }).click();
  }
  await page.context().close();
});
