import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { unzipSync } from "fflate";
import type { Browser, Locator, Page } from "playwright-core";
import { seriousViolations } from "../support/axe.ts";
import { fillRequest, launchBrowser, openPage, PHONE } from "../support/browser.ts";
import { ROOT, type RunningSite, startSite } from "../support/start-site.ts";
import { until } from "../support/until.ts";

let site: RunningSite;
let browser: Browser;
let page: Page;
let complaints: string[];
before(async () => {
  site = await startSite();
  browser = await launchBrowser();
  ({ page, complaints } = await openPage(browser));
  await page.goto(site.url);
  await page.getByText(/^block [\d,]+$/).waitFor();
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

const code = () => page.getByRole("group", { name: /snippet$/ });
const language = () => page.getByLabel("Language");
const standing = (text: string | RegExp) => page.getByRole("status").filter({ hasText: text });

async function codeHas(text: string): Promise<void> {
  await until(async () => (await code().innerText()).includes(text));
}

async function save(button: Locator): Promise<{ readonly name: string; readonly content: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
  return { name: download.suggestedFilename(), content: readFileSync(await download.path()) };
}

test("a snippet follows the editor, says when the text can't be read, and is copied whole", async () => {
  await page.goto(`${site.origin}/reference/poolrpc.Trader/ListAccounts`);
  await page.getByText("Snippets", { exact: true }).click();
  await language().selectOption({ label: "Python (grpcio)" });
  await fillRequest(page, '{ "active_only": true }');
  await codeHas("ListAccountsRequest(active_only=True)");
  await fillRequest(page, '{ "active_only": tru');
  await standing(/^Of the last request that could be read/).waitFor();
  await codeHas("ListAccountsRequest(active_only=True)");
  await fillRequest(page, "{}");
  await codeHas("ListAccountsRequest()");
  await standing(/^The request in the editor, for Sandbox/).waitFor();
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const panel = page.locator("details", { has: language() });
  await panel.getByRole("button", { name: "Copy" }).first().click();
  await until(
    async () =>
      (await page.evaluate(() => navigator.clipboard.readText())).trimEnd() ===
      (await code().innerText()).trimEnd(),
  );
  await panel.getByText("Proven").waitFor();
});

test("a language is kept for other methods and after a reload, and says what it can't express", async () => {
  await language().selectOption({ label: "curl (REST)" });
  await codeHas("/v1/pool/accounts");
  assert.match(
    await code().innerText(),
    /https:\/\/localhost:\d+\/v1/,
    "the sandbox's REST address is known",
  );
  await page.goto(`${site.origin}/reference/poolrpc.HashMail/SendStream`);
  await page.getByText("The method has no HTTP binding").waitFor();
  assert.equal(await code().count(), 0, "no code is shown where there is none");
  await language().selectOption({ label: "Command line" });
  await page.getByText("No command calls this method.").waitFor();
});

test("a conversation is sent whole, with the editor's message in its place", async () => {
  await page.goto(`${site.origin}/reference/poolrpc.HashMail/SendStream`);
  await language().selectOption({ label: "JavaScript (@grpc/grpc-js)" });
  await standing(/^\d messages: number 1 as in the editor, the others as in the example/).waitFor();
  await fillRequest(page, '{ "msg": "text:changed" }');
  await codeHas(`msg: Buffer.from("${Buffer.from("changed").toString("hex")}", "hex")`);
  assert.ok(
    (await code().innerText()).match(/msg: Buffer/g)?.length !== 1,
    "the other messages are there too",
  );
});

test("each language is saved as a file and as a project: whole, with the protos, without a secret", async () => {
  await page.goto(`${site.origin}/reference/poolrpc.Trader/ListAccounts`);
  const panel = page.locator("details", { has: language() });
  for (const label of await language().locator("option").allInnerTexts()) {
    await language().selectOption({ label });
    await page.getByRole("group", { name: `${label} snippet`, exact: true }).waitFor();
    await standing(/^The request in the editor/).waitFor();
    const shown = await code().innerText();
    const file = await save(panel.getByRole("button", { name: "File" }));
    assert.equal(
      file.content.toString("utf8").trimEnd(),
      shown.trimEnd(),
      `${label}: the file is what is shown`,
    );
    const zip = await save(panel.getByRole("button", { name: "Project (zip)" }));
    assert.match(zip.name, /^list-accounts-[a-z-]+\.zip$/);
    const files = Object.entries(unzipSync(zip.content)).map(([path, bytes]) => ({
      path: path.slice(path.indexOf("/") + 1),
      text: Buffer.from(bytes).toString("utf8"),
    }));
    const readme = files.find(({ path }) => path === "README.md")?.text ?? "";
    assert.match(readme, /^## Run it\n\n```sh\n\S/m, `${label}: the README says how it is run`);
    assert.ok(
      files.some(({ text }) => text.trimEnd() === shown.trimEnd()),
      `${label}: the program is in it`,
    );
    for (const { path, text } of files) {
      assert.doesNotMatch(text, /0201[0-9a-f]{60}|-----BEGIN/, `${label}: ${path} holds a secret`);
      if (path.startsWith("proto/")) assert.equal(text, readFileSync(join(ROOT, path), "utf8"));
    }
  }
});

test("no secret is in a snippet, the panel is accessible, and nothing is wider than a phone", async () => {
  await page.goto(`${site.origin}/reference/poolrpc.Trader/CancelOrder`);
  await page.setViewportSize(PHONE);
  for (const id of await language().locator("option").allInnerTexts()) {
    await language().selectOption({ label: id });
    await standing(/^The request in the editor/).waitFor();
    assert.doesNotMatch(await code().innerText(), /0201[0-9a-f]{60}/, `${id} holds a macaroon`);
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wider <= 0, `${id} makes the page ${wider} px wider than the phone`);
  }
  assert.deepEqual(await seriousViolations(page), []);
  assert.deepEqual(complaints, []);
});
