import type { ReactNode } from "react";
import type { ApiInfo } from "../../lib/reference/reference.ts";
import styles from "./landing.module.css";

/** The paragraph that opens a guide. */
export function Lead({ children }: { readonly children: ReactNode }) {
  return <div className={styles.lead}>{children}</div>;
}

/** A short list of things, each with a title, side by side where there is room. */
export function Uses({ children }: { readonly children: ReactNode }) {
  return <div className={styles.uses}>{children}</div>;
}

export function Use({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

/** What a reader must not miss. */
export function Callout({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <aside className={styles.callout} aria-label={title}>
      <strong>{title}</strong>
      {children}
    </aside>
  );
}

/** The original proto files at the commit that the pages were generated against. */
export function ProtoFiles({ api }: { readonly api: ApiInfo }) {
  return (
    <>
      <ul>
        {api.files.map(({ path, upstream }) => (
          <li key={path}>
            {upstream === null ? (
              <code>{path}</code>
            ) : (
              <a href={upstream} rel="noreferrer">
                <code>{path}</code>
              </a>
            )}
          </li>
        ))}
      </ul>
      <p>
        {api.title} {api.release}, generated against commit{" "}
        <a href={`${api.repository}/tree/${api.commit}`} rel="noreferrer">
          <code className={styles.commit}>{api.commit}</code>
        </a>
        . The comments in them are this project’s own.
      </p>
    </>
  );
}
