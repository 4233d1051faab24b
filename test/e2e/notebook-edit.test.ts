import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { seriousViolations } from "../support/axe.ts";
import { launchBrowser, openPage, PHONE } from "../support/browser.ts";
import { ROOT, type RunningSite, startSite } from "../support/start-site.ts";
import { assertWithin, until } from "../support/until.ts";

let site: RunningSite;
let browser: Browser;
before(async () => {
  [site, browser] = await Promise.all([startSite(), launchBrowser()]);
});
after(async () => {
  await browser.close();
  await site.stop();
});

const bar = (page: Page) => page.getByRole("region", { name: "Notebook", exact: true });
const tools = (page: Page) => page.getByRole("region", { name: "This notebook" });
const note = (page: Page) => page.getByRole("complementary", { name: "It came from elsewhere" });

async function open(path: string, options: Parameters<typeof openPage>[1] = {}) {
  const opened = await openPage(browser, options);
  const calls: string[] = [];
  opened.page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith("/rpc/")) calls.push(pathname.slice("/rpc/".length));
  });
  await opened.page.goto(site.origin + path);
  await opened.page.getByText(/^block [\d,]+$/).waitFor({ state: "attached" });
  return { ...opened, calls };
}

async function startEditing(page: Page): Promise<void> {
  await tools(page).getByRole("button", { name: "Edit", exact: true }).click();
  await page.getByRole("button", { name: "Add a cell at the end" }).waitFor();
}

/** Opens a block of code, and lays a text in its editor. What is typed at last may be completed. */
async function writeCode(page: Page, label: string, text: string, typed = ""): Promise<void> {
  await page
    .getByRole("button", { name: `Edit: ${label}` })
    .first()
    .click();
  await page.locator(".monaco-editor .view-lines").first().waitFor();
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Delete");
  await page.keyboard.insertText(text);
  if (typed !== "") await page.keyboard.type(typed);
}

async function openText(page: Page, name: string, text: string): Promise<void> {
  await page.getByRole("heading", { name: "Yours" }).waitFor();
  const buffer = Buffer.from(text);
  await page.locator("input[type=file]").setInputFiles({ name, mimeType: "text/markdown", buffer });
}

const FRONT = "---\ntitle: A sum\ndescription: It adds.\n---\n";
const SUM = `${FRONT}
<Input as="amount" label="How much" type="int" value="3" />

<Expression as="sum">

\`\`\`cel
amount + 4
\`\`\`

</Expression>

<Call as="info" method="poolrpc.Trader.GetInfo">

\`\`\`json
{}
\`\`\`

</Call>
`;

test("a lesson is edited with a capture completed, gets a check, is saved, opened and run", async () => {
  const { page, complaints } = await open("/notebooks/first-account");
  await startEditing(page);
  await writeCode(page, "Request of QuoteAccount", '{ "conf_target": 6, "account_value": "', "{{am");
  const suggestion = page.locator(".suggest-widget .monaco-list-row").first();
  await suggestion.waitFor();
  assert.match(await suggestion.innerText(), /amount\s+int/);
  await page.keyboard.press("Enter");
  await page.keyboard.type('" }');
  assert.match(await page.locator(".view-lines").first().innerText(), /"\{\{amount\}\}"/);

  await page.getByRole("button", { name: "Add a cell before leaves_the_wallet" }).click();
  await page.getByRole("menuitem", { name: /^Check/ }).click();
  const settings = page.getByRole("form", { name: "Settings of the cell" });
  await settings.getByLabel("What holds").fill("The fee is known");
  await page.keyboard.press("Enter");
  await writeCode(page, "What must hold", "quote.", "miner_fee_tot");
  await page.locator(".suggest-widget .monaco-list-row").first().waitFor();
  await page.keyboard.press("Enter");
  await page.keyboard.type(" > 0u");
  await tools(page).getByRole("button", { name: "Done editing" }).click();
  await page.getByText("Your changes are kept in this browser.").waitFor();

  await tools(page).getByRole("button", { name: "More for this notebook" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: /^Save as a file/ }).click(),
  ]);
  assert.equal(download.suggestedFilename(), "your-first-account.mdx");
  const saved = await readFile(await download.path(), "utf8");
  const shipped = await readFile(join(ROOT, "content/notebooks/first-account.mdx"), "utf8");
  assert.ok(saved.includes('"account_value": "{{amount}}" }'), "the request is the edited one");
  assert.ok(saved.includes("quote.miner_fee_total > 0u"), "the check is there");
  const added = saved.length - shipped.length;
  assert.equal(saved.slice(-2_000), shipped.slice(-2_000), `what was not touched stays (${added} more)`);

  await page.goto(`${site.origin}/notebooks`);
  await openText(page, "rollout.mdx", saved);
  await note(page)
    .getByText(/^\d+ cells write: /)
    .waitFor();
  await note(page)
    .getByRole("button", { name: /let it run/ })
    .click();
  const check = page.getByRole("region", { name: /The fee is known/ });
  await check.getByRole("button", { name: /^Run to here/ }).click();
  await until(
    () => check.getAttribute("data-state"),
    (state) => state === "done",
    30_000,
  );
  assert.deepEqual(complaints, []);
});

