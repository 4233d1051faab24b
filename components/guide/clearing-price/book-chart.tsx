import type { PointerEvent } from "react";
import { type Clearing, cheapestFirst, highestFirst } from "../../../lib/auction/clearing.ts";
import { type Book, type FigureOrder, RATE_RANGE, UNIT_RANGE, unitsIn } from "./book.ts";
import styles from "./clearing-price.module.css";
import { across, curvePath, down, gainPath, type Step, stepsOf } from "./curves.ts";
import { grouped, leasePercent, outcome } from "./words.ts";

const RATES = [0, 1_000, 2_000, 3_000, 4_000, 5_000, 6_000];
const UNITS = [0, 4, 8, 12, 16, 20, 24, 28, 32];

/** How far a pointer may move, in units and parts per billion, for each pixel of the plot. */
export interface Grip {
  readonly unitsPerPixel: number;
  readonly ratePerPixel: number;
}

/** Called when an order's handle is taken hold of. */
export type Grab = (event: PointerEvent<HTMLElement>, order: FigureOrder, grip: Grip) => void;

/** The two step curves, the price where it is, and a handle for each order. Drawn the same on server and in browser. */
export function BookChart({
  book,
  clearing,
  grab,
}: {
  readonly book: Book;
  readonly clearing: Clearing | null;
  readonly grab?: Grab | undefined;
}) {
  const asks = stepsOf(cheapestFirst(book.asks));
  const bids = stepsOf(highestFirst(book.bids));
  const widest = Math.max(asks.at(-1)?.end ?? 0, bids.at(-1)?.end ?? 0);
  const scale = { units: Math.max(24, Math.min(widest, 4 * UNIT_RANGE.max)), rate: RATE_RANGE.max };
  // In the order of the book, not of the curve: a handle that moved among its siblings would let go of the pointer.
  const handles = (
    side: "ask" | "bid",
    orders: readonly FigureOrder[],
    steps: readonly Step<FigureOrder>[],
  ) => orders.flatMap((order) => steps.find((step) => step.order === order) ?? []).map(handle(side));
  const handle = (side: "ask" | "bid") => (step: Step<FigureOrder>) => (
    <span
      key={step.order.id}
      className={`${styles.handle} ${styles[side]}`}
      data-order={step.order.id}
      data-out={unitsIn(clearing, step.order) === 0 ? "" : undefined}
      data-live={grab === undefined ? undefined : ""}
      style={{
        left: `${across((step.start + step.end) / 2, scale)}%`,
        top: `${down(step.order.rate, scale)}%`,
      }}
      onPointerDown={
        grab === undefined
          ? undefined
          : (event) => {
              const plot = event.currentTarget.parentElement?.getBoundingClientRect();
              if (plot === undefined) return;
              grab(event, step.order, {
                unitsPerPixel: scale.units / plot.width,
                ratePerPixel: scale.rate / plot.height,
              });
            }
      }
    >
      {step.order.id}
    </span>
  );
  return (
    <div className={styles.chart}>
      <p className={styles.axisTitle} aria-hidden="true">
        ppb per block
      </p>
      <div className={styles.plot} role="img" aria-label={`Supply and demand. ${outcome(book, clearing)}`}>
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          {RATES.map((rate) => (
            <line
              key={rate}
              className={styles.grid}
              x1="0"
              x2="100"
              y1={down(rate, scale)}
              y2={down(rate, scale)}
            />
          ))}
          {clearing !== null && (
            <>
              <path className={styles.bidGain} d={gainPath(bids, clearing.price, clearing.units, scale)} />
              <path className={styles.askGain} d={gainPath(asks, clearing.price, clearing.units, scale)} />
              <line
                className={styles.price}
                x1="0"
                x2="100"
                y1={down(clearing.price, scale)}
                y2={down(clearing.price, scale)}
              />
              <line
                className={styles.volume}
                x1={across(clearing.units, scale)}
                x2={across(clearing.units, scale)}
                y1={down(clearing.price, scale)}
                y2="100"
              />
            </>
          )}
          <path className={styles.askCurve} d={curvePath(asks, scale)} />
          <path className={styles.bidCurve} d={curvePath(bids, scale)} />
        </svg>
        {RATES.map((rate) => (
          <span key={rate} className={styles.rateTick} style={{ top: `${down(rate, scale)}%` }}>
            {grouped(rate)}
          </span>
        ))}
        {UNITS.filter((units) => units <= scale.units).map((units) => (
          <span key={units} className={styles.unitTick} style={{ left: `${across(units, scale)}%` }}>
            {units}
          </span>
        ))}
        {clearing !== null && (
          <span className={styles.priceTag} style={{ top: `${down(clearing.price, scale)}%` }}>
            {grouped(clearing.price)} <small>{leasePercent(clearing.price)}</small>
          </span>
        )}
        {handles("ask", book.asks, asks)}
        {handles("bid", book.bids, bids)}
      </div>
      <p className={styles.unitsTitle} aria-hidden="true">
        units of 100,000 sat
      </p>
    </div>
  );
}
