import assert from "node:assert/strict";
import { test } from "node:test";
import type { Locator, Page } from "playwright-core";
import { DESKTOP, openPage, PHONE } from "../support/browser.ts";
import { browser, site } from "../support/site-in-browser.ts";

/** The figure once its sliders answer. */
async function liveFigure(page: Page): Promise<Locator> {
  await page.goto(`${site.origin}/guides/auction`);
  const figure = page.locator("figure", { has: page.getByRole("img", { name: /^Supply and demand/ }) });
  await figure.scrollIntoViewIfNeeded();
  await figure.locator("[data-live]").first().waitFor();
  return figure;
}

/** Waits until the live region says this. */
function says(figure: Locator, text: string): Promise<void> {
  return figure.getByRole("status").filter({ hasText: text }).waitFor({ state: "attached" });
}

test("by keyboard: a slider moves an order out and in, and the live region says so", async () => {
  const { page, complaints } = await openPage(browser);
  const figure = await liveFigure(page);
  await says(
    figure,
    "The price is 3,600 parts per billion per block, 0.73 % for the lease. 13 units are matched.",
  );
  await says(figure, "In: Wes, Xu, Yara, Ana, Bo, Cy (3 of 5 units in). Out: Zoe, Di.");

  const yara = figure.getByRole("slider", { name: "Yara: rate" });
  await yara.focus();
  for (let presses = 0; presses < 5; presses += 1) await page.keyboard.press("ArrowLeft");
  assert.equal(await yara.getAttribute("aria-valuetext"), "3,100 ppb");
  await says(figure, "The price is 3,100 parts per billion per block");
  assert.ok(await yara.evaluate((slider) => slider === document.activeElement), "focus stays on the slider");

  await page.keyboard.press("End");
  await says(figure, "The price is 4,400 parts per billion per block");
  assert.equal(await yara.getAttribute("aria-valuetext"), "6,000 ppb");

  const units = figure.getByRole("slider", { name: "Wes: units" });
  await units.focus();
  await page.keyboard.press("Home");
  await says(
    figure,
    "The price is 2,400 parts per billion per block, 0.48 % for the lease. 10 units are matched.",
  );

  await figure.getByRole("button", { name: "Reset" }).press("Enter");
  await says(figure, "13 units are matched.");
  assert.ok(await figure.getByRole("button", { name: "Reset" }).isDisabled(), "nothing is left to reset");
  assert.deepEqual(complaints, []);
});

test("without a bid that reaches an ask there is no price, and no channels", async () => {
  const { page } = await openPage(browser);
  const figure = await liveFigure(page);
  for (const name of ["Wes", "Xu", "Yara", "Zoe"]) {
    await figure.getByRole("slider", { name: `${name}: rate` }).press("Home");
  }
  await says(
    figure,
    "There is no price: the highest bid, 200, is below the lowest ask, 1,200. Every order is out.",
  );
  assert.equal(await figure.getByRole("table").count(), 0);
});

test("by pointer: up and down is the rate, sideways the size, past other orders too", async () => {
  const { page, complaints } = await openPage(browser, { viewport: DESKTOP });
  const figure = await liveFigure(page);
  const plot = await box(figure.getByRole("img", { name: /^Supply/ }));
  const rate = (figure: Locator, name: string) =>
    figure.getByRole("slider", { name: `${name}: rate` }).getAttribute("aria-valuetext");

  // 2,400 → 4,900: past Yara and Xu.
  await drag(page, figure.locator("[data-order=Z]"), 0, (-2_500 / 6_000) * plot.height);
  assert.equal(await rate(figure, "Zoe"), "4,900 ppb");
  await says(figure, "The price is 4,400 parts per billion per block");

  await drag(page, figure.locator("[data-order=A]"), (3 / 24) * plot.width, 0);
  assert.equal(
    await figure.getByRole("slider", { name: "Ana: units" }).getAttribute("aria-valuetext"),
    "7 units",
  );
  assert.equal(await rate(figure, "Ana"), "1,200 ppb", "a sideways drag leaves the rate alone");
  assert.deepEqual(complaints, []);
});

test("by touch on a phone, without the page scrolling away", async () => {
  const { page } = await openPage(browser, { viewport: PHONE, hasTouch: true, isMobile: true });
  const figure = await liveFigure(page);
  const handle = figure.locator("[data-order=D]");
  await handle.evaluate((element) => element.scrollIntoView({ block: "center" }));
  const plot = await box(figure.getByRole("img", { name: /^Supply/ }));
  const { x, y } = await box(handle);
  const client = await page.context().newCDPSession(page);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", dy: number) =>
    client.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: type === "touchEnd" ? [] : [{ x: x + 12, y: y + 12 + dy }],
    });
  const scrolled = await page.evaluate(() => scrollY);
  const down = (1_600 / 6_000) * plot.height;
  await touch("touchStart", 0);
  for (const part of [0.3, 0.6, 1]) await touch("touchMove", down * part);
  await touch("touchEnd", 0);
  await says(figure, "Di (");
  assert.equal(
    await figure.getByRole("slider", { name: "Di: rate" }).getAttribute("aria-valuetext"),
    "3,000 ppb",
  );
  assert.equal(await page.evaluate(() => scrollY), scrolled);
});

test("without scripts the figure is there as a picture, with its price and its sums", async () => {
  const { page, complaints } = await openPage(browser, { javaScriptEnabled: false });
  await page.goto(`${site.origin}/guides/auction`);
  const figure = page.locator("figure", { hasText: "3,600 ppb per block" });
  assert.match(await figure.innerText(), /300,000 × 3,600 ÷ 1,000,000,000 × 2,016 = 2,177\.28/);
  assert.equal(await figure.getByRole("slider", { disabled: false }).count(), 0);
  assert.deepEqual(complaints, []);
});

async function box(locator: Locator) {
  const found = await locator.boundingBox();
  assert.ok(found !== null, "it is on the page");
  return found;
}

/** Drags a thing by so many pixels, in steps as a hand would. */
async function drag(page: Page, thing: Locator, dx: number, dy: number): Promise<void> {
  await thing.evaluate((element) => element.scrollIntoView({ block: "center" }));
  const { x, y, width, height } = await box(thing);
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width / 2 + dx, y + height / 2 + dy, { steps: 12 });
  await page.mouse.up();
}
