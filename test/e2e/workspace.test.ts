import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { readCollection } from "../../lib/workspace/collection.ts";
import { temporaryFolder } from "../server/support/playground.ts";
import { seriousViolations } from "../support/axe.ts";
import { DESKTOP, fillRequest, launchBrowser, openPage, PHONE } from "../support/browser.ts";
import { type RunningSite, startSite } from "../support/start-site.ts";
import { until } from "../support/until.ts";

let folder: ReturnType<typeof temporaryFolder>;
let file: string;
let site: RunningSite;
let browser: Browser;
before(async () => {
  folder = temporaryFolder();
  file = join(folder.path, "team.json");
  // One after the other: a browser that nobody closes would keep the test from ending.
  site = await startSite({ args: ["--collection", file] });
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await site?.stop();
  folder[Symbol.dispose]();
});

const methodPage = (name: string) => `${site.origin}/reference/poolrpc.Trader/${name}`;
const editorText = (page: Page) => page.locator("section textarea").first().inputValue();
const runs = (page: Page) => page.locator("article li");

async function run(page: Page, status = "OK"): Promise<void> {
  await page.getByRole("button", { name: /^Run/ }).click();
  await page.getByRole("region", { name: "Result" }).getByText(status, { exact: true }).waitFor();
}

/** Saves the request in the editor; gives the strip that says what came of it. */
async function save(page: Page, name: string, folderName: string): Promise<void> {
  await page.getByRole("button", { name: "More with this request" }).click();
  await page.getByRole("menuitem", { name: "Save request" }).click();
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel(/^Folder/).fill(folderName);
  await page.keyboard.press("Enter");
}

