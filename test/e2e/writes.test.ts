import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { temporaryFolder } from "../server/support/playground.ts";
import { seriousViolations } from "../support/axe.ts";
import { DESKTOP, fillRequest, launchBrowser, openPage, PHONE } from "../support/browser.ts";
import { type Peer, startPeer } from "../support/peer/start-peer.ts";
import { type RunningSite, startSite } from "../support/start-site.ts";
import { settled, until } from "../support/until.ts";

const SUBMIT = "/reference/poolrpc.Trader/SubmitOrder";
const ORDER = `{ "bid": { "details": { "amt": "9007199254740993" }, "lease_duration_blocks": 2016 } }`;

let browser: Browser;
before(async () => {
  browser = await launchBrowser();
});
after(() => browser.close());

/** A peer in the place of a real daemon, with a site beside it. Its profile is selected. */
async function startReal(network: "regtest" | "mainnet") {
  const folder = temporaryFolder();
  const peer = await startPeer({ dir: folder.path });
  const site = await startSite({
    args: [
      ...["--poold", `localhost:${peer.port}`, "--network", network],
      ...["--tlscert", peer.tlsCertPath, "--macaroon", peer.macaroonPath],
    ],
  });
  return {
    peer,
    site,
    async [Symbol.asyncDispose]() {
      await site.stop();
      await peer.stop();
      folder[Symbol.dispose]();
    },
  };
}

async function openSubmit(site: RunningSite, options: Parameters<typeof openPage>[1] = {}) {
  const opened = await openPage(browser, options);
  await opened.page.goto(site.url);
  await opened.page.getByText(/^block [\d,]+$/).waitFor();
  await opened.page.goto(site.origin + SUBMIT);
  return opened;
}

async function turnOnWrites(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Turn on writes for/ }).click();
  await page.getByRole("button", { name: "Turn on writes", exact: true }).click();
  await page.getByText("writes on", { exact: true }).first().waitFor();
}

const submits = (peer: Peer) => peer.calls.filter(({ method }) => method.endsWith(".SubmitOrder"));
const result = (page: Page) => page.getByRole("region", { name: "Result" });
const dialog = (page: Page) => page.getByRole("dialog");
const runButton = (page: Page) => page.getByRole("button", { name: /^Run write/ });
const confirmButton = (page: Page) => page.getByRole("button", { name: "Confirm SubmitOrder" });
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? "");

/** What a reader may do by accident around one wanted call. `count` is of the orders that the daemon got. */
async function accidents(page: Page, origin: string, count: () => Promise<number>): Promise<void> {
  await result(page).getByText("OK", { exact: true }).waitFor();
  assert.equal(await count(), 1, "the double click");
  const second = await page.context().newPage();
  await second.goto(origin + SUBMIT, { waitUntil: "networkidle" });
  assert.equal(await dialog(second).count(), 0);
  await second.close();
  await page.reload({ waitUntil: "networkidle" });
  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "ListOrders" }).click();
  await page.getByRole("heading", { level: 1, name: "ListOrders" }).waitFor();
  await page.goBack({ waitUntil: "networkidle" });
  await page.getByRole("heading", { level: 1, name: "SubmitOrder" }).waitFor();
  assert.equal(await dialog(page).count(), 0);
  let last = await count();
  await settled(() => {
    void count().then((now) => {
      last = now;
    });
    return last;
  }, 600);
  assert.equal(last, 1, "second tab, reload, back");
}

