import type { OpenAsk, OpenBid } from "./open-order.ts";
import { whyUnmatched } from "./why-unmatched.ts";

/** Units of one ask for one bid: one channel. */
export interface OpenMatch {
  readonly ask: OpenAsk;
  readonly bid: OpenBid;
  readonly units: number;
}

/** One market of one duration, cleared: everybody in it pays the same. */
export interface ClearedMarket {
  /** Parts per billion per block: the rate of the lowest bid that was matched. */
  readonly price: number;
  readonly matches: readonly OpenMatch[];
}

/**
 * Clears a market. Of all prices that a bid names the one that trades the most units is taken, and of several such the
 * highest; asks above it and bids below it stay out. Then the highest bid chooses first, the cheapest ask that suits it;
 * of equal rates the earlier in the list comes first. Null where nothing can be traded.
 */
export function clearDuration(asks: readonly OpenAsk[], bids: readonly OpenBid[]): ClearedMarket | null {
  const cheapest = [...asks].sort((a, b) => a.rate - b.rate);
  const highest = [...bids].sort((a, b) => b.rate - a.rate);
  let best: { readonly units: number; readonly matches: readonly OpenMatch[] } = { units: 0, matches: [] };
  for (const price of new Set(highest.map(({ rate }) => rate))) {
    const matches = matchAt(
      cheapest.filter(({ rate }) => rate <= price),
      highest.filter(({ rate }) => rate >= price),
    );
    const units = matches.reduce((sum, match) => sum + match.units, 0);
    if (units > best.units) best = { units, matches };
  }
  if (best.units === 0) return null;
  return { price: Math.min(...best.matches.map(({ bid }) => bid.rate)), matches: best.matches };
}

function matchAt(asks: readonly OpenAsk[], bids: readonly OpenBid[]): OpenMatch[] {
  const left = new Map(asks.map((ask) => [ask, ask.units]));
  const matches: OpenMatch[] = [];
  for (const bid of bids) {
    let wanted = bid.units;
    for (const ask of asks) {
      if (wanted === 0) break;
      const units = Math.min(left.get(ask) ?? 0, wanted);
      const smallest = Math.max(ask.minUnits, bid.minUnits);
      if (units === 0 || units < smallest || whyUnmatched(ask, bid) !== null) continue;
      matches.push({ ask, bid, units });
      left.set(ask, (left.get(ask) ?? 0) - units);
      wanted -= units;
    }
  }
  return matches;
}
