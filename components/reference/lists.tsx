import { Fragment, type ReactNode } from "react";
import type { StreamKind } from "../../lib/call/call.ts";
import styles from "./lists.module.css";
import { type Links, renderInline } from "./markdown.tsx";
import { PageLink } from "./page-link.tsx";

const STREAM_WORDS = {
  unary: null,
  "server-streaming": "server-streaming",
  "client-streaming": "client-streaming",
  "bidi-streaming": "bidirectional",
} as const satisfies Record<StreamKind, string | null>;

/** Methods below each other. */
export function MethodList({ children }: { readonly children: ReactNode }) {
  return <DefinitionList>{children}</DefinitionList>;
}

/** One method: its name, what is unusual about it, and its first sentence. */
export function MethodRow({
  name,
  href,
  summary,
  links,
  stream,
  access,
  deprecated = false,
  reason,
}: {
  readonly name: string;
  readonly href: string;
  readonly summary: string;
  readonly links?: Links;
  readonly stream: StreamKind;
  readonly access: "read" | "write";
  readonly deprecated?: boolean;
  /** Why it is in this list. */
  readonly reason?: string;
}) {
  const streamWord = STREAM_WORDS[stream];
  return (
    <div className={styles.row}>
      <dt>
        <PageLink href={href} className={styles.link}>
          {name}
        </PageLink>
        {access === "write" && <span className={styles.write}>write</span>}
        {streamWord !== null && <span className={styles.stream}>{streamWord}</span>}
        {deprecated && <span className={styles.stream}>deprecated</span>}
        {reason !== undefined && <div className={styles.reason}>{reason}</div>}
      </dt>
      <dd>{renderInline(summary, links)}</dd>
    </div>
  );
}

/** Definitions below each other: name, then first sentence. */
export function DefinitionList({ children }: { readonly children: ReactNode }) {
  return (
    <div className={styles.container}>
      <dl className={styles.list}>{children}</dl>
    </div>
  );
}

/** One message, enum or other page. */
export function DefinitionRow({
  name,
  href,
  summary,
  links,
  deprecated = false,
  uses = [],
  more = 0,
}: {
  readonly name: string;
  readonly href: string;
  readonly summary: string;
  readonly links?: Links;
  readonly deprecated?: boolean;
  /** Who uses it, and how many others do. */
  readonly uses?: readonly Use[];
  readonly more?: number;
}) {
  return (
    <div className={styles.row}>
      <dt>
        <PageLink href={href} className={styles.link}>
          {name}
        </PageLink>
        {deprecated && <span className={styles.stream}>deprecated</span>}
      </dt>
      <dd>
        {renderInline(summary, links)}
        {uses.length > 0 && (
          <div className={styles.usedBy}>
            Used by{" "}
            {uses.map((use, i) => (
              <Fragment key={`${use.as} ${use.href} ${use.text}`}>
                {i > 0 && ", "}
                <UseLink use={use} />
                {use.as !== "field" && ` (${use.as})`}
              </Fragment>
            ))}
            {more > 0 && (
              <>
                {" and "}
                <PageLink href={`${href}#used-by`}>{more} more</PageLink>
              </>
            )}
          </div>
        )}
      </dd>
    </div>
  );
}

/** A place that uses a type; `path` leads to it from the request or reply. */
interface Use {
  readonly text: string;
  readonly href: string | null;
  readonly as: string;
  readonly path?: string;
}

function UseLink({ use: { text, href } }: { readonly use: Use }) {
  return href === null ? (
    <code>{text}</code>
  ) : (
    <PageLink href={href} className={styles.link}>
      {text}
    </PageLink>
  );
}

/** The places that use a type, under a heading. */
export function UseList({
  title,
  items,
  more,
}: {
  readonly title: string;
  readonly items: readonly Use[];
  readonly more?: string;
}) {
  return (
    <div className={styles.uses}>
      <h3>{title}</h3>
      <ul>
        {items.map((use) => (
          <li key={`${use.as} ${use.href} ${use.text}`}>
            <UseLink use={use} />
            {use.as !== "field" && <span>{use.as}</span>}
            {use.path !== undefined && <code>{use.path}</code>}
          </li>
        ))}
        {more !== undefined && <li>{more}</li>}
      </ul>
    </div>
  );
}
