import type { ReactNode } from "react";
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
}: {
  readonly name: string;
  readonly href: string;
  readonly summary: string;
  readonly links?: Links;
  readonly stream: StreamKind;
  readonly access: "read" | "write";
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
}: {
  readonly name: string;
  readonly href: string;
  readonly summary: string;
  readonly links?: Links;
}) {
  return (
    <div className={styles.row}>
      <dt>
        <PageLink href={href} className={styles.link}>
          {name}
        </PageLink>
      </dt>
      <dd>{renderInline(summary, links)}</dd>
    </div>
  );
}

/** The places that use a type. */
export function UseList({
  items,
}: {
  readonly items: readonly { text: string; href: string | null; as: string }[];
}) {
  return (
    <ul className={styles.uses}>
      {items.map(({ text, href, as }) => (
        <li key={`${as} ${text}`}>
          {href === null ? (
            <code>{text}</code>
          ) : (
            <PageLink href={href} className={styles.link}>
              {text}
            </PageLink>
          )}{" "}
          <span>{as}</span>
        </li>
      ))}
    </ul>
  );
}
