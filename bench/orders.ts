import { type BenchCall, openGrpcui, openOurs, type ReadyPage } from "./support/contestant.ts";
import type { Context } from "./support/context.ts";
import { median } from "./support/median.ts";
import { actAndWatch, watchFrames } from "./support/paint-watch.ts";
import { isMissing } from "./support/peer.ts";
import { ORDERS } from "./support/replies.ts";
import type { Row } from "./support/row.ts";

const ROUNDS = 5;
const PEER_ROUNDS = 2;
const NAME = `${ORDERS.toLocaleString("en-US")} orders: first screen`;
const CALL: BenchCall = { method: "poolrpc.Trader.ListOrders", request: { verbose: true } };

/** From the press of the button to the frame that shows the first order, in a page that was just opened. */
export async function measureOrders(context: Context): Promise<readonly Row[]> {
  const browser = await context.browser();
  const site = await context.site();
  const times: number[] = [];
  const gaps: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const opened = await openOurs(browser, site, CALL);
    const stopFrames = await watchFrames(opened.page);
    times.push(await firstScreen(opened));
    gaps.push(await stopFrames());
    await opened.close();
  }
  const ours = median(times);
  const rows: Row[] = [
    { kind: "limit", name: NAME, unit: "ms", ours, most: 250 },
    { kind: "shown", name: `${NAME}: longest frame gap`, unit: "ms", ours: median(gaps) },
  ];
  const grpcui = await context.grpcui();
  if (isMissing(grpcui)) return [...rows, { kind: "left-out", name: NAME, why: grpcui.why }];
  const peerTimes: number[] = [];
  for (let round = 0; round < PEER_ROUNDS; round++) {
    const opened = await openGrpcui(browser, grpcui, CALL);
    peerTimes.push(await firstScreen(opened));
    await opened.close();
  }
  const peer = { name: "grpcui", value: median(peerTimes) };
  return [{ kind: "ratio", name: NAME, unit: "ms", ours, peer, most: 1 / 25 }, ...rows];
}

async function firstScreen({ page, button, selector }: ReadyPage): Promise<number> {
  const painted = await actAndWatch(button, "click", {
    selector,
    pattern: /"(?:order_nonce|orderNonce)"/,
    timeoutMs: 120_000,
  });
  if (painted === null) throw new Error(`${page.url()} showed no order within 120 s`);
  return painted.afterMs;
}
