import { setTimeout } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { openPage } from "../../test/support/browser.ts";
import { settled } from "../../test/support/until.ts";

/** How long bodies may take that have begun to arrive. */
const BODIES_MS = 3_000;

/** One opening of a page with an empty cache. */
export interface PageLoad {
  /** Bytes of scripts, and of all texts of the page (scripts, document, data), gzipped by us: servers differ in how. */
  readonly js: number;
  readonly text: number;
  /** From the request until the text that was waited for stands in the page, in ms. */
  readonly readableMs: number;
  /** The parts over 50 ms of all tasks that the main thread was held by, in ms. */
  readonly blockingMs: number;
}

declare global {
  var longTasks: number[];
}

/** Opens a page and leaves it alone. `text` is what a reader came for. */
export async function loadPage(
  browser: Browser,
  url: string,
  text: string,
  newPage: (browser: Browser) => Promise<Page> = async (browser) => (await openPage(browser)).page,
): Promise<PageLoad> {
  const page = await newPage(browser);
  await page.addInitScript(() => {
    globalThis.longTasks = [];
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) globalThis.longTasks.push(duration);
    }).observe({ type: "longtask", buffered: true });
  });
  const bodies: Promise<{ kind: string; size: number }>[] = [];
  page.on("response", (response) => {
    const kind = response.request().resourceType();
    const isText = /javascript|html|json|css|x-component/.test(response.headers()["content-type"] ?? "");
    if (!isText) return;
    const size = response.body().then(
      (body) => gzipSync(body).length,
      () => 0,
    );
    bodies.push(size.then((size) => ({ kind, size })));
  });
  const from = performance.now();
  await page.goto(url, { waitUntil: "commit" });
  await page.getByText(text).filter({ visible: true }).first().waitFor({ timeout: 60_000 });
  const readableMs = performance.now() - from;
  await page.waitForLoadState("load");
  // Not until the network is idle: an answer that nobody reads keeps it busy for ever.
  await settled(() => bodies.length, 1_000);
  const tasks = await page.evaluate(() => globalThis.longTasks);
  // Closing ends the answers that nobody reads: their bodies would never be whole.
  const loading = Promise.all(bodies);
  await Promise.race([loading, setTimeout(BODIES_MS)]);
  await page.context().close();
  const loaded = await loading;
  return {
    js: total(loaded.filter(({ kind }) => kind === "script")),
    text: total(loaded),
    readableMs,
    blockingMs: tasks.reduce((sum, duration) => sum + Math.max(0, duration - 50), 0),
  };
}

function total(parts: readonly { readonly size: number }[]): number {
  return parts.reduce((sum, { size }) => sum + size, 0);
}
