import { readFileSync } from "node:fs";
import type { Browser } from "playwright-core";

/** Megabytes that the pages' processes of a browser hold of their own, workers included: their proportional set size. */
export async function rendererMegabytes(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  return processInfo
    .filter(({ type }) => type === "renderer")
    .reduce((sum, { id }) => sum + proportionalMegabytes(id), 0);
}

/** Reads it every 200 ms until the function that it gives is called, which gives the most that was seen. */
export async function watchMemory(browser: Browser): Promise<() => Promise<number>> {
  let most = await rendererMegabytes(browser);
  let over = false;
  const watching = (async () => {
    while (!over) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      most = Math.max(most, await rendererMegabytes(browser));
    }
  })();
  return async () => {
    over = true;
    await watching;
    return most;
  };
}

/** Where the system does not say (it is Linux that does), NaN: which no target is met by. */
function proportionalMegabytes(pid: number): number {
  try {
    const kilobytes = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1];
    return kilobytes === undefined ? Number.NaN : Number(kilobytes) / 1_024;
  } catch {
    return Number.NaN;
  }
}
