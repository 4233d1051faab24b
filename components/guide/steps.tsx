import type { ReactNode } from "react";
import styles from "./steps.module.css";

/** Things to do, one after the other, numbered. */
export function Steps({ children }: { readonly children: ReactNode }) {
  return <ol className={styles.steps}>{children}</ol>;
}

export function Step({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <li>
      <strong>{title}</strong>
      {children}
    </li>
  );
}