describe("on the sandbox and on a real profile that takes writes", () => {
  test("THREATS 13: double click, second tab, reload, back: exactly 1 order, on the sandbox", async () => {
    await using site = await startSite();
    const log = join(site.sandboxDir, "logs/regtest/sandbox.log");
    const count = async () =>
      (await readFile(log, "utf8"))
        .split("\n")
        .filter((line) => line.includes('"poolrpc.Trader.SubmitOrder"')).length;
    const { page, complaints } = await openSubmit(site);
    await runButton(page).dblclick();
    await accidents(page, site.origin, count);
    assert.deepEqual(complaints, []);
    await page.context().close();
  });

  test("THREATS 13: the same on a real profile, where it is confirmed once", async () => {
    await using real = await startReal("regtest");
    const { peer, site } = real;
    const { page, complaints } = await openSubmit(site);
    await turnOnWrites(page);
    await runButton(page).dblclick();
    await confirmButton(page).waitFor();
    assert.equal(await dialog(page).count(), 1);
    assert.equal(submits(peer).length, 0, "nothing is sent before it is confirmed");

    const second = await page.context().newPage();
    await second.goto(site.origin + SUBMIT);
    await runButton(second).click();
    await confirmButton(second).waitFor();
    await second.keyboard.press("Escape");
    await dialog(second).waitFor({ state: "detached" });
    await second.close();

    await until(async () => {
      await confirmButton(page)
        .dblclick({ timeout: 500 })
        .catch(() => undefined);
      return (await dialog(page).count()) === 0;
    });
    await accidents(page, site.origin, async () => submits(peer).length);
    assert.deepEqual(complaints, []);
    await page.context().close();
  });
});

