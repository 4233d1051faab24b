import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { until } from "./until.ts";

export async function expectFocus(page: Page, wanted: Locator): Promise<void> {
  await until(() => wanted.evaluate((element) => element === document.activeElement), Boolean);
  assert.ok(await page.evaluate(() => document.activeElement !== document.body), "something has the focus");
}

/** Presses Tab until the element has the focus. Fails where that leads round without coming to it. */
export async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await wanted.waitFor();
  for (let presses = 0; presses < 300; presses++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`${wanted} is not reached with Tab`);
}
