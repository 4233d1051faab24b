import type { BookOrder, Clearing } from "../../../lib/auction/clearing.ts";

/** An order of the figure. Its letter stands in the chart, its name beside the sliders. */
export interface FigureOrder extends BookOrder {
  readonly name: string;
}

/** The order book of the figure. All orders are for the same lease duration and may be filled in parts. */
export interface Book {
  readonly asks: readonly FigureOrder[];
  readonly bids: readonly FigureOrder[];
}

/** Blocks of every lease of the figure: two weeks. */
export const LEASE_BLOCKS = 2016;

/** What the sliders reach. Rates are parts per billion per block. */
export const RATE_RANGE = { min: 200, max: 6_000, step: 100 } as const;
export const UNIT_RANGE = { min: 1, max: 8, step: 1 } as const;

/** The book that the figure begins with. Its last ask that is in is filled in part. */
export const FIRST_BOOK: Book = {
  asks: [
    { id: "A", name: "Ana", rate: 1_200, units: 4 },
    { id: "B", name: "Bo", rate: 2_000, units: 6 },
    { id: "C", name: "Cy", rate: 3_200, units: 5 },
    { id: "D", name: "Di", rate: 4_600, units: 5 },
  ],
  bids: [
    { id: "W", name: "Wes", rate: 5_200, units: 5 },
    { id: "X", name: "Xu", rate: 4_400, units: 4 },
    { id: "Y", name: "Yara", rate: 3_600, units: 4 },
    { id: "Z", name: "Zoe", rate: 2_400, units: 6 },
  ],
};

/** A new rate or size for one order, kept within what the sliders reach. */
export interface BookChange {
  readonly id: string;
  readonly rate?: number;
  readonly units?: number;
}

/** The book with one order changed. */
export function changeBook({ asks, bids }: Book, change: BookChange): Book {
  const apply = (order: FigureOrder): FigureOrder =>
    order.id === change.id
      ? {
          ...order,
          rate: within(change.rate ?? order.rate, RATE_RANGE),
          units: within(change.units ?? order.units, UNIT_RANGE),
        }
      : order;
  return { asks: asks.map(apply), bids: bids.map(apply) };
}

/** How many units of an order are matched. */
export function unitsIn(clearing: Clearing | null, { id }: BookOrder): number {
  return (clearing?.matches ?? [])
    .filter(({ ask, bid }) => ask.id === id || bid.id === id)
    .reduce((sum, { units }) => sum + units, 0);
}

function within(value: number, { min, max, step }: { min: number; max: number; step: number }): number {
  return Math.min(max, Math.max(min, Math.round(value / step) * step));
}
