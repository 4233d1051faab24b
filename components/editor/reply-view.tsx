"use client";

import { type CSSProperties, memo, type UIEvent, useEffect, useMemo, useRef, useState } from "react";
import { type JsonTokenKind, jsonTokens } from "../../lib/editor/json-tokens.ts";
import { CopyText } from "./copy-text.tsx";
import { followsEnd } from "./follow-end.ts";
import styles from "./reply-view.module.css";

const lineHeight = 20;

/** Up to this many lines all are in the page; beyond, only those in sight. */
const wholeUpTo = 400;

/** Lines beyond the visible ones, so that scrolling shows no gaps. */
const margin = 40;

/** Read-only JSON, coloured, with a button that copies all of it. */
export function ReplyView({
  text,
  label,
  followEnd = false,
}: {
  readonly text: string;
  readonly label: string;
  /** Keep the end in sight as the text grows, unless the reader has scrolled away from it. */
  readonly followEnd?: boolean;
}) {
  const lines = useMemo(() => text.split("\n"), [text]);
  const widest = useMemo(() => lines.reduce((most, line) => Math.max(most, line.length), 0), [lines]);
  const scroller = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const topBefore = useRef(0);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(480);

  // biome-ignore lint/correctness/useExhaustiveDependencies: new text moves the end
  useEffect(() => {
    const box = scroller.current;
    if (box === null) return;
    if (followEnd && atEnd.current) box.scrollTop = box.scrollHeight;
    topBefore.current = box.scrollTop;
    setTop(box.scrollTop);
    setHeight(box.clientHeight);
  }, [text, followEnd]);

  function onScroll(event: UIEvent<HTMLDivElement>) {
    const box = event.currentTarget;
    atEnd.current = followsEnd(atEnd.current, topBefore.current, box);
    topBefore.current = box.scrollTop;
    if (lines.length > wholeUpTo) setTop(box.scrollTop);
  }

  const windowed = lines.length > wholeUpTo;
  const from = windowed ? Math.max(0, Math.floor(top / lineHeight) - margin) : 0;
  const to = windowed ? Math.ceil((top + height) / lineHeight) + margin : lines.length;
  const box: CSSProperties = windowed
    ? {
        height: lines.length * lineHeight,
        paddingTop: from * lineHeight,
        minWidth: `max(100%, calc(${Math.min(widest, 100_000)}ch + 36px))`,
      }
    : {};
  return (
    <div className={styles.view}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section ref={scroller} className={styles.scroll} aria-label={label} tabIndex={0} onScroll={onScroll}>
        <pre className={styles.lines} style={box}>
          {lines.slice(from, to).map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line's number is its identity
            <Line key={from + index} text={from + index === lines.length - 1 ? line : `${line}\n`} />
          ))}
        </pre>
      </section>
      <CopyText text={text} className={styles.copy} />
    </div>
  );
}

/** A line longer than this is not coloured: it would make more elements than are ever seen. */
const longestColoured = 4000;

const Line = memo(function Line({ text }: { readonly text: string }) {
  if (text.length > longestColoured) return text;
  return jsonTokens(text).map((token, index) =>
    token.kind === "plain" ? (
      token.text
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the tokens of a line do not move
      <span key={index} className={classes[token.kind]}>
        {token.text}
      </span>
    ),
  );
});

const classes: Readonly<Record<Exclude<JsonTokenKind, "plain">, string | undefined>> = {
  key: styles.key,
  string: styles.string,
  number: styles.number,
  word: styles.word,
  comment: styles.comment,
};
