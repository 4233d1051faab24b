import type { ReactNode } from "react";
import styles from "./code.module.css";
import { renderInline } from "./markdown.tsx";

/** A block of code under a line that says what it is. JSON, alone or as the body of an HTTP request, is in colours. */
export function Code({
  language,
  text,
  caption,
}: {
  readonly language: "json" | "http";
  readonly text: string;
  readonly caption?: string;
}) {
  const body = language === "http" ? Math.max(text.indexOf("\n\n"), 0) : 0;
  const head = language === "http" && body === 0 ? text : text.slice(0, body);
  return (
    <figure className={styles.figure}>
      {caption !== undefined && <figcaption>{renderInline(caption)}</figcaption>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is to be scrolled by keyboard */}
      <pre className={styles.code} tabIndex={0}>
        <code>
          {head !== "" && <b>{head}</b>}
          {colours(text.slice(head.length))}
        </code>
      </pre>
    </figure>
  );
}

/** Keys and strings; numbers and words keep the text's colour, so that the page has half as many elements. */
function colours(json: string): ReactNode[] {
  // Splitting by a pattern with groups gives what stands between, then key and string by turns.
  const parts = json.split(/("(?:[^"\\]|\\.)*")(?=\s*:)|("(?:[^"\\]|\\.)*")/);
  return parts.map((part, i) => {
    if (part === undefined || part === "") return null;
    // biome-ignore-start lint/suspicious/noArrayIndexKey: the parts of a text never move
    if (i % 3 === 1) return <i key={i}>{part}</i>;
    if (i % 3 === 2) return <s key={i}>{part}</s>;
    // biome-ignore-end lint/suspicious/noArrayIndexKey: the parts of a text never move
    return part;
  });
}
