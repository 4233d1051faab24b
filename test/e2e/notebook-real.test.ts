import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { temporaryFolder } from "../server/support/playground.ts";
import { launchBrowser, openPage } from "../support/browser.ts";
import { startPeer } from "../support/peer/start-peer.ts";
import { startSite } from "../support/start-site.ts";
import { until } from "../support/until.ts";

let browser: Browser;
before(async () => {
  browser = await launchBrowser();
});
after(() => browser.close());

const cell = (page: Page, id: string) => page.locator(`#cell-${id}`);
const run = (page: Page, id: string) =>
  cell(page, id).getByRole("button", { name: /^Run(?: write| again)?: / });

test("on a real profile a notebook's write waits until writes are on, and then for its own confirmation", async () => {
  using folder = temporaryFolder();
  await using peer = await startPeer({ dir: folder.path });
  await using site = await startSite({
    args: [
      ...["--poold", `localhost:${peer.port}`, "--network", "regtest"],
      ...["--tlscert", peer.tlsCertPath, "--macaroon", peer.macaroonPath],
    ],
  });
  const opened = () => peer.calls.filter(({ method }) => method.endsWith(".InitAccount")).length;
  const { page } = await openPage(browser);
  await page.goto(site.url);
  await page.getByText(/^block [\d,]+$/).waitFor();
  await page.goto(`${site.origin}/notebooks/first-account`);
  await page.getByText(/^block [\d,]+$/).waitFor();
  assert.match(await page.locator("#cell-start").innerText(), /read-only here, and \d+ cells write/);

  await run(page, "lifetime").click();
  await until(
    () => cell(page, "lifetime").getAttribute("data-state"),
    (state) => state === "done",
  );
  await run(page, "opened").click();
  await until(
    () => cell(page, "opened").getAttribute("data-state"),
    (state) => state === "failed",
  );
  await cell(page, "opened")
    .getByText(/switched on among the profiles/)
    .waitFor();
  assert.equal(opened(), 0);

  // Cells of the sandbox's own world are passed over.
  const mine = page.locator("section[data-kind=call]").filter({ hasText: "Control.MineBlocks" }).first();
  await mine.getByRole("button", { name: /^Run(?: write)?: MineBlocks/ }).click();
  await mine.getByText(/does not serve it/).waitFor();

  // Turned on elsewhere, while the notebook keeps what it has.
  const other = await page.context().newPage();
  await other.goto(`${site.origin}/reference/poolrpc.Trader/SubmitOrder`);
  await other.getByRole("button", { name: /^Turn on writes for/ }).click();
  await other.getByRole("button", { name: "Turn on writes", exact: true }).click();
  await other.getByText("writes on", { exact: true }).first().waitFor();
  await other.close();
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await page
    .locator("#cell-start")
    .getByText(/Each write asks you/)
    .waitFor();
  assert.equal(
    await cell(page, "lifetime").getAttribute("data-state"),
    "done",
    "its results are still there",
  );

  await run(page, "opened").click();
  const dialog = page.getByRole("dialog", { name: /^Run InitAccount on regtest/ });
  await dialog.waitFor();
  assert.match(await dialog.innerText(), /1000000/, "the values of earlier cells are in what is confirmed");
  assert.equal(opened(), 0, "nothing is sent before it is confirmed");
  await page.keyboard.press("Escape");
  await cell(page, "opened")
    .getByText(/you did not confirm it/)
    .waitFor();
  assert.equal(opened(), 0);

  // A press soon after the last one is taken for a double click.
  await until(async () => {
    await run(page, "opened")
      .click({ timeout: 500 })
      .catch(() => undefined);
    return (await dialog.count()) === 1;
  });
  await until(async () => {
    await dialog
      .getByRole("button", { name: "Confirm InitAccount" })
      .click({ timeout: 500 })
      .catch(() => undefined);
    return (await dialog.count()) === 0;
  });
  await until(opened, (count) => count === 1);
  await page.context().close();
});
