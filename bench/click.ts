import { openGrpcui, openOurs, type ReadyPage } from "./support/contestant.ts";
import type { Context } from "./support/context.ts";
import { median } from "./support/median.ts";
import { actAndWatch } from "./support/paint-watch.ts";
import { isMissing } from "./support/peer.ts";
import { COUNTED } from "./support/replies.ts";
import type { Row } from "./support/row.ts";

const ROUNDS = 30;

/** What a page still does after it has painted, such as keeping the run in its history, is not to be in the other's way. */
const REST_MS = 250;

const NAME = "click to painted reply, median";

/**
 * From the press of the button to the frame that shows the reply, in a page that has run the call before: with the
 * request that both pages begin with, so that nothing but the button is touched.
 */
export async function measureClick(context: Context): Promise<readonly Row[]> {
  const grpcui = await context.grpcui();
  if (isMissing(grpcui)) return [{ kind: "left-out", name: NAME, why: grpcui.why }];
  const call = { method: "poolrpc.Trader.GetInfo", request: null };
  const pages = {
    ours: await openOurs(await context.browser(), await context.site(), call),
    grpcui: await openGrpcui(await context.browser(), grpcui, call),
  };
  const times = { ours: [] as number[], grpcui: [] as number[] };
  for (let round = -3; round < ROUNDS; round++) {
    for (const name of round % 2 === 0 ? (["ours", "grpcui"] as const) : (["grpcui", "ours"] as const)) {
      const ms = await clickOnce(pages[name]);
      if (round >= 0) times[name].push(ms);
    }
  }
  await pages.ours.close();
  await pages.grpcui.close();
  return [
    {
      kind: "ratio",
      name: NAME,
      unit: "ms",
      ours: median(times.ours),
      peer: { name: "grpcui", value: median(times.grpcui) },
      most: 1,
    },
  ];
}

/** Each reply has a number of its own: one that is still shown from before is not taken for it. */
async function clickOnce({ page, button, selector }: ReadyPage): Promise<number> {
  await page.bringToFront();
  if (await button.isDisabled())
    await page.waitForFunction((it) => !(it as HTMLButtonElement).disabled, button);
  const shown = await page.evaluate((selector) => {
    const found = document.querySelector(selector);
    return found === null ? "" : "value" in found ? String(found.value) : (found.textContent ?? "");
  }, selector);
  const before = new RegExp(`${COUNTED}\\d{9}`).exec(shown)?.[0] ?? "none yet";
  const painted = await actAndWatch(button, "click", {
    selector,
    pattern: new RegExp(`(?!${before})${COUNTED}\\d{9}`),
    timeoutMs: 10_000,
  });
  if (painted === null) throw new Error(`${page.url()} showed no reply within 10 s`);
  await page.waitForTimeout(REST_MS);
  return painted.afterMs;
}
