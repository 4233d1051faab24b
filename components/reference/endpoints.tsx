import { Fragment, type ReactNode } from "react";
import styles from "./endpoints.module.css";
import { type Links, renderInline } from "./markdown.tsx";
import { PageLink } from "./page-link.tsx";

/** HTTP bindings below each other. */
export function EndpointList({ children }: { readonly children: ReactNode }) {
  return <div className={styles.list}>{children}</div>;
}

/** One HTTP binding: verb and path, which lead to its page; the method that it stands for where that is not this page's. */
export function EndpointRow(props: {
  readonly verb: string;
  readonly path: string;
  readonly href: string;
  /** `fields in the body` */
  readonly fields: string;
  readonly method?: string;
  readonly methodHref?: string;
  readonly access?: "read" | "write";
  readonly deprecated?: boolean;
  readonly summary?: string;
  readonly links?: Links;
}) {
  const { verb, path, method, methodHref, summary } = props;
  return (
    <div className={styles.row}>
      <PageLink href={props.href} className={styles.endpoint}>
        <code data-verb={verb}>{verb}</code> <code>{breakable(path)}</code>
      </PageLink>
      {summary !== undefined && <p className={styles.summary}>{renderInline(summary, props.links)}</p>}
      <p className={styles.facts}>
        {method !== undefined && methodHref !== undefined && (
          <>
            <PageLink href={methodHref}>{method}</PageLink>
            {" · "}
          </>
        )}
        {props.access === "write" && (
          <>
            <span className={styles.write}>write</span>
            {" · "}
          </>
        )}
        {props.deprecated === true && "deprecated · "}
        {props.fields}
      </p>
    </div>
  );
}

/** A path that may break after a slash. */
export function breakable(path: string): ReactNode[] {
  return path.split(/(?<=\/)/).map((part, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a path never move
    <Fragment key={i}>
      {i > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
