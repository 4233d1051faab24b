import type { ReactNode } from "react";
import { PageLink } from "./page-link.tsx";
import styles from "./section.module.css";

/** A part of a page under a heading; `type` says what it is of, with a link where that has a page. */
export function Section({
  title,
  id,
  type,
  href,
  children,
}: {
  readonly title: string;
  readonly id: string;
  readonly type?: string;
  readonly href?: string;
  readonly children: ReactNode;
}) {
  return (
    <section className={styles.section} aria-labelledby={id}>
      <h2 id={id}>
        {title}
        {type !== undefined && (
          <span className={styles.type}>
            {" · "}
            {href === undefined ? type : <PageLink href={href}>{type}</PageLink>}
          </span>
        )}
      </h2>
      <div className={styles.body}>{children}</div>
    </section>
  );
}

/** A part of a section under a heading of its own. */
export function Subsection({
  title,
  id,
  children,
}: {
  readonly title: string;
  readonly id: string;
  readonly children: ReactNode;
}) {
  return (
    <section className={styles.subsection} aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      <div className={styles.body}>{children}</div>
    </section>
  );
}