test("a draft survives a reload, is undone and discarded", async () => {
  const { page } = await open("/notebooks/first-call");
  await startEditing(page);
  const before = await page.locator("section[data-kind]").count();
  await page.getByRole("button", { name: "Add a cell at the end" }).click();
  await page.getByRole("menuitem", { name: /^Text/ }).click();
  await page.getByRole("textbox", { name: "Text, in Markdown" }).fill("My *own* words.");
  await page.getByRole("region", { name: "As it is read" }).getByText("own", { exact: true }).waitFor();
  await page.reload();
  await page.getByText("My own words.").waitFor();

  await startEditing(page);
  await page
    .getByRole("button", { name: /^Remove: / })
    .nth(1)
    .click();
  assert.equal(await page.locator("section[data-kind]").count(), before - 1);
  await page.keyboard.press("Control+z");
  await until(
    () => page.locator("section[data-kind]").count(),
    (count) => count === before,
  );

  await tools(page).getByRole("button", { name: "Discard changes" }).click();
  await page.getByText("My own words.").waitFor({ state: "detached" });
  await until(
    () => page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes("draft"))),
    (keys) => keys.length === 0,
  );
});

test("cells are moved with the keyboard, and the focus goes with them", async () => {
  const { page } = await open("/notebooks/first-account");
  await startEditing(page);
  const names = () =>
    page.getByRole("toolbar").evaluateAll((each) => each.map((one) => one.getAttribute("aria-label")));
  const before = await names();
  await page.getByRole("button", { name: "Move down: leaves_the_wallet" }).focus();
  await page.keyboard.press("Enter");
  await until(
    names,
    (now) => now.indexOf("Edit leaves_the_wallet") === before.indexOf("Edit leaves_the_wallet") + 1,
  );
  assert.equal(
    await page.evaluate(() => document.activeElement?.getAttribute("aria-label")),
    "Move down: leaves_the_wallet",
  );
  await page.keyboard.press("Control+z");
  await until(names, (now) => now.join() === before.join());
});

test("a name is changed at its cell and wherever it is meant", async () => {
  const { page } = await open("/notebooks");
  await openText(page, "sum.mdx", SUM);
  await page.getByRole("heading", { level: 1, name: "A sum" }).waitFor();
  await startEditing(page);
  await page.getByRole("button", { name: "Settings: How much" }).click();
  const name = page.getByRole("form").getByLabel("Name");
  await name.fill("info");
  await page.keyboard.press("Enter");
  await page.getByText("`info` is already the name of another cell: take another").waitFor();
  await name.fill("funds");
  await page.keyboard.press("Enter");
  await page.getByText("funds + 4").waitFor();
});

test("a notebook from elsewhere is inert until it is let run", async () => {
  const { page, calls, complaints } = await open("/notebooks");
  const before = calls.length;
  const hostile = SUM.replace("GetInfo", "StopDaemon").replace(
    "description: It adds.",
    "description: It adds.\nscenario: fresh",
  );
  await openText(page, "hostile.mdx", hostile);
  await note(page).getByText("hostile.mdx came from elsewhere.").waitFor();
  await note(page).getByText("1 cell writes: StopDaemon").waitFor();
  await note(page).getByText("begins the world anew").waitFor();
  const run = bar(page).getByRole("button", { name: "Run all" });
  assert.equal(await run.getAttribute("aria-disabled"), "true");
  await run.click({ force: true });
  await page.getByRole("button", { name: /^Run write: StopDaemon/ }).click({ force: true });
  await page.keyboard.press("Control+Enter");
  await page.reload();
  await note(page).getByText("hostile.mdx came from elsewhere.").waitFor();
  await tools(page).getByRole("button", { name: "Make a copy" }).click();
  await page.getByRole("heading", { level: 1, name: "A sum (copy)" }).waitFor();
  await note(page).getByText("1 cell writes: StopDaemon").waitFor();
  const made = calls.slice(before).filter((call) => !/GetInfo|Subscribe|GetState/.test(call));
  assert.deepEqual(made, [], "nothing of it was called");
  assert.deepEqual(complaints, []);
});

