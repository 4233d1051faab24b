import type { BookMatch, BookOrder, Clearing } from "../../../lib/auction/clearing.ts";
import { lumpSumPremium, PARTS_PER_BILLION, UNIT } from "../../../lib/auction/premium.ts";
import { type Book, type FigureOrder, LEASE_BLOCKS, unitsIn } from "./book.ts";

/** Digits in groups of three: `1,300,000`. */
export function grouped(value: number | bigint): string {
  return value.toLocaleString("en-US");
}

/** A rate over the whole lease: `0.73 %`. */
export function leasePercent(rate: number): string {
  return `${((rate * LEASE_BLOCKS) / 1e7).toFixed(2)} %`;
}

/** Where an order stands: `in`, `3 of 5 units in` or `out`. */
export function standing(clearing: Clearing | null, order: BookOrder): string {
  const filled = unitsIn(clearing, order);
  if (filled === 0) return "out";
  return filled === order.units ? "in" : `${filled} of ${order.units} units in`;
}

/** The outcome of the book in one text, as the live region says it. */
export function outcome(book: Book, clearing: Clearing | null): string {
  if (clearing === null) return `${noMarket(book)} Every order is out.`;
  const all = [...book.bids, ...book.asks];
  const named = (order: FigureOrder): string => {
    const text = standing(clearing, order);
    return text === "in" ? order.name : `${order.name} (${text})`;
  };
  const inside = all.filter((order) => unitsIn(clearing, order) > 0);
  const outside = all.filter((order) => unitsIn(clearing, order) === 0);
  return [
    `The price is ${grouped(clearing.price)} parts per billion per block, ${leasePercent(clearing.price)} for the lease.`,
    `${clearing.units} units are matched.`,
    `In: ${inside.map(named).join(", ")}.`,
    outside.length === 0 ? "Nobody is out." : `Out: ${outside.map(({ name }) => name).join(", ")}.`,
  ].join(" ");
}

/** Why there is no price. */
export function noMarket({ asks, bids }: Book): string {
  const cheapest = Math.min(...asks.map(({ rate }) => rate));
  const highest = Math.max(...bids.map(({ rate }) => rate));
  return `There is no price: the highest bid, ${grouped(highest)}, is below the lowest ask, ${grouped(cheapest)}.`;
}

/** The premium of a match and how it comes about. */
export function premiumOf({ units }: BookMatch, price: number): { working: string; sat: string } {
  const amount = BigInt(units) * UNIT;
  const exact = ((Number(amount) * price) / PARTS_PER_BILLION) * LEASE_BLOCKS;
  const factors = [grouped(amount), grouped(price)].join(" × ");
  return {
    working: `${factors} ÷ ${grouped(PARTS_PER_BILLION)} × ${grouped(LEASE_BLOCKS)} = ${exact.toLocaleString("en-US", { maximumFractionDigits: 3 })}`,
    sat: grouped(lumpSumPremium(amount, price, LEASE_BLOCKS)),
  };
}
