import type { ReactNode } from "react";
import styles from "./errors.module.css";
import { type Links, renderInline } from "./markdown.tsx";
import { PageLink } from "./page-link.tsx";
import { type Place, Places } from "./places.tsx";

/** Errors below each other. */
export function ErrorList({ children }: { readonly children: ReactNode }) {
  return <div className={styles.list}>{children}</div>;
}

/** One error: its words, why it comes, what to do. With `href` it is folded, and the link leads to where it stands open. */
export function ApiErrorItem(props: {
  readonly id: string;
  readonly title: string;
  readonly code?: string;
  readonly messages: readonly string[];
  /** The words are a reason of this site's own, not a message. */
  readonly reason?: boolean;
  readonly cause: string;
  readonly remedy: string;
  readonly links?: Links;
  readonly methods?: readonly Place[];
  readonly fields: readonly Place[];
  readonly seen?: readonly string[];
  readonly href?: string;
}) {
  const { id, title, code, messages, href } = props;
  if (href !== undefined) {
    return (
      <details id={id} className={styles.item}>
        <summary>
          <span className={styles.title}>{title}</span>
          <Message text={messages[0] ?? ""} />
        </summary>
        <Explanation {...props} />
        <p className={styles.more}>
          {code !== undefined && <code>{code}</code>} <PageLink href={href}>This error on its page</PageLink>
        </p>
      </details>
    );
  }
  return (
    <section id={id} className={styles.item} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`} className={styles.heading}>
        <a href={`#${id}`}>{title}</a> {code !== undefined && <code className={styles.code}>{code}</code>}
      </h2>
      <ul className={styles.messages}>
        {messages.map((message) => (
          <li key={message}>
            <Message text={message} />
          </li>
        ))}
      </ul>
      <Explanation {...props} />
    </section>
  );
}

function Explanation({
  cause,
  remedy,
  links,
  fields,
  methods = [],
  seen,
}: {
  readonly cause: string;
  readonly remedy: string;
  readonly links?: Links;
  readonly fields: readonly Place[];
  readonly methods?: readonly Place[];
  readonly seen?: readonly string[];
}) {
  return (
    <dl className={styles.facts}>
      <dt>Cause</dt>
      <dd>{renderInline(cause, links)}</dd>
      <dt>What to do</dt>
      <dd>{renderInline(remedy, links)}</dd>
      {fields.length > 0 && (
        <>
          <dt>{fields.length === 1 ? "Field" : "Fields"}</dt>
          <dd>
            <Places places={fields} />
          </dd>
        </>
      )}
      {methods.length > 0 && (
        <>
          <dt>{methods.length === 1 ? "Method" : "Methods"}</dt>
          <dd>
            <Places places={methods} />
          </dd>
        </>
      )}
      {seen !== undefined && (
        <>
          <dt>Recorded as</dt>
          <dd className={styles.seen}>{seen.join(", ")}</dd>
        </>
      )}
    </dl>
  );
}

/** The words of an error; what varies in them stands out. */
function Message({ text }: { readonly text: string }) {
  const parts = text.split(/(\{[^{}]+\})/);
  return (
    <code className={styles.message}>
      {parts.map((part, index) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never move
        index % 2 === 1 ? <var key={index}>{part.slice(1, -1)}</var> : part,
      )}
    </code>
  );
}

/** Where the errors are that any method may give. */
export function ErrorGroups({ groups }: { readonly groups: readonly Place[] }) {
  return (
    <p className={styles.groups}>
      Any method may also give one of:{" "}
      {groups.map(({ text, href = "" }, index) => (
        <span key={href}>
          {index > 0 && " · "}
          <PageLink href={href}>{text}</PageLink>
        </span>
      ))}
    </p>
  );
}

/** Errors of a group in the list of all. */
export function ErrorRows({ children }: { readonly children: ReactNode }) {
  return <ul className={styles.rows}>{children}</ul>;
}

/** One of them. `words` is what it is found by beside what is shown. */
export function ErrorRow({
  title,
  href,
  code,
  message,
  words,
}: {
  readonly title: string;
  readonly href: string;
  readonly code: string;
  readonly message: string;
  readonly words: string;
}) {
  return (
    <li className={styles.row} data-filter={`${title} ${code} ${message} ${words}`.toLowerCase()}>
      <PageLink href={href}>{title}</PageLink>
      <span className={styles.rowCode}>{code}</span>
      <Message text={message} />
    </li>
  );
}

/** Links with a number each. */
export function CountedLinks({
  links,
  noun,
}: {
  readonly links: readonly { readonly text: string; readonly href: string; readonly count: number }[];
  readonly noun: string;
}) {
  return (
    <ul className={styles.counted}>
      {links.map(({ text, href, count }) => (
        <li key={href}>
          <PageLink href={href}>{text}</PageLink>{" "}
          <span>
            {count} {noun}
            {count === 1 ? "" : "s"}
          </span>
        </li>
      ))}
    </ul>
  );
}
