import assert from "node:assert/strict";
import { test } from "node:test";
import { basePathOf } from "../../lib/pages/links.ts";
import { apiPath } from "../../lib/reference/api-config.ts";
import config from "../../playground.config.ts";
import { seriousViolations } from "../support/axe.ts";
import { DESKTOP, openPage, PHONE } from "../support/browser.ts";
import { browser, site } from "../support/site-in-browser.ts";

const BASES = config.apis.map((api) => basePathOf(apiPath(api)));

test("the switcher leads from one API to the other by the keyboard, and marks the one that is shown", async () => {
  const { page, complaints } = await openPage(browser, { viewport: DESKTOP });
  await page.goto(site.origin + BASES[0], { waitUntil: "networkidle" });
  const switcher = page.getByRole("list", { name: "APIs" });
  for (const [i, api] of config.apis.entries()) {
    await switcher.getByRole("link", { name: api.title, exact: true }).press("Enter");
    await page.waitForURL(site.origin + BASES[i]);
    await switcher.locator("[aria-current=page]").waitFor();
    assert.equal(await switcher.locator("[aria-current]").innerText(), api.title);
    const links = page.locator("#navigation section:not(:has(#apis)) a");
    const hrefs = await links.evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
    const methods = hrefs.filter((href) => /\/[\w.]+\.\w+\/\w+$/.test(href));
    assert.ok(methods.length > 0, `the navigation has methods of ${api.title}`);
    assert.ok(
      methods.every((href) => href.slice(0, href.lastIndexOf("/", href.lastIndexOf("/") - 1)) === BASES[i]),
      `and of no other API: ${methods[0]}`,
    );
  }
  assert.deepEqual(complaints, []);
  await page.context().close();
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`a page of each API is sound in ${colorScheme}, with its method marked as this API's`, async () => {
    for (const viewport of [DESKTOP, PHONE]) {
      const { page, complaints } = await openPage(browser, { colorScheme, viewport });
      for (const [i, api] of config.apis.entries()) {
        const method = api.groups?.[0]?.methods[0] ?? "";
        const path = `${BASES[i]}/${method.replace(/\.(\w+)$/, "/$1")}`;
        const response = await page.goto(site.origin + path, { waitUntil: "networkidle" });
        assert.equal(response?.status(), 200, path);
        assert.deepEqual(await seriousViolations(page), [], `${path} at ${viewport.width}`);
        const marked = page.locator("#navigation ul[aria-labelledby=apis] [aria-current]");
        assert.equal(await marked.textContent(), api.title);
      }
      assert.deepEqual(complaints, []);
      await page.context().close();
    }
  });
}
