import type { Browser, ElementHandle, Page } from "playwright-core";
import { openPage } from "../test/support/browser.ts";
import { startBareEditor } from "./support/bare-editor.ts";
import type { BenchSite } from "./support/bench-site.ts";
import { routeBigSchema } from "./support/big-method.ts";
import { KEEP_NAMES } from "./support/contestant.ts";
import type { Context } from "./support/context.ts";
import { median } from "./support/median.ts";
import { actAndWatch } from "./support/paint-watch.ts";
import type { Row } from "./support/row.ts";

const ROUNDS = 9;
const TYPINGS = 15;
const MESSAGES = 2_000;
const LINES = 1_000;
const METHOD = "poolrpc.Trader.QuoteAccount";
const PAGE = "/reference/poolrpc.Trader/QuoteAccount";

/** The editor, from being wanted until it is there, and what it says while one types. */
export async function measureEditor(context: Context): Promise<readonly Row[]> {
  const browser = await context.browser();
  const site = await context.site();
  return [
    ...(await measureReady(browser, site)),
    await measurePopup(browser, site),
    await measureDiagnostics(browser, site),
  ];
}

/** From the focus to the painted editor, with an empty cache each time. Ours knows the request's language by then. */
async function measureReady(browser: Browser, site: BenchSite): Promise<readonly Row[]> {
  await using bare = await startBareEditor();
  const times = { ours: [] as number[], bare: [] as number[] };
  const contestants = {
    ours: async () =>
      ready(await site.newPage(browser), site.origin + PAGE, '[data-editor="monaco"][data-language="ready"]'),
    bare: async () => ready((await openPage(browser)).page, bare.origin, ".monaco-editor"),
  };
  for (let round = -1; round < ROUNDS; round++) {
    for (const name of round % 2 === 0 ? (["ours", "bare"] as const) : (["bare", "ours"] as const)) {
      const ms = await contestants[name]();
      if (round >= 0) times[name].push(ms);
    }
  }
  return [
    {
      kind: "ratio",
      name: "editor ready after its focus, with its language, median",
      unit: "ms",
      ours: median(times.ours),
      peer: { name: "bare Monaco", value: median(times.bare) },
      most: 1.1,
    },
  ];
}

async function ready(page: Page, url: string, editor: string): Promise<number> {
  await page.addInitScript(KEEP_NAMES);
  await page.goto(url, { waitUntil: "networkidle" });
  const area = (await page.locator("textarea").first().elementHandle()) as ElementHandle<HTMLElement>;
  const painted = await actAndWatch(area, "focus", {
    selector: `${editor} .view-lines`,
    pattern: /account_value/,
    timeoutMs: 30_000,
  });
  await page.context().close();
  if (painted === null) throw new Error(`${url} had no editor within 30 s`);
  return painted.afterMs;
}

async function measurePopup(browser: Browser, site: BenchSite): Promise<Row> {
  const page = await site.newPage(browser);
  await page.addInitScript(KEEP_NAMES);
  await routeBigSchema(page, METHOD, MESSAGES);
  await page.goto(site.origin + PAGE);
  await lay(page, '{\n  "child_0": {\n    \n  }\n}');
  await page.keyboard.press("Control+Home");
  for (let line = 0; line < 2; line++) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("End");
  const times: number[] = [];
  for (let round = -2; round < TYPINGS; round++) {
    const ms = await keyToPainted(page, '"', ".suggest-widget .monaco-list-rows", /child_|value_/);
    if (round >= 0) times.push(ms);
    await page.keyboard.press("Escape");
    await page.locator(".suggest-widget.visible").waitFor({ state: "hidden" });
    await page.keyboard.press("Control+z");
    await page.waitForTimeout(200);
  }
  await page.context().close();
  return {
    kind: "limit",
    name: `popup after a key, ${MESSAGES.toLocaleString("en-US")} messages, median`,
    unit: "ms",
    ours: median(times),
    most: 50,
  };
}

async function measureDiagnostics(browser: Browser, site: BenchSite): Promise<Row> {
  const page = await site.newPage(browser);
  await page.addInitScript(KEEP_NAMES);
  await page.goto(`${site.origin}/reference/poolrpc.Trader/CloseAccount`);
  await lay(page, longRequest());
  await page.keyboard.press("Control+End");
  const times: number[] = [];
  for (let round = -2; round < TYPINGS; round++) {
    const ms = await keyToPainted(page, "x", '[aria-label="Problems of the request"]', /Error/);
    if (round >= 0) times.push(ms);
    await page.keyboard.press("Backspace");
    await page.locator('[aria-label="Problems of the request"] li').first().waitFor({ state: "detached" });
  }
  await page.context().close();
  return {
    kind: "limit",
    name: `diagnostics after a key, ${LINES.toLocaleString("en-US")} lines, median`,
    unit: "ms",
    ours: median(times),
    most: 150,
  };
}

/** Lays the text in the text area as a whole, and waits for the editor: typed into Monaco, each letter is an edit. */
async function lay(page: Page, text: string): Promise<void> {
  const area = page.locator("textarea").first();
  await area.evaluate((element, text) => {
    const own = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value");
    own?.set?.call(element, text);
    element.dispatchEvent(new Event("input", { bubbles: true }));
  }, text);
  await area.focus();
  await page.locator('[data-editor="monaco"][data-language="ready"]').waitFor();
}

/** A CloseAccount with many outputs. */
function longRequest(): string {
  const outputs = Array.from(
    { length: LINES - 6 },
    (_, index) => `      { "address": "bcrt1q${index}", "value_sat": ${1_000 + index} }`,
  );
  return `{\n  "trader_key": "",\n  "outputs": {\n    "outputs": [\n${outputs.join(",\n")}\n    ]\n  }\n}`;
}

/** From the key's event in the page to the frame that shows what it brought. */
async function keyToPainted(page: Page, key: string, selector: string, pattern: RegExp): Promise<number> {
  const body = (await page.locator("body").elementHandle()) as ElementHandle<HTMLElement>;
  const watching = actAndWatch(body, "key", { selector, pattern, timeoutMs: 10_000 });
  // The page answers in order: by then it watches.
  await page.evaluate(() => {});
  await page.keyboard.press(key);
  const painted = await watching;
  if (painted === null) throw new Error(`${page.url()} showed nothing within 10 s after ${key}`);
  return painted.afterMs;
}
