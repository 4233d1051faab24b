import type { ReactNode } from "react";
import styles from "./reply.module.css";
import type { Rows } from "./use-rows.ts";

/** A part of a reply that scrolls by itself. */
export function ScrollBox({
  rows,
  label,
  children,
}: {
  readonly rows: Rows;
  readonly label: string;
  readonly children: ReactNode;
}) {
  return (
    <section
      ref={rows.scroller}
      className={styles.scroll}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      onScroll={rows.onScroll}
    >
      {children}
    </section>
  );
}
