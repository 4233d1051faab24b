"use client";

import { type PointerEvent, useEffect, useReducer, useState } from "react";
import { clearMarket } from "../../../lib/auction/clearing.ts";
import { type Book, type BookChange, changeBook, FIRST_BOOK, type FigureOrder } from "./book.ts";
import type { Grip } from "./book-chart.tsx";
import { BookView } from "./book-view.tsx";
import styles from "./clearing-price.module.css";
import { outcome } from "./words.ts";

/** How long the book has to rest before it is read out, in milliseconds. */
const REST = 350;
/** Pixels after which a drag goes one way: up and down for the rate, sideways for the size. */
const SLACK = 5;

type Step = BookChange | "reset";

/** The figure with its sliders and handles. Loaded once somebody may want it. */
export function LiveBook() {
  const [book, take] = useReducer(
    (current: Book, step: Step) => (step === "reset" ? FIRST_BOOK : changeBook(current, step)),
    FIRST_BOOK,
  );
  const said = useRested(outcome(book, clearMarket(book.asks, book.bids)));

  function grab(event: PointerEvent<HTMLElement>, { id, rate, units }: FigureOrder, grip: Grip) {
    if (event.button !== 0) return;
    event.preventDefault();
    const { clientX, clientY, pointerId } = event;
    const handle = event.currentTarget;
    handle.setPointerCapture(pointerId);
    let way: "rate" | "units" | null = null;
    const move = (to: globalThis.PointerEvent) => {
      const [x, y] = [to.clientX - clientX, to.clientY - clientY];
      if (way === null && Math.max(Math.abs(x), Math.abs(y)) >= SLACK) {
        way = Math.abs(y) >= Math.abs(x) ? "rate" : "units";
      }
      if (way === "rate") take({ id, rate: rate - y * grip.ratePerPixel });
      if (way === "units") take({ id, units: units + x * grip.unitsPerPixel });
    };
    const end = () => {
      handle.removeEventListener("pointermove", move);
      handle.removeEventListener("pointerup", end);
      handle.removeEventListener("pointercancel", end);
    };
    handle.addEventListener("pointermove", move);
    handle.addEventListener("pointerup", end);
    handle.addEventListener("pointercancel", end);
  }

  return (
    <BookView
      book={book}
      controls={{
        change: take,
        grab,
        footer: (
          <div className={styles.footer}>
            <button type="button" onClick={() => take("reset")} disabled={isFirst(book)}>
              Reset
            </button>
            <p className={styles.help}>
              Drag a letter up or down to change its rate, sideways to change its size.
            </p>
            <p className="visually-hidden" role="status">
              {said}
            </p>
          </div>
        ),
      }}
    />
  );
}

function isFirst(book: Book): boolean {
  return JSON.stringify(book) === JSON.stringify(FIRST_BOOK);
}

/** A text once it has not changed for a moment, so that a drag is not read out step by step. */
function useRested(text: string): string {
  const [rested, setRested] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), REST);
    return () => clearTimeout(timer);
  }, [text]);
  return rested;
}
