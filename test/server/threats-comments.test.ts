import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { buildPages } from "../../lib/pages/build-pages.ts";
import { launchBrowser, openPage } from "../support/browser.ts";
import { HOSTILE_COMMENTS, HOSTILE_CONFIG, hostileReference } from "../support/hostile-api.ts";
import { renderPage } from "../support/render-page.tsx";
import { type Playground, startPlaygroundWithPeer } from "./support/playground.ts";

let browser: Browser;
let playground: Playground;
const bodies = new Map<string, string>();

before(async () => {
  browser = await launchBrowser();
  playground = await startPlaygroundWithPeer({
    site: async (req, res) => {
      res.setHeader("content-type", "text/html; charset=utf-8");
      res.end(`<!doctype html><html lang="en"><title>page</title><main>${bodies.get(req.url ?? "")}</main>`);
    },
  });
});
after(async () => {
  await browser?.close();
  await playground?.[Symbol.asyncDispose]();
});

/** A page that counts what its content security policy stopped, and what ran all the same. */
async function watched(): Promise<{ page: Page; complaints: string[]; harm: () => Promise<unknown> }> {
  const { page, complaints } = await openPage(browser);
  await page.addInitScript(`
    globalThis.harm = { violations: [], ran: 0 };
    globalThis.hostileRuns = () => harm.ran++;
    globalThis.alert = hostileRuns;
    addEventListener("securitypolicyviolation", (event) => harm.violations.push(event.violatedDirective));
  `);
  return { page, complaints, harm: () => page.evaluate("harm") };
}

test("THREATS 18: the watch sees what a comment would do if it were let", async () => {
  const { page } = await watched();
  bodies.set("/harm", "<img src=x onerror=hostileRuns()><script>hostileRuns()</script>");
  await page.goto(`${playground.origin}/harm`, { waitUntil: "networkidle" });
  const violations = () => page.evaluate<string[]>("harm.violations.sort()");
  assert.deepEqual(await violations(), ["script-src-attr", "script-src-elem"]);
  await page.context().close();
});

for (const [at, { name, comment }] of HOSTILE_COMMENTS.entries()) {
  test(`THREATS 18: pages with ${name} run nothing and meet no policy in a real browser`, async () => {
    const files = buildPages(await hostileReference(comment), HOSTILE_CONFIG).filter(({ path }) =>
      path.endsWith(".mdx"),
    );
    const { page, complaints, harm } = await watched();
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    const expected: string[] = [];
    for (const [number, { content }] of files.entries()) {
      const path = `/${at}/${number}`;
      bodies.set(path, (await renderPage(content)).html);
      await page.goto(playground.origin + path);
      expected.push(playground.origin + path);
      for (const link of await page.locator("summary").all()) await link.click();
      assert.deepEqual(await harm(), { violations: [], ran: 0 }, path);
    }
    assert.deepEqual(asked, expected, "nothing but the pages is asked for");
    assert.deepEqual(complaints, []);
    await page.context().close();
  });
}
