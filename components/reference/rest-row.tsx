import styles from "./lists.module.css";
import { type Links, renderInline } from "./markdown.tsx";
import { PageLink } from "./page-link.tsx";

/** One HTTP binding: verb and path, and the method that it stands for. */
export function RestRow(props: {
  readonly verb: string;
  readonly path: string;
  /** Where fields go that are not in the path: `body`, `query`. */
  readonly fields: string;
  readonly method: string;
  readonly href: string;
  readonly access: "read" | "write";
  readonly summary: string;
  readonly links?: Links;
}) {
  return (
    <div className={styles.row}>
      <dt>
        <code>
          <strong>{props.verb}</strong> {props.path}
        </code>
      </dt>
      <dd>
        <PageLink href={props.href} className={styles.link}>
          {props.method}
        </PageLink>
        {props.access === "write" && <span className={styles.write}>write</span>}
        <span className={styles.stream}>fields in the {props.fields}</span>
        <div>{renderInline(props.summary, props.links)}</div>
      </dd>
    </div>
  );
}
