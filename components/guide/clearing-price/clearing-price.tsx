import { FIRST_BOOK } from "./book.ts";
import { BookView } from "./book-view.tsx";
import styles from "./clearing-price.module.css";
import { LiveSlot } from "./live-slot.tsx";

/** The figure of a small order book and its price. Complete without scripts and on paper; alive in a browser. */
export function ClearingPrice() {
  return (
    <figure className={styles.figure}>
      <LiveSlot>
        <BookView book={FIRST_BOOK} />
      </LiveSlot>
      <figcaption>
        Eight sealed orders for leases of 2,016 blocks. Matched are the highest bids with the cheapest asks;
        the lowest bid among them is the price for all.
      </figcaption>
    </figure>
  );
}
