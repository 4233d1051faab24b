import type { Page } from "playwright-core";
import { openPage } from "../test/support/browser.ts";
import { KEEP_NAMES } from "./support/contestant.ts";
import type { Context } from "./support/context.ts";
import { CELLS, startLargeSite } from "./support/large-site.ts";
import { median } from "./support/median.ts";
import { loadPage } from "./support/page-load.ts";
import { watchFrames } from "./support/paint-watch.ts";
import type { Row } from "./support/row.ts";

const MOST_OPEN_MS = 1_000;
const MOST_GAP_MS = 100;
const ROUNDS = 5;

/** How far a page goes in one frame while it is scrolled, px: all of a notebook in a few seconds. */
const STEP = 240;

/** A notebook of 200 cells: until it can be read and used, and how smoothly it is scrolled. */
export async function measureNotebook(context: Context): Promise<readonly Row[]> {
  await using site = await startLargeSite();
  const browser = await context.browser();
  const url = `${site.origin}/notebooks/large`;
  const alive: number[] = [];
  const gaps: number[] = [];
  const { js } = await loadPage(browser, url, "Cell 1 is one of many.");
  for (let round = 0; round < ROUNDS; round++) {
    const { page } = await openPage(browser);
    await page.addInitScript(KEEP_NAMES);
    const from = performance.now();
    await page.goto(url, { waitUntil: "commit" });
    await page.waitForFunction(isAlive, undefined, { polling: "raf" });
    alive.push(performance.now() - from);
    await page.waitForLoadState("load");
    const end = await watchFrames(page);
    await scrollThrough(page);
    gaps.push(await end());
    await page.context().close();
  }
  const name = `notebook of ${CELLS} cells`;
  return [
    { kind: "limit", name: `${name}: open and alive`, unit: "ms", ours: median(alive), most: MOST_OPEN_MS },
    {
      kind: "limit",
      name: `${name}: longest gap in scrolling`,
      unit: "ms",
      ours: median(gaps),
      most: MOST_GAP_MS,
    },
    { kind: "shown", name: `${name}: JS gzipped`, unit: "kB", ours: js / 1000 },
  ];
}

/** Whether all cells are there, and the page answers to what is done in it. */
function isAlive(): boolean {
  const last = [...document.querySelectorAll("section[data-kind] button")].at(-1);
  return last !== undefined && Object.keys(last).some((key) => key.startsWith("__reactProps"));
}

/** Down to the end, a step a frame, and up again at once. */
async function scrollThrough(page: Page): Promise<void> {
  await page.evaluate(
    (step) =>
      new Promise<void>((resolve) => {
        const next = () => {
          const before = scrollY;
          scrollBy(0, step);
          if (scrollY > before) {
            requestAnimationFrame(next);
            return;
          }
          scrollTo(0, 0);
          requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
        };
        requestAnimationFrame(next);
      }),
    STEP,
  );
}