describe("a real profile", () => {
  let real: Awaited<ReturnType<typeof startReal>>;
  let page: Page;
  let complaints: string[];
  // The address that opens the session works once: all tests share the page.
  before(async () => {
    real = await startReal("regtest");
    ({ page, complaints } = await openSubmit(real.site));
  });
  beforeEach(() => page.goto(real.site.origin + SUBMIT));
  after(async () => {
    await page.context().close();
    await real[Symbol.asyncDispose]();
  });

  test("is read-only until writes are turned on, which is said in the header; and can be turned off again", async () => {
    await page.getByText(/is read-only here, and this method is a write/).waitFor();
    assert.equal(await runButton(page).isDisabled(), true);
    await page.getByRole("button", { name: /^Turn on writes for/ }).click();
    await page.keyboard.press("Enter");
    await dialog(page).waitFor({ state: "detached" });
    assert.match(await focused(page), /^Turn on writes for/, "Enter meets Cancel, and the focus goes back");
    assert.equal(await runButton(page).isDisabled(), true);
    await turnOnWrites(page);
    await page.getByText(/this call asks you to confirm it/).waitFor();
    await page.getByRole("button", { name: "Turn off writes" }).click();
    await page.getByText(/is read-only here/).waitFor();
    assert.match(await focused(page), /^Turn on writes for/);
    assert.equal(await page.getByText("writes on", { exact: true }).count(), 0);
    assert.equal(submits(real.peer).length, 0);
  });

  test("THREATS 20: a write is confirmed by keyboard alone; Enter and Esc meet Cancel, and the focus returns", async () => {
    await turnOnWritesIfOff(page);
    await fillRequest(page, ORDER);
    const before = submits(real.peer).length;
    for (const no of ["Enter", "Escape"]) {
      await page.keyboard.press("Control+Enter");
      await confirmButton(page).waitFor();
      await until(
        () => focused(page),
        (text) => text === "Cancel",
      );
      await page.keyboard.press(no);
      await dialog(page).waitFor({ state: "detached" });
      assert.equal(
        await page.evaluate(() => document.activeElement?.closest("[data-editor]") !== null),
        true,
        `after ${no} the focus is in the editor`,
      );
      // Presses that follow each other at once count as one.
      await page.waitForFunction(
        (since) => performance.now() - since > 800,
        await page.evaluate(() => performance.now()),
      );
    }
    await page.keyboard.press("Control+Enter");
    await confirmButton(page).waitFor();
    const text = await dialog(page).innerText();
    for (const named of [
      "regtest",
      "poold regtest",
      `localhost:${real.peer.port}`,
      "poolrpc.Trader.SubmitOrder",
      "9,007,199,254,740,993 sat",
      "90,071,992.54740993 BTC",
      "bid.details.amt",
      '"lease_duration_blocks": 2016',
    ]) {
      assert.ok(text.includes(named), `${named} is not in ${text}`);
    }
    assert.equal(submits(real.peer).length, before);
    await page.keyboard.press("Tab");
    assert.equal(await focused(page), "Confirm SubmitOrder");
    await until(async () => {
      await page.keyboard.press("Enter");
      return (await dialog(page).count()) === 0;
    });
    await result(page).getByText("OK", { exact: true }).waitFor();
    assert.equal(submits(real.peer).length, before + 1);
    assert.deepEqual(complaints, []);
  });

  test("a confirmation runs out while the clock is shown, and can be asked for again", async () => {
    const before = submits(real.peer).length;
    await turnOnWritesIfOff(page);
    // A context of its own: its clock is not the other tests'.
    const storageState = await page.context().storageState();
    const { page: own } = await openPage(browser, { storageState });
    await own.clock.install();
    await own.goto(real.site.origin + SUBMIT);
    await runButton(own).click();
    await own.getByRole("timer").waitFor();
    await own.clock.fastForward(61_000);
    await own.getByText(/has run out/).waitFor();
    assert.equal(await confirmButton(own).count(), 0);
    // The second click may meet the button that confirms.
    await own.getByRole("button", { name: "Ask again" }).dblclick();
    await confirmButton(own).waitFor();
    await confirmButton(own).click();
    assert.equal(await dialog(own).count(), 1, "what comes right after the question is no answer");
    assert.equal(submits(real.peer).length, before);
    await own.clock.fastForward(600);
    await confirmButton(own).click();
    await result(own).getByText("OK", { exact: true }).waitFor();
    assert.equal(submits(real.peer).length, before + 1);
    await own.context().close();
  });

  test("a request that would crash the daemon is stopped before anything is asked, with the reason", async () => {
    await turnOnWritesIfOff(page);
    const before = submits(real.peer).length;
    await fillRequest(page, `{ "bid": { "lease_duration_blocks": 2016 } }`);
    await page.keyboard.press("Control+Enter");
    await result(page)
      .getByText(/crashes on "bid" without "details".*Nothing was sent/)
      .waitFor();
    assert.equal(await dialog(page).count(), 0);
    assert.equal(submits(real.peer).length, before);
  });

  for (const colorScheme of ["light", "dark"] as const) {
    test(`THREATS 20: axe finds nothing in the dialogs and on the profiles' page, in ${colorScheme}`, async () => {
      for (const viewport of [DESKTOP, PHONE]) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize(viewport);
        await page.goto(real.site.origin + SUBMIT);
        await turnOnWritesIfOff(page);
        await page.locator("details[data-standing] summary").click();
        await page.getByText("The least that could").waitFor();
        await runButton(page).click();
        await confirmButton(page).waitFor();
        assert.deepEqual(await seriousViolations(page), [], `the dialog at ${viewport.width}`);
        await page.keyboard.press("Escape");
        await page.goto(`${real.site.origin}/profiles`);
        const checks = page.getByRole("button", { name: "Check" });
        for (const at of [0, 1]) await checks.nth(at).click();
        await page
          .getByText(/Nothing failed|All is well/)
          .nth(1)
          .waitFor();
        assert.deepEqual(await seriousViolations(page), [], `/profiles at ${viewport.width}`);
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(width <= viewport.width, `${width} is wider than ${viewport.width}`);
        await page.goto(`${real.site.origin}/guides/macaroons`);
        assert.deepEqual(await seriousViolations(page), [], `/guides/macaroons at ${viewport.width}`);
      }
      assert.deepEqual(complaints, []);
    });
  }

  test("THREATS 14: a write whose reply was lost has its outcome told as unknown, with the read that tells", async () => {
    await turnOnWritesIfOff(page);
    await page.getByText("Options", { exact: true }).click();
    await page.getByRole("button", { name: "Add a row" }).click();
    await page.getByLabel("Name of metadata row 1").fill("x-peer-hang");
    await page.getByLabel("Value of metadata row 1").fill("1");
    const before = submits(real.peer).length;
    await runButton(page).click();
    await confirmButton(page).waitFor();
    await until(async () => {
      await confirmButton(page)
        .click({ timeout: 500 })
        .catch(() => undefined);
      return (await dialog(page).count()) === 0;
    });
    await real.peer.waitFor(() => submits(real.peer).length === before + 1);
    await page.getByRole("button", { name: "Cancel", exact: true }).click();
    const note = page
      .getByRole("alert")
      .filter({ hasText: "Outcome unknown: it may have been carried out." });
    await note.getByRole("link", { name: "Look with ListOrders" }).click();
    await page.getByRole("heading", { level: 1, name: "ListOrders" }).waitFor();
    assert.equal(submits(real.peer).length, before + 1);
  });

  test("THREATS 14: while a write is under way the browser asks before the page is left, and the history has it", async () => {
    await page.setViewportSize(DESKTOP);
    await turnOnWritesIfOff(page);
    await page.getByText("Options", { exact: true }).click();
    if ((await page.getByLabel("Name of metadata row 1").count()) === 0) {
      await page.getByRole("button", { name: "Add a row" }).click();
    }
    await page.getByLabel("Name of metadata row 1").fill("x-peer-hang");
    await page.getByLabel("Value of metadata row 1").fill("1");
    const before = submits(real.peer).length;
    await runButton(page).click();
    await confirmButton(page).waitFor();
    await until(async () => {
      await confirmButton(page)
        .click({ timeout: 500 })
        .catch(() => undefined);
      return (await dialog(page).count()) === 0;
    });
    await real.peer.waitFor(() => submits(real.peer).length === before + 1);
    const asked = page.waitForEvent("dialog");
    const reload = page.reload({ timeout: 1_000 }).catch(() => null);
    const question = await asked;
    assert.equal(question.type(), "beforeunload");
    await question.dismiss();
    await reload;
    await page.getByRole("button", { name: "Cancel", exact: true }).waitFor();

    await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "ListOrders" }).click();
    await page.getByRole("heading", { level: 1, name: "ListOrders" }).waitFor();
    await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "History" }).click();
    const newest = page.getByRole("main").getByRole("listitem").filter({ hasText: "SubmitOrder" }).first();
    await newest.getByText("CANCELLED", { exact: true }).first().waitFor();
    assert.equal(submits(real.peer).length, before + 1);
  });

  async function turnOnWritesIfOff(page: Page): Promise<void> {
    await page.getByRole("button", { name: /^Turn o(n|ff) writes/ }).waitFor();
    if ((await page.getByRole("button", { name: "Turn off writes" }).count()) === 0) await turnOnWrites(page);
  }
});

