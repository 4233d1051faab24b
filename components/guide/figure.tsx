import type { ReactNode } from "react";
import styles from "./figure.module.css";

/** A picture or an interactive figure with its caption. */
export function Figure({ caption, children }: { readonly caption: string; readonly children: ReactNode }) {
  return (
    <figure className={styles.figure}>
      {children}
      <figcaption>{caption}</figcaption>
    </figure>
  );
}
