import type { BookOrder } from "../../../lib/auction/clearing.ts";

/** The flat part of a step curve that belongs to one order, from `start` to `end` units at its rate. */
export interface Step<O extends BookOrder> {
  readonly order: O;
  readonly start: number;
  readonly end: number;
}

/** What the chart shows: units to the right, rates up. */
export interface Scale {
  readonly units: number;
  readonly rate: number;
}

/** The steps of a side, which is sorted by price already. */
export function stepsOf<O extends BookOrder>(sorted: readonly O[]): Step<O>[] {
  let start = 0;
  return sorted.map((order) => {
    const step = { order, start, end: start + order.units };
    start = step.end;
    return step;
  });
}

/** The path of a side's curve in a plane of 100 by 100, or an empty text without orders. */
export function curvePath(steps: readonly Step<BookOrder>[], scale: Scale): string {
  return steps
    .map(({ order, start, end }, n) => {
      const y = down(order.rate, scale);
      return `${n === 0 ? "M" : "L"}${across(start, scale)} ${y}L${across(end, scale)} ${y}`;
    })
    .join("");
}

/** The area between a side's curve and the price, from the first unit to the last one that is matched. */
export function gainPath(
  steps: readonly Step<BookOrder>[],
  price: number,
  units: number,
  scale: Scale,
): string {
  const inside = steps
    .filter(({ start }) => start < units)
    .map((step) => ({ ...step, end: Math.min(step.end, units) }));
  const base = down(price, scale);
  return `${curvePath(inside, scale)}L${across(units, scale)} ${base}L0 ${base}Z`;
}

/** Percent from the left edge. */
export function across(units: number, scale: Scale): number {
  return round((units / scale.units) * 100);
}

/** Percent from the upper edge. */
export function down(rate: number, scale: Scale): number {
  return round(100 - (rate / scale.rate) * 100);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
