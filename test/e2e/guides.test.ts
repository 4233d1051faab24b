import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { readGuides } from "../../bin/steps/site-facts.ts";
import { seriousViolations } from "../support/axe.ts";
import { DESKTOP, openPage, PHONE } from "../support/browser.ts";
import { browser, site } from "../support/site-in-browser.ts";
import { ROOT } from "../support/start-site.ts";

const guides = readGuides(ROOT).filter(({ slug }) => slug !== "index");

for (const colorScheme of ["light", "dark"] as const) {
  test(`every guide is sound in ${colorScheme}: axe, width, one title, no complaint`, async () => {
    for (const viewport of [PHONE, DESKTOP]) {
      const { page, complaints } = await openPage(browser, { colorScheme, viewport });
      for (const { slug } of guides) {
        const where = `${slug} at ${viewport.width}`;
        const response = await page.goto(`${site.origin}/guides/${slug}`, { waitUntil: "load" });
        assert.equal(response?.status(), 200, where);
        assert.equal(await page.locator("h1").count(), 1, where);
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(width <= viewport.width, `${where} is ${width} px wide`);
        assert.deepEqual(await seriousViolations(page), [], where);
        assert.deepEqual(await brokenFigures(page), [], where);
      }
      assert.deepEqual(complaints, []);
      await page.context().close();
    }
  });
}

/** Figures that show not exactly one drawing of their two, or one that is wider than they are. */
function brokenFigures(page: Page): Promise<string[]> {
  return page.locator("figure:has(svg[role=img] > desc)").evaluateAll((figures) =>
    figures.flatMap((figure) => {
      const shown = [...figure.querySelectorAll("svg")].filter(
        (svg) => svg.getBoundingClientRect().width > 0,
      );
      const [svg, ...others] = shown;
      const sound =
        svg !== undefined &&
        others.length === 0 &&
        svg.getBoundingClientRect().right <= figure.getBoundingClientRect().right + 1;
      return sound ? [] : [figure.id];
    }),
  );
}

test("a request of a guide opens in the editor of its method, and is run there", async () => {
  const { page, complaints } = await openPage(browser);
  await page.goto(`${site.origin}/guides/units`);
  await page.getByRole("link", { name: "Open in the editor" }).first().click();
  await page.getByRole("heading", { level: 1, name: "QuoteOrder" }).waitFor();
  await page
    .getByRole("textbox", { name: /^Request of / })
    .first()
    .waitFor();
  await page.waitForFunction(() => document.querySelector("textarea")?.value.includes("// ppb per block"));
  await page.getByRole("button", { name: /^Run/ }).click();
  await page.getByRole("region", { name: "Result" }).getByText("9999").first().waitFor();
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("a block is copied as it stands, a heading has a link, a figure is told in words", async () => {
  const { page } = await openPage(browser, { permissions: ["clipboard-read", "clipboard-write"] });
  await page.goto(`${site.origin}/guides/bytes-and-encodings`);
  await page.getByRole("button", { name: "Copy", exact: true }).first().click();
  await page.getByRole("button", { name: "Copied" }).waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(copied, /^key=[0-9a-f]{66}\necho \$key \| xxd -r -p \| base64/);
  await page.goto(`${site.origin}/guides/accounts#recover-after-a-loss`);
  const heading = page.getByRole("heading", { level: 2, name: /^Recover after a loss/ });
  assert.ok(((await heading.boundingBox())?.y ?? -1) >= 0, "the heading is in sight");
  assert.ok(((await heading.boundingBox())?.y ?? 900) < DESKTOP.height, "the heading is in sight");
  await page.getByText("In words").first().click();
  await page.locator("figure li", { hasText: "Open → Expired: expiry height reached" }).waitFor();
  await page.context().close();
});
