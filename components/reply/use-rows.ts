import { type RefObject, type UIEvent, useCallback, useLayoutEffect, useRef, useState } from "react";

/** Browsers lay out no box that is much higher. */
const HIGHEST = 12_000_000;

/** Rows beyond the visible ones, so that scrolling shows no gaps. */
const MARGIN = 40;

/** Up to this many rows all are in the page; beyond, only those in sight. */
const WHOLE_UP_TO = 400;

/** What scrolls, and which of its rows are to be in the page. */
export interface Rows {
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** Height of the box in the scroller, px. */
  readonly height: number;
  /** The first row wanted, and how many. */
  readonly from: number;
  readonly count: number;
  /** The first row in sight. */
  readonly top: number;
  /** Where in the box a row begins, px. */
  offsetOf(row: number): number;
  onScroll(event: UIEvent<HTMLDivElement>): void;
  /** Brings a row into sight, unless it is. */
  reveal(row: number): void;
}

/** Rows of one height, of which only those in sight are in the page: there may be millions. */
export function useRows(total: number, rowHeight: number): Rows {
  const scroller = useRef<HTMLDivElement>(null);
  const [scroll, setScroll] = useState(0);
  const [view, setView] = useState(480);

  useLayoutEffect(() => {
    const box = scroller.current;
    if (box === null) return;
    // It is told of the height before the first paint too, once the page has been laid out: to ask now would do that twice.
    const observer = new ResizeObserver(() => setView(box.clientHeight));
    observer.observe(box);
    return () => observer.disconnect();
  }, []);

  const full = total * rowHeight;
  const height = Math.min(full, HIGHEST);
  // Beyond the highest box a step of the scroll bar is more than it says.
  const scale = height > view ? (full - view) / (height - view) : 1;
  const top = scroll * scale;
  const whole = total <= WHOLE_UP_TO;
  const first = Math.max(0, Math.floor(top / rowHeight) - MARGIN);
  // In steps, so that not every pixel asks anew.
  const from = whole ? 0 : first - (first % 20);
  const count = whole ? WHOLE_UP_TO : Math.ceil(view / rowHeight) + 2 * MARGIN + 20;

  const onScroll = useCallback(
    (event: UIEvent<HTMLDivElement>) => setScroll(event.currentTarget.scrollTop),
    [],
  );
  const reveal = useCallback(
    (row: number) => {
      const box = scroller.current;
      if (box === null) return;
      const start = row * rowHeight;
      const shown = box.scrollTop * scale;
      if (start >= shown && start + rowHeight <= shown + box.clientHeight) return;
      box.scrollTop = Math.max(0, start - box.clientHeight / 3) / scale;
      setScroll(box.scrollTop);
    },
    [rowHeight, scale],
  );

  return {
    scroller,
    height,
    from,
    count,
    top: Math.floor(top / rowHeight),
    offsetOf: (row) => row * rowHeight - top + scroll,
    onScroll,
    reveal,
  };
}
