import type { Browser } from "playwright-core";
import { launchBrowser } from "../test/support/browser.ts";
import { type BenchCall, openGrpcui, openOurs, type ReadyPage } from "./support/contestant.ts";
import type { Context } from "./support/context.ts";
import { median } from "./support/median.ts";
import { rendererMegabytes, watchMemory } from "./support/memory.ts";
import { actAndWatch, watchFrames } from "./support/paint-watch.ts";
import { isMissing } from "./support/peer.ts";
import { FIRST_SENT, PACED_GAP_MS } from "./support/replies.ts";
import type { Row } from "./support/row.ts";

const ROUNDS = 7;
const PACED = 20;
const BURST = 100_000;
const BURST_NAME = `${BURST.toLocaleString("en-US")} messages`;
const PACED_NAME = "10/s stream: first message after its sending";

/** How long a page may take for the burst, before it counts as not done. */
const PATIENCE_MS = 300_000;

/** Streams from the server: the first message of a slow one, and a fast one whole. */
export async function measureStreams(context: Context): Promise<readonly Row[]> {
  return [...(await measurePaced(context)), ...(await measureBurst(context))];
}

async function measurePaced(context: Context): Promise<readonly Row[]> {
  const browser = await context.browser();
  const call = request(`paced:${PACED}`);
  const ours: number[] = [];
  const opened = await openOurs(browser, await context.site(), call);
  for (let round = 0; round < ROUNDS; round++) {
    if (round > 0) await ended(opened);
    ours.push(await firstMessage(opened, FIRST_SENT.hex));
  }
  await opened.close();
  const rows: Row[] = [
    { kind: "limit", name: `${PACED_NAME}, median`, unit: "ms", ours: median(ours), most: 50 },
    { kind: "shown", name: `${PACED_NAME}, slowest of ${ROUNDS}`, unit: "ms", ours: Math.max(...ours) },
  ];
  const grpcui = await context.grpcui();
  if (isMissing(grpcui))
    return [...rows, { kind: "left-out", name: `${PACED_NAME}: grpcui`, why: grpcui.why }];
  const theirs = await openGrpcui(browser, grpcui, call);
  const late = await firstMessage(theirs, FIRST_SENT.base64);
  await theirs.close();
  const end = `(nothing before the end, at ${PACED * PACED_GAP_MS} ms)`;
  return [
    {
      kind: "ratio",
      name: `${PACED_NAME} ${end}`,
      unit: "ms",
      ours: median(ours),
      peer: { name: "grpcui", value: late },
      most: 1,
    },
    ...rows,
  ];
}

/** Milliseconds from the daemon's sending of the first message to the frame that shows it. */
async function firstMessage(
  { page, button, selector }: ReadyPage,
  read: { readonly pattern: RegExp; readonly time: (caught: string) => number },
): Promise<number> {
  const painted = await actAndWatch(button, "click", { selector, pattern: read.pattern, timeoutMs: 30_000 });
  if (painted === null) throw new Error(`${page.url()} showed no message within 30 s`);
  return painted.at - read.time(painted.groups[0] ?? "");
}

/** What a page made of the burst; times in ms, `grown` in megabytes over idle at its highest. */
interface Burst {
  readonly firstMs: number;
  readonly allMs: number | null;
  readonly longestGap: number;
  readonly grown: number;
}

async function measureBurst(context: Context): Promise<readonly Row[]> {
  const call = request(`burst:${BURST}`);
  const site = await context.site();
  const ours = await inOwnBrowser(async (browser) =>
    burst(browser, await openOurs(browser, site, call), /"(?:desc|msg)"/, endedWith(BURST)),
  );
  const rows: Row[] = [
    { kind: "limit", name: `${BURST_NAME}: longest frame gap`, unit: "ms", ours: ours.longestGap, most: 100 },
    { kind: "limit", name: `${BURST_NAME}: memory over idle`, unit: "MB", ours: ours.grown, most: 150 },
    { kind: "shown", name: `${BURST_NAME}: first one painted`, unit: "ms", ours: ours.firstMs },
  ];
  if (ours.allMs === null) {
    return [
      { kind: "failed", name: BURST_NAME, why: `not all shown within ${PATIENCE_MS / 1_000} s` },
      ...rows,
    ];
  }
  const grpcui = await context.grpcui();
  if (isMissing(grpcui)) return [...rows, { kind: "left-out", name: BURST_NAME, why: grpcui.why }];
  const theirs = await inOwnBrowser(async (browser) =>
    burst(browser, await openGrpcui(browser, grpcui, call), /"msg"/, null),
  );
  return [
    {
      kind: "ratio",
      name: BURST_NAME,
      unit: "ms",
      ours: ours.allMs,
      peer: {
        name: "grpcui",
        value: theirs.allMs ?? PATIENCE_MS,
        atLeast: theirs.allMs === null,
      },
      most: 1 / 10,
    },
    ...rows,
    { kind: "shown", name: `${BURST_NAME}: grpcui's memory over idle`, unit: "MB", ours: theirs.grown },
  ];
}

/** `all` null: the first message that is shown comes with all the others. */
async function burst(browser: Browser, opened: ReadyPage, first: RegExp, all: RegExp | null): Promise<Burst> {
  const { page, button, selector } = opened;
  const idle = await rendererMegabytes(browser);
  const stopMemory = await watchMemory(browser);
  const stopFrames = await watchFrames(page);
  const from = performance.now();
  const painted = await actAndWatch(button, "click", { selector, pattern: first, timeoutMs: PATIENCE_MS });
  let allMs = painted === null ? null : painted.afterMs;
  if (all !== null && painted !== null) {
    const seen = await page
      .waitForFunction(
        ({ selector, source }) =>
          new RegExp(source).test(document.querySelector(selector)?.textContent ?? ""),
        { selector, source: all.source },
        { timeout: PATIENCE_MS },
      )
      .catch(() => null);
    allMs = seen === null ? null : performance.now() - from;
  }
  const longestGap = await stopFrames();
  const most = await stopMemory();
  await opened.close();
  return { firstMs: painted?.afterMs ?? Number.NaN, allMs, longestGap, grown: most - idle };
}

/** Memory is read of whole processes: nothing else may be in them. */
async function inOwnBrowser<T>(work: (browser: Browser) => Promise<T>): Promise<T> {
  await using browser = await launchBrowser();
  return await work(browser);
}

function request(streamId: string): BenchCall {
  return {
    method: "poolrpc.HashMail.RecvStream",
    request: { stream_id: Buffer.from(streamId) },
  };
}

async function ended({ page, selector }: ReadyPage): Promise<void> {
  await page.locator(`${selector}[data-phase="ended"]`).waitFor();
}

function endedWith(count: number): RegExp {
  return new RegExp(`OK.*${count.toLocaleString("en-US")} messages`, "s");
}
