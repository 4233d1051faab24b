import type { KeyboardEvent, RefObject } from "react";
import styles from "./reply.module.css";

/** Words to look for, how often they are there, and steps from one place to the next. */
export function SearchBox({
  input,
  query,
  onQuery,
  found,
  index,
  onStep,
  onLeave,
}: {
  readonly input: RefObject<HTMLInputElement | null>;
  readonly query: string;
  readonly onQuery: (query: string) => void;
  /** Null: nothing is looked for. */
  readonly found: { readonly count: number; readonly complete: boolean } | null;
  /** Number of the hit at hand, from 0. */
  readonly index: number | null;
  readonly onStep: (step: 1 | -1) => void;
  readonly onLeave: () => void;
}) {
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Enter") {
      event.preventDefault();
      onStep(event.shiftKey ? -1 : 1);
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      onLeave();
    }
  }

  const none = found === null || found.count === 0;
  return (
    <search style={{ display: "contents" }}>
      <input
        ref={input}
        type="search"
        className={styles.field}
        placeholder="Find in the reply"
        aria-label="Find in the reply"
        autoComplete="off"
        spellCheck={false}
        value={query}
        onChange={({ target }) => onQuery(target.value)}
        onKeyDown={onKeyDown}
      />
      {query.trim() !== "" && (
        <>
          <output className={styles.count} aria-label="Places found">
            {countText(found, index)}
          </output>
          <button type="button" className={styles.button} disabled={none} onClick={() => onStep(-1)}>
            <span aria-hidden="true">↑</span>
            <span className="visually-hidden">Previous place</span>
          </button>
          <button type="button" className={styles.button} disabled={none} onClick={() => onStep(1)}>
            <span aria-hidden="true">↓</span>
            <span className="visually-hidden">Next place</span>
          </button>
        </>
      )}
    </search>
  );
}

function countText(
  found: { readonly count: number; readonly complete: boolean } | null,
  index: number | null,
) {
  if (found === null) return "searching";
  const count = found.count.toLocaleString("en-US");
  if (found.count === 0) return found.complete ? "not found" : "searching";
  const place = index === null ? "" : `${(index + 1).toLocaleString("en-US")} of `;
  return `${place}${count}${found.complete ? "" : " so far"}`;
}