test("mainnet cannot be mistaken, and has its name typed before a write", async () => {
  await using real = await startReal("mainnet");
  const { page, complaints } = await openSubmit(real.site);
  for (const viewport of [DESKTOP, PHONE]) {
    await page.setViewportSize(viewport);
    await page.getByRole("banner").getByText("MAINNET", { exact: true }).first().waitFor();
    await page.getByRole("banner").getByText("read-only").waitFor();
  }
  await page.setViewportSize(DESKTOP);
  await turnOnWrites(page);
  await page.getByRole("banner").getByText("writes on", { exact: true }).first().waitFor();
  await runButton(page).click();
  const input = page.getByRole("textbox", { name: "Type mainnet to confirm" });
  await input.waitFor();
  assert.equal(await input.evaluate((element) => element === document.activeElement), true);
  for (const wrong of ["", "main", "regtest", "MAINNET"]) {
    await input.fill(wrong);
    await page.keyboard.press("Enter");
    assert.equal(await confirmButton(page).isDisabled(), true, wrong);
  }
  assert.deepEqual(await seriousViolations(page), []);
  assert.equal(submits(real.peer).length, 0);
  await input.fill("mainnet");
  await until(async () => {
    if ((await dialog(page).count()) === 0) return true;
    await page.keyboard.press("Enter");
    return false;
  });
  await result(page).getByText("OK", { exact: true }).waitFor();
  assert.equal(submits(real.peer).length, 1);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("replies with secrets are masked until they are asked for, run by run", async () => {
  await using site = await startSite();
  const { page } = await openPage(browser);
  await page.goto(`${site.origin}/reference/poolrpc.Trader/GetLsatTokens`);
  const text = async () => page.getByRole("tabpanel").innerText();
  for (const _ of [1, 2]) {
    await page.getByRole("button", { name: /^Run/ }).click();
    await result(page).getByText("OK", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Show secrets" }).waitFor();
    assert.doesNotMatch(await page.content(), /payment_preimage[^_]*[0-9a-f]{64}/);
    await page.getByRole("button", { name: "Show secrets" }).click();
    await until(text, (shown) => /payment_preimage/.test(shown));
  }
  await page.context().close();
});
