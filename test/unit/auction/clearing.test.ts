import assert from "node:assert/strict";
import { test } from "node:test";
import { type BookOrder, clearMarket, uniformPrice } from "../../../lib/auction/clearing.ts";
import { executionFee, lumpSumPremium } from "../../../lib/auction/premium.ts";

interface Row {
  readonly what: string;
  readonly asks: readonly BookOrder[];
  readonly bids: readonly BookOrder[];
  /** Price and the matches as `ask>bid:units`, or null. */
  readonly cleared: readonly [number, ...string[]] | null;
}

const ROWS: readonly Row[] = [
  { what: "an empty book", asks: [], bids: [], cleared: null },
  { what: "no bid reaches an ask", asks: asks([5, 100]), bids: bids([5, 99]), cleared: null },
  { what: "a bid that just reaches", asks: asks([5, 100]), bids: bids([5, 100]), cleared: [100, "a0>b0:5"] },
  {
    what: "the lowest bid that is in sets the price",
    asks: asks([5, 100], [5, 200]),
    bids: bids([5, 900], [5, 300]),
    cleared: [300, "a0>b0:5", "a1>b1:5"],
  },
  {
    what: "a bid below the next ask stays out",
    asks: asks([5, 100], [5, 200]),
    bids: bids([5, 900], [5, 199]),
    cleared: [900, "a0>b0:5"],
  },
  {
    what: "the rest of an ask goes to the next bid, although the price falls for both",
    asks: asks([8, 100]),
    bids: bids([5, 900], [5, 300]),
    cleared: [300, "a0>b0:5", "a0>b1:3"],
  },
  {
    what: "of two at one rate the earlier comes first",
    asks: asks([3, 100]),
    bids: bids([2, 300], [2, 300]),
    cleared: [300, "a0>b0:2", "a0>b1:1"],
  },
  {
    what: "an order without units is passed over",
    asks: asks([0, 50], [1, 100]),
    bids: bids([0, 400], [1, 300]),
    cleared: [300, "a1>b1:1"],
  },
];

for (const { what, asks, bids, cleared } of ROWS) {
  test(`a market: ${what}`, () => {
    const market = clearMarket(asks, bids);
    const found =
      market === null
        ? null
        : [market.price, ...market.matches.map(({ ask, bid, units }) => `${ask.id}>${bid.id}:${units}`)];
    assert.deepEqual(found, cleared);
  });
}

test("nobody pays more than the bid or gets less than the ask, and nobody better is left out", () => {
  let seed = 7;
  const draw = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((seed / 2 ** 31) * below);
  };
  for (let round = 0; round < 500; round += 1) {
    const side = (letter: string): BookOrder[] =>
      Array.from({ length: draw(6) }, (_, n) => ({ id: `${letter}${n}`, rate: draw(40), units: draw(5) }));
    const [asks, bids] = [side("a"), side("b")];
    const market = clearMarket(asks, bids);
    for (const { ask, bid } of market?.matches ?? []) {
      assert.ok(
        market !== null && ask.rate <= market.price && market.price <= bid.rate,
        `round ${round}: ${ask.rate} ≤ ${market?.price} ≤ ${bid.rate}`,
      );
    }
    const left = (order: BookOrder): number =>
      (market?.matches ?? [])
        .filter(({ ask, bid }) => ask === order || bid === order)
        .reduce((rest, { units }) => rest - units, order.units);
    const cheapest = Math.min(...asks.filter((ask) => left(ask) > 0).map(({ rate }) => rate));
    const highest = Math.max(...bids.filter((bid) => left(bid) > 0).map(({ rate }) => rate));
    assert.ok(
      highest < cheapest,
      `round ${round}: a bid of ${highest} was left beside an ask of ${cheapest}`,
    );
  }
});

test("a price needs a match, and no ask above its bid", () => {
  assert.throws(() => uniformPrice([]), /without a match/);
  assert.throws(() => uniformPrice([{ ask: 2, bid: 1 }]), /a bid of 1 cannot match an ask of 2/);
});

test("a premium drops the fraction that Pool drops", () => {
  assert.equal(lumpSumPremium(1_000_000n, 4_960, 2016), 9_999n);
  assert.equal(lumpSumPremium(10_000_000n, 1_488, 2016), 29_998n);
  assert.equal(executionFee(700_000n, { baseFee: 123n, feeRate: 1_234n }), 986n);
});

function asks(...orders: readonly (readonly [units: number, rate: number])[]): BookOrder[] {
  return orders.map(([units, rate], n) => ({ id: `a${n}`, units, rate }));
}

function bids(...orders: readonly (readonly [units: number, rate: number])[]): BookOrder[] {
  return orders.map(([units, rate], n) => ({ id: `b${n}`, units, rate }));
}
