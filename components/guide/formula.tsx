import type { ReactNode } from "react";
import styles from "./formula.module.css";

/** A sum in words, set apart from the text: what Markdown writes as a quotation. */
export function Formula({ children }: { readonly children?: ReactNode }) {
  return <div className={styles.formula}>{children}</div>;
}
