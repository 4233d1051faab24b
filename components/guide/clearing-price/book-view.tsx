import type { ReactNode } from "react";
import { clearMarket } from "../../../lib/auction/clearing.ts";
import {
  type Book,
  type BookChange,
  type FigureOrder,
  LEASE_BLOCKS,
  RATE_RANGE,
  UNIT_RANGE,
} from "./book.ts";
import { BookChart, type Grab } from "./book-chart.tsx";
import styles from "./clearing-price.module.css";
import { grouped, leasePercent, noMarket, premiumOf, standing } from "./words.ts";

/** What makes the figure answer. Without them it is a picture of its book. */
export interface BookControls {
  change(change: BookChange): void;
  readonly grab: Grab;
  /** Below the sliders: reset, and what is said aloud. */
  readonly footer: ReactNode;
}

/** The whole figure for one book: price, curves, orders with their sliders, and the channels that come of it. */
export function BookView({
  book,
  controls,
}: {
  readonly book: Book;
  readonly controls?: BookControls | undefined;
}) {
  const clearing = clearMarket(book.asks, book.bids);
  const rows = (side: readonly FigureOrder[]) =>
    side.map((order) => (
      <OrderRow key={order.id} order={order} standing={standing(clearing, order)} change={controls?.change} />
    ));
  return (
    <>
      <p className={styles.headline}>
        {clearing === null ? (
          noMarket(book)
        ) : (
          <>
            <strong>{grouped(clearing.price)} ppb per block</strong>
            <span>{leasePercent(clearing.price)} for the lease</span>
            <span>
              {clearing.units} units, {grouped(clearing.units * 100_000)} sat
            </span>
          </>
        )}
      </p>
      <BookChart book={book} clearing={clearing} grab={controls?.grab} />
      <div className={styles.sides}>
        <fieldset>
          <legend>
            <i className={`${styles.key} ${styles.bid}`} aria-hidden="true" /> Bids <small>pay at most</small>
          </legend>
          {rows(book.bids)}
        </fieldset>
        <fieldset>
          <legend>
            <i className={`${styles.key} ${styles.ask}`} aria-hidden="true" /> Asks{" "}
            <small>earn at least</small>
          </legend>
          {rows(book.asks)}
        </fieldset>
      </div>
      {controls?.footer}
      {clearing !== null && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
        <section className={styles.channels} aria-label="Channels" tabIndex={0}>
          <table>
            <caption>
              One channel per match. Premium = amount × price ÷ 1,000,000,000 × {grouped(LEASE_BLOCKS)}{" "}
              blocks, rounded down.
            </caption>
            <thead>
              <tr>
                <th scope="col">Channel</th>
                <th scope="col">Asked and bid</th>
                <th scope="col">Working</th>
                <th scope="col">Premium, sat</th>
              </tr>
            </thead>
            <tbody>
              {clearing.matches.map((match) => {
                const { working, sat } = premiumOf(match, clearing.price);
                return (
                  <tr key={`${match.ask.id}${match.bid.id}`}>
                    <th scope="row">
                      {nameOf(book.asks, match.ask.id)} → {nameOf(book.bids, match.bid.id)}
                    </th>
                    <td>
                      {grouped(match.ask.rate)} and {grouped(match.bid.rate)}
                    </td>
                    <td>{working}</td>
                    <td>{sat}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </section>
      )}
    </>
  );
}

function OrderRow({
  order: { id, name, rate, units },
  standing,
  change,
}: {
  readonly order: FigureOrder;
  readonly standing: string;
  readonly change: BookControls["change"] | undefined;
}) {
  const slider = (
    label: string,
    value: number,
    text: string,
    range: typeof RATE_RANGE | typeof UNIT_RANGE,
  ) => (
    <label className={styles.slider}>
      <span className={styles.sliderName}>{label}</span>
      <input
        type="range"
        {...range}
        value={value}
        aria-label={`${name}: ${label}`}
        aria-valuetext={text}
        disabled={change === undefined}
        readOnly={change === undefined}
        onChange={change && (({ target }) => change({ id, [label]: Number(target.value) }))}
      />
      <output>{text}</output>
    </label>
  );
  return (
    <div className={styles.order} data-out={standing === "out" ? "" : undefined}>
      <p>
        <b aria-hidden="true">{id}</b> {name}
        <span className={styles.standing}>{standing}</span>
      </p>
      {slider("rate", rate, `${grouped(rate)} ppb`, RATE_RANGE)}
      {slider("units", units, units === 1 ? "1 unit" : `${units} units`, UNIT_RANGE)}
    </div>
  );
}

function nameOf(side: readonly FigureOrder[], id: string): string {
  return side.find((order) => order.id === id)?.name ?? id;
}
