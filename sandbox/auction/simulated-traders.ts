import type { WorldState } from "../ledger/state.ts";
import { draw } from "../ledger/state.ts";
import { drawBelow, type OtherOrder } from "./other-order.ts";

/** What one simulated trader is after: one side of one market, around a rate of its own. */
interface Taste {
  readonly node: number;
  readonly side: "ask" | "bid";
  readonly leaseDuration: number;
  /** The rate that it starts from, in parts per billion per block, and how far it goes from there, in percent. */
  readonly rate: number;
  readonly spread: number;
  /** Units of its largest order. */
  readonly units: number;
  /** In how many blocks of a hundred it places an order. */
  readonly eager: number;
}

/**
 * The traders that keep a market alive: sellers who want more for longer leases, bidders of whom some pay whatever it
 * takes. Their rates overlap, so that most batches have something to clear.
 */
const TASTES: readonly Taste[] = [
  { node: 0, side: "ask", leaseDuration: 2016, rate: 4_600, spread: 15, units: 120, eager: 20 },
  { node: 1, side: "ask", leaseDuration: 2016, rate: 5_200, spread: 20, units: 60, eager: 15 },
  { node: 2, side: "bid", leaseDuration: 2016, rate: 4_700, spread: 20, units: 40, eager: 25 },
  { node: 1, side: "bid", leaseDuration: 2016, rate: 5_400, spread: 10, units: 15, eager: 10 },
  { node: 2, side: "ask", leaseDuration: 4032, rate: 2_500, spread: 15, units: 80, eager: 10 },
  { node: 0, side: "bid", leaseDuration: 4032, rate: 2_450, spread: 20, units: 30, eager: 12 },
  { node: 0, side: "ask", leaseDuration: 6048, rate: 1_900, spread: 15, units: 50, eager: 6 },
  { node: 1, side: "bid", leaseDuration: 6048, rate: 1_800, spread: 20, units: 20, eager: 6 },
];

/** Open orders of one trader: who has so many waits, and sometimes thinks better of the oldest. */
const MOST_OPEN = 12;

/** What the simulated traders do while one block is found: place an order here, withdraw one there. */
export function actOnBlock(state: WorldState): void {
  for (const taste of TASTES) {
    if (drawBelow(state, 100, "simulated trader acts") >= taste.eager) continue;
    const mine = state.others.filter((order) => isOf(taste, order));
    if (mine.length >= MOST_OPEN) {
      state.others.splice(state.others.indexOf(mine[0] as OtherOrder), 1);
    } else state.others.push(newOrder(state, taste));
  }
}

/** The orders with which a market begins: so many of each side, and their units together. */
export function firstOrders(
  state: WorldState,
  market: {
    readonly leaseDuration: number;
    readonly asks: number;
    readonly askUnits: number;
    readonly bids: number;
    readonly bidUnits: number;
  },
): void {
  const { leaseDuration } = market;
  for (const [side, count, total] of [
    ["ask", market.asks, market.askUnits],
    ["bid", market.bids, market.bidUnits],
  ] as const) {
    const tastes = TASTES.filter((taste) => taste.side === side && taste.leaseDuration === leaseDuration);
    for (let n = 0; n < count; n++) {
      const taste = tastes[n % tastes.length];
      if (taste === undefined) continue;
      const units = Math.floor(total / count) + (n < total % count ? 1 : 0);
      // What is there to begin with was not matched before: asks above all bids.
      const step = side === "ask" ? 1.3 + n / (4 * count) : 0.85 - n / (4 * count);
      state.others.push({
        ...newOrder(state, taste),
        rate: Math.round(taste.rate * step),
        units,
        minUnits: 1,
      });
    }
  }
}

function isOf(taste: Taste, order: OtherOrder): boolean {
  return (
    order.node === taste.node && order.side === taste.side && order.leaseDuration === taste.leaseDuration
  );
}

function newOrder(state: WorldState, { node, side, leaseDuration, rate, spread, units }: Taste): OtherOrder {
  const percent = 100 - spread + drawBelow(state, 2 * spread + 1, "simulated trader's rate");
  const size = 1 + drawBelow(state, units, "simulated trader's units");
  return {
    id: draw(state, "simulated trader's nonce"),
    side,
    node,
    rate: Math.round((rate * percent) / 100),
    units: size,
    minUnits: 1 + drawBelow(state, Math.min(size, 4), "simulated trader's smallest match"),
    leaseDuration,
  };
}