test("a run is kept, found again on its page and on that of all runs, and opens inert", async () => {
  const { page, complaints } = await openPage(browser);
  await page.goto(methodPage("QuoteAccount"));
  const text = '{ "account_value": 700000, "conf_target": 6 }';
  await fillRequest(page, text);
  await run(page);
  await fillRequest(page, '{ "account_value": 1, "conf_target": 6 }');
  await run(page, "UNKNOWN");

  await page.getByText("Recent and saved").click();
  await page.getByText("Recent runs").waitFor();
  const recent = page.getByRole("region", { name: "Recent runs" });
  await until(
    () => recent.locator("li").count(),
    (count) => count === 2,
  );
  await recent.locator("li").nth(1).getByRole("button", { name: "Open" }).click();
  await page
    .getByText(/^The history .* brought a request for QuoteAccount, a read\. Nothing has been sent\./)
    .waitFor();
  assert.equal(await editorText(page), text);

  let calls = 0;
  page.on("request", (request) => {
    if (request.url().includes("/rpc/")) calls++;
  });
  await page.locator("#navigation").getByRole("link", { name: "History" }).click();
  await page.getByLabel("Search the history").waitFor();
  await until(
    () => runs(page).count(),
    (count) => count === 2,
  );
  await page.getByLabel("Search the history").fill("minimum value");
  await until(
    () => runs(page).count(),
    (count) => count === 1,
  );
  await runs(page).locator("summary").click();
  await runs(page).getByText("minimum account value allowed").waitFor();
  assert.deepEqual(await seriousViolations(page), []);
  await page.getByRole("button", { name: "Open" }).click();
  await page.getByRole("heading", { level: 1, name: "QuoteAccount" }).waitFor();
  await page.locator("[data-brought]").waitFor();
  assert.equal(await editorText(page), '{ "account_value": 1, "conf_target": 6 }');
  assert.equal(calls, 0);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("the history is exported, deleted one by one, and gone when it is turned off", async () => {
  const { page, complaints } = await openPage(browser);
  await page.goto(methodPage("AuctionFee"));
  for (const count of [1, 2]) {
    await run(page);
    await until(
      () => countEntries(page),
      (entries) => entries === count,
    );
  }
  await page.goto(`${site.origin}/history`);
  await until(
    () => runs(page).count(),
    (count) => count === 2,
  );
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export all" }).click();
  const exported = JSON.parse(readFileSync(await (await download).path(), "utf8")) as { method: string }[];
  assert.deepEqual(
    exported.map(({ method }) => method),
    ["poolrpc.Trader.AuctionFee", "poolrpc.Trader.AuctionFee"],
  );
  await runs(page)
    .first()
    .getByRole("button", { name: /^Delete/ })
    .click();
  await until(
    () => runs(page).count(),
    (count) => count === 1,
  );
  await page.getByLabel("Keep a history in this browser").uncheck();
  await page.getByText("No history is kept.").waitFor();
  assert.equal(await countEntries(page), 0);
  await page.goto(methodPage("AuctionFee"));
  await run(page);
  await page.getByText("Recent and saved").click();
  await page.getByText("No history is kept: it is turned off.").waitFor();
  assert.equal(await countEntries(page), 0);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("the history is bounded: the oldest of more than 500 runs, or of more than 20 MB, make room", async () => {
  const { page } = await openPage(browser);
  await page.goto(methodPage("AuctionFee"));
  await run(page);
  await until(
    () => countEntries(page),
    (count) => count === 1,
  );
  await addCopies(page, 520, 10);
  await run(page);
  await until(
    () => countEntries(page),
    (count) => count === 500,
  );
  await addCopies(page, 3, 9_000_000);
  await run(page);
  await until(
    () => countEntries(page),
    (count) => count === 3,
  );
  await page.context().close();
});

test("a reply of secrets and secrets in a request are not kept", async () => {
  const { page } = await openPage(browser);
  await page.goto(methodPage("GetLsatTokens"));
  await run(page);
  await until(
    () => countEntries(page),
    (count) => count === 1,
  );
  await page.goto(`${site.origin}/history`);
  await runs(page).locator("summary").click();
  await page.getByText("Not kept.").waitFor();
  await page.context().close();
});

test("a request is saved to the file of the project, opens inert, is renamed, deleted and brought back", async () => {
  const { page, complaints } = await openPage(browser);
  await page.goto(methodPage("QuoteAccount"));
  const text = '{ "account_value": 300000, /* for the team */ "conf_target": 6 }';
  await fillRequest(page, text);
  await save(page, "Small quote", "quotes");
  await page.getByText("Saved as “Small quote” in team.json.").waitFor();
  assert.deepEqual(collectionOnDisk(), [["quotes", "Small quote", text]]);

  let calls = 0;
  page.on("request", (request) => {
    if (request.url().includes("/rpc/")) calls++;
  });
  await page.goto(`${site.origin}/collection`);
  await page.getByRole("heading", { name: "quotes" }).waitFor();
  for (const viewport of [DESKTOP, PHONE]) {
    await page.setViewportSize(viewport);
    assert.deepEqual(await seriousViolations(page), []);
  }
  await page.getByRole("button", { name: "Open Small quote" }).click();
  await page.getByText(/The saved request “Small quote” brought a request for QuoteAccount/).waitFor();
  assert.equal(await editorText(page), text);
  await page.goto(`${site.origin}/collection`);

  await page.getByRole("button", { name: "Rename Small quote" }).click();
  await page.getByLabel("New name").fill("Tiny quote");
  await page.getByLabel("Folder").fill("");
  await page.keyboard.press("Enter");
  await page.getByText("Renamed to “Tiny quote”.").waitFor();
  assert.equal(await focusedName(page), "Rename Tiny quote");
  assert.deepEqual(collectionOnDisk(), [["", "Tiny quote", text]]);
  await page.getByRole("button", { name: "Delete Tiny quote" }).click();
  await page.getByText("“Tiny quote” deleted.").waitFor();
  assert.deepEqual(collectionOnDisk(), []);
  await page.getByRole("button", { name: "Undo" }).waitFor();
  assert.equal(await focusedName(page), "Undo");
  await page.keyboard.press("Enter");
  await page.getByText("Undone.").waitFor();
  assert.deepEqual(collectionOnDisk(), [["", "Tiny quote", text]]);
  assert.equal(calls, 0);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("a file that changed on disk meanwhile is not overwritten: both are shown, and the change can be made to it", async () => {
  writeFileSync(file, collectionText("Before"));
  const { page } = await openPage(browser);
  await page.goto(`${site.origin}/collection`);
  await page.getByRole("button", { name: "Open Before" }).waitFor();
  await page.getByRole("button", { name: "Open Before" }).click();
  await page.getByRole("heading", { level: 1, name: "GetInfo" }).waitFor();
  writeFileSync(file, collectionText("Somebody else's"));
  await save(page, "Mine", "");
  const conflict = page.getByRole("alert").filter({ hasText: "changed on disk meanwhile" });
  await conflict.waitFor();
  assert.deepEqual(names(), ["Somebody else's"]);
  const [theirs, mine] = await conflict.locator("pre").allInnerTexts();
  assert.match(theirs ?? "", /Somebody else's/);
  assert.match(mine ?? "", /"Mine"/);
  assert.match(mine ?? "", /"Before"/);
  await conflict.getByRole("button", { name: "Make my change to the file as it is now" }).click();
  await page.getByText("Saved in team.json, beside what had changed.").waitFor();
  assert.deepEqual(names(), ["Mine", "Somebody else's"]);
  await page.context().close();
});

test("a file with a mistake is told with its place and left alone; others are imported and exported", async () => {
  const broken = collectionText("A").replace('"method"', '"methud"');
  writeFileSync(file, broken);
  const { page } = await openPage(browser);
  await page.goto(`${site.origin}/collection`);
  await page.getByText(/team\.json, line 6, column 7: a saved request has no "methud"/).waitFor();
  assert.equal(readFileSync(file, "utf8"), broken);
  writeFileSync(file, collectionText("Gone", "some.other.Api"));
  await page.getByRole("button", { name: "Read the file again" }).click();
  await page.getByText("some.other.Api (not in this API)").waitFor();
  assert.equal(await page.getByRole("button", { name: "Open Gone" }).count(), 0);
  const imported = {
    name: "in.json",
    mimeType: "application/json",
    buffer: Buffer.from(collectionText("Theirs")),
  };
  await page.getByLabel("File to import").setInputFiles(imported);
  await page.getByText(/^1 requests imported/).waitFor();
  assert.deepEqual(names(), ["Gone", "Theirs"]);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export" }).click();
  assert.equal(readFileSync(await (await download).path(), "utf8"), readFileSync(file, "utf8"));
  await page.context().close();
});

function collectionOnDisk(): (readonly [folder: string, name: string, request: string])[] {
  const reading = readCollection(readFileSync(file, "utf8"));
  assert.ok(reading.kind === "ok", "the file is no collection");
  return reading.collection.requests.map(({ folder, name, request }) => [folder, name, request]);
}

function names(): string[] {
  return collectionOnDisk().map(([, name]) => name);
}

function collectionText(name: string, method = "poolrpc.Trader.GetInfo"): string {
  const saved = { name, method, bytes: "hex", request: ["{}"] };
  return `${JSON.stringify({ version: 1, requests: [saved] }, null, 2)}\n`;
}

/** How many entries the browser keeps. To open a database that is not there would make an empty one. */
function countEntries(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const databases = await indexedDB.databases();
    if (!databases.some(({ name }) => name === "history")) return 0;
    return new Promise<number>((resolve, reject) => {
      const opening = indexedDB.open("history");
      opening.onerror = () => reject(opening.error);
      opening.onsuccess = () => {
        const counting = opening.result.transaction("entries").objectStore("entries").count();
        counting.onerror = () => reject(counting.error);
        counting.onsuccess = () => {
          opening.result.close();
          resolve(counting.result);
        };
      };
    });
  });
}

/** Adds copies of the first entry that say of themselves that they take `size` bytes. */
function addCopies(page: Page, copies: number, size: number): Promise<void> {
  return page.evaluate(
    ({ copies, size }) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open("history");
        opening.onsuccess = () => {
          const database = opening.result;
          const transaction = database.transaction("entries", "readwrite");
          const store = transaction.objectStore("entries");
          const reading = store.openCursor();
          reading.onsuccess = () => {
            const { id: _, ...entry } = (reading.result as IDBCursorWithValue).value as { id: number };
            for (let count = 0; count < copies; count++) store.add({ ...entry, size });
          };
          transaction.onerror = () => reject(transaction.error);
          transaction.oncomplete = () => {
            database.close();
            resolve();
          };
        };
      }),
    { copies, size },
  );
}

function focusedName(page: Page): Promise<string | null | undefined> {
  return page.evaluate(() => {
    const { activeElement } = document;
    return activeElement?.getAttribute("aria-label") ?? activeElement?.textContent;
  });
}
