import type { ReactNode } from "react";
import styles from "./guide-table.module.css";

/** A table of a guide. Where it is wider than the page it scrolls by itself, with the keyboard too. */
export function GuideTable({ children }: { readonly children?: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
    <section className={styles.frame} aria-label="Table" tabIndex={0}>
      <table className={styles.table}>{children}</table>
    </section>
  );
}
