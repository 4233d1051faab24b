import assert from "node:assert/strict";
import { test } from "node:test";
import { fillRequest, openPage } from "../support/browser.ts";
import { HOSTILE_COMMENTS } from "../support/hostile-api.ts";
import { browser, site } from "../support/site-in-browser.ts";
import { until } from "../support/until.ts";

const METHOD = "poolrpc.Trader.SubmitOrder";

test("THREATS 18: the editor shows hostile comments of the method's fields, and nothing of them runs or is asked for", async () => {
  const { page, complaints } = await openPage(browser);
  await page.addInitScript("globalThis.hostileRuns = () => { globalThis.ran = true; }; alert = hostileRuns;");
  // Quotes in quotes 3,000 deep are more than Monaco reads: it shows nothing then.
  const comments = HOSTILE_COMMENTS.filter(({ name }) => name !== "deep quotes" && name !== "1 MB");
  await page.route(`**/schema/${METHOD}.json*`, async (route) => {
    const response = await route.fetch();
    const docs = (await response.json()) as {
      messages: Record<string, { fields: Record<string, { text: string }> }>;
    };
    for (const { fields } of Object.values(docs.messages)) {
      for (const field of Object.values(fields))
        field.text = comments.map(({ comment }) => comment).join("\n\n");
    }
    await route.fulfill({ response, json: docs });
  });
  await page.goto(site.url);
  await page.goto(`${site.origin}/reference/poolrpc.Trader/SubmitOrder`);
  await fillRequest(page, '{"bid": {}}');
  await page.locator('[data-language="ready"]').waitFor();
  const hover = page.locator(".monaco-hover:not(.hidden)").first();
  const isShown = async () => {
    // What moves under a mouse that rests is not hovered over.
    await page.mouse.move(0, 0);
    await page.locator(".view-lines").getByText('"bid"').first().hover();
    const text = hover.getByText("hostileRuns()").first();
    return text.waitFor({ timeout: 3_000 }).then(
      () => true,
      () => false,
    );
  };
  await until(isShown, Boolean, 30_000);
  assert.equal(await hover.locator("img, script, svg, iframe").count(), 0);
  const links = await hover
    .locator("a")
    .evaluateAll((all) => all.map((a) => a.getAttribute("data-href") ?? a.getAttribute("href") ?? ""));
  for (const link of links) assert.match(link, /^(?:https?:|\/|#|$)/, link);
  assert.equal(await page.evaluate("globalThis.ran ?? false"), false);
  assert.deepEqual(complaints, []);
});
