import type { ReactNode } from "react";
import styles from "./actions.module.css";
import { PageLink } from "./page-link.tsx";

/** What to do or read next, as a row of links. */
export function Actions({ children }: { readonly children: ReactNode }) {
  return <p className={styles.actions}>{children}</p>;
}

/** One of them. */
export function Action({ text, href }: { readonly text: string; readonly href: string }) {
  return <PageLink href={href}>{text}</PageLink>;
}
