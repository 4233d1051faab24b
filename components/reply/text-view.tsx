"use client";

import { type UIEvent, useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from "react";
import type { BytesForm } from "../../lib/call/call.ts";
import { followsEnd } from "./follow-end.ts";
import { JsonLine } from "./json-line.tsx";
import type { RemoteRun } from "./remote-run.ts";
import styles from "./text-view.module.css";
import { useRows } from "./use-rows.ts";

const LINE_HEIGHT = 20;

/** The text of a run's messages. Only the lines in sight are in the page; the call worker writes them. */
export function TextView({
  run,
  bytes,
  label,
  followEnd,
}: {
  readonly run: RemoteRun;
  readonly bytes: BytesForm;
  readonly label: string;
  /** Keep the end in sight as the text grows, unless the reader has scrolled away from it. */
  readonly followEnd: boolean;
}) {
  const sight = useSyncExternalStore(run.subscribe, run.sight, run.sight);
  const text = sight.kind === "text" ? sight : null;
  const total = text?.total ?? 0;
  const rows = useRows(total, LINE_HEIGHT);
  const { scroller, from, count } = rows;
  const [following, setFollowing] = useState(followEnd);
  const topBefore = useRef(0);

  useEffect(() => {
    run.look({ kind: "text", from: following ? "end" : from, count }, bytes);
  }, [run, bytes, following, from, count]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: more lines move the end
  useLayoutEffect(() => {
    const box = scroller.current;
    if (box === null || !following) return;
    box.scrollTop = box.scrollHeight;
    topBefore.current = box.scrollTop;
  }, [total, following, scroller]);

  function onScroll(event: UIEvent<HTMLDivElement>) {
    const box = event.currentTarget;
    if (followEnd) setFollowing(followsEnd(following, topBefore.current, box));
    topBefore.current = box.scrollTop;
    rows.onScroll(event);
  }

  const shown = text === null ? [] : windowOf(text, from, count, following);
  return (
    <div className={styles.view}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section ref={scroller} className={styles.scroll} aria-label={label} tabIndex={0} onScroll={onScroll}>
        <pre
          className={styles.lines}
          style={{
            height: rows.height,
            minWidth: `max(100%, calc(${Math.min(text?.widest ?? 0, 100_000)}ch + 36px))`,
          }}
        >
          {shown.length > 0 && (
            <div className={styles.window} style={{ top: rows.offsetOf(shown[0]?.number ?? 0) }}>
              {shown.map(({ number, line }, index) => (
                <JsonLine key={number} text={index === shown.length - 1 ? line : `${line}\n`} />
              ))}
            </div>
          )}
        </pre>
      </section>
    </div>
  );
}

/** The lines that are to be in the page, of those that have come. */
function windowOf(
  text: { readonly from: number; readonly lines: readonly string[] },
  from: number,
  count: number,
  following: boolean,
) {
  const numbered = text.lines.map((line, index) => ({ number: text.from + index, line }));
  if (following) return numbered.slice(-count);
  const inRange = numbered.filter(({ number }) => number >= from && number < from + count);
  return inRange.length > 0 ? inRange : numbered.slice(0, count);
}