test("an expression that would never end is ended, and the page stays alive", async () => {
  const { page } = await open("/notebooks");
  const list = `[${Array.from({ length: 40 }, (_, i) => i).join(", ")}]`;
  const bomb = ["a", "b", "c", "d", "e", "f"].reduce(
    (inner, name) => `${list}.all(${name}, ${inner})`,
    "true",
  );
  await openText(
    page,
    "bomb.mdx",
    `${FRONT}\n<Expression as="bomb">\n\n\`\`\`cel\n${bomb}\n\`\`\`\n\n</Expression>\n`,
  );
  await note(page)
    .getByRole("button", { name: /let it run/ })
    .click();
  const cell = page.locator("#cell-bomb");
  await cell.getByRole("button", { name: /^Run: / }).click();
  await until(
    () => cell.getAttribute("data-state"),
    (state) => state === "failed",
    15_000,
  );
  await cell.getByText(/stopped after 2 s/).waitFor();
  await assertWithin(1_000, () =>
    page.evaluate(
      () => new Promise<number>((tell) => requestAnimationFrame((at) => tell(performance.now() - at))),
    ),
  );
});

test("what cannot be read is listed with line and column, and mended in place", async () => {
  const { page, complaints } = await open("/notebooks");
  const broken = SUM.replace("<Input ", "<Inptu ").replace(
    "</Call>",
    "</Call>\n\n<img src=x onerror=alert(1)>",
  );
  await openText(page, "broken.mdx", broken);
  const problems = page.getByRole("status", { name: "Problems of the notebook" });
  await problems.getByRole("button").first().waitFor();
  assert.match(await problems.innerText(), /^\d+:\d+ /m);
  const area = page.getByRole("textbox", { name: "The notebook as it stands in its file" });
  await area.fill(SUM);
  await page.locator("#cell-sum").waitFor();
  assert.deepEqual(complaints, []);
});

test("a file that is too large, or no text, is refused with the reason", async () => {
  const { page } = await open("/notebooks");
  await openText(page, "large.mdx", FRONT + "x".repeat(1 << 20));
  await page.getByText(/^large\.mdx is not opened: it has [\d,]+ bytes/).waitFor();
  await page.locator("input[type=file]").setInputFiles({
    name: "picture.mdx",
    mimeType: "text/markdown",
    buffer: Buffer.from([0xff, 0xd8, 0xff, 0xe0]),
  });
  await page.getByText("picture.mdx is not opened: it is no text in UTF-8.").waitFor();
});

test("a copy of the template is the reader's own, and stands among theirs", async () => {
  const { page } = await open("/notebooks/onboarding-template");
  await tools(page).getByRole("button", { name: "Start your team’s notebook from this" }).click();
  await page.waitForURL(/\/notebooks\/mine#/);
  await page.getByRole("heading", { level: 1, name: "Onboarding template (copy)" }).waitFor();
  assert.equal(await note(page).count(), 0, "what one made oneself is not from elsewhere");
  await page.goto(`${site.origin}/notebooks`);
  await page.getByRole("link", { name: /^Onboarding template \(copy\)/ }).click();
  await page.getByRole("heading", { level: 1, name: "Onboarding template (copy)" }).waitFor();
});

test("a secret is neither kept nor saved", async () => {
  const { page } = await open("/notebooks");
  const macaroon = `0201${"ab".repeat(80)}`;
  await openText(page, "secret.mdx", `${FRONT}\nUse ${macaroon}.\n`);
  await page.getByText("Use (a macaroon, removed).").waitFor();
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }));
  assert.ok(!kept.includes(macaroon), "the browser keeps none of it");
});

for (const [name, options] of [
  ["desktop, dark", { colorScheme: "dark" as const }],
  ["phone", { viewport: PHONE, hasTouch: true }],
] as const) {
  test(`what edits a notebook is usable by all (${name})`, async () => {
    const { page } = await open("/notebooks", options);
    await openText(page, "sum.mdx", SUM);
    await note(page)
      .getByText(/no cell writes/)
      .waitFor();
    await startEditing(page);
    await page.getByRole("button", { name: "Settings: sum" }).click();
    assert.deepEqual(await seriousViolations(page), []);
    await page.getByRole("button", { name: "As text: GetInfo" }).click();
    assert.deepEqual(await seriousViolations(page), []);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `nothing is wider than the window (${wide} px)`);
  });
}
