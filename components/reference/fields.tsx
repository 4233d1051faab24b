import type { ReactNode } from "react";
import styles from "./fields.module.css";
import { type Links, renderInline } from "./markdown.tsx";
import { PageLink } from "./page-link.tsx";

/** Fields below each other: name and type, then description. */
export function FieldList({ children }: { readonly children: ReactNode }) {
  return (
    <div className={styles.container}>
      <dl className={styles.list}>{children}</dl>
    </div>
  );
}

/** The fields of a oneof. In proto3 none of them has to be set. */
export function Oneof({
  id,
  name,
  children,
}: {
  readonly id: string;
  readonly name: string;
  readonly children: ReactNode;
}) {
  return (
    <div id={id} className={styles.oneof}>
      <p className={styles.rule}>
        at most one of <code>{name}</code>
      </p>
      {children}
    </div>
  );
}

/** One field: its name links to itself, its type to the type's page. */
export function Field({
  id,
  name,
  number,
  type,
  label,
  chip,
  needed = false,
  deprecated = false,
  rest,
  children,
}: {
  readonly id: string;
  readonly name: string;
  readonly number: number;
  readonly type: readonly { text: string; href?: string }[];
  readonly label?: string;
  readonly chip?: string;
  /** A daemon crashes without it. */
  readonly needed?: boolean;
  readonly deprecated?: boolean;
  /** Where it goes over REST: `path, URL-safe base64`. */
  readonly rest?: string;
  readonly children?: ReactNode;
}) {
  return (
    <div id={id} className={styles.field}>
      <dt>
        <a href={`#${id}`} className={styles.name}>
          {name}
        </a>
        {chip !== undefined && <span className={styles.chip}>{chip}</span>}
        {needed && <span className={styles.deprecated}>never leave out</span>}
        {deprecated && <span className={styles.deprecated}>deprecated</span>}
        <span className={styles.type}>
          {label !== undefined && `${label} `}
          {type.map(({ text, href }) =>
            href === undefined ? (
              text
            ) : (
              <PageLink key={text} href={href}>
                {text}
              </PageLink>
            ),
          )}{" "}
          · {number}
        </span>
        {rest !== undefined && <span className={styles.rest}>REST: {rest}</span>}
      </dt>
      <dd>{children}</dd>
    </div>
  );
}

/** What the tag lines of a comment say. */
export function Notes({
  unit,
  limits,
  default: fallback,
  bytes,
  json,
  wire,
  options,
  links,
}: {
  readonly unit?: string;
  readonly limits?: string;
  readonly default?: string;
  readonly bytes?: string;
  readonly json?: string;
  readonly wire?: string;
  readonly options?: string;
  readonly links?: Links;
}) {
  const notes = [
    ["Unit", unit],
    ["Limits", limits],
    ["Default", fallback],
    ["Bytes", bytes],
    ["JSON", json],
    ["Wire", wire],
    ["Options", options],
  ] as const;
  return (
    <ul className={styles.notes}>
      {notes.map(
        ([name, text]) =>
          text !== undefined && (
            <li key={name}>
              <span>{name}:</span> {renderInline(text, links)}
            </li>
          ),
      )}
    </ul>
  );
}

/** The inside of a field's type, in place and shut. With `href` it is on that page, and fetched from there once it is opened. */
export function Unfold({
  label,
  href,
  children,
}: {
  readonly label: string;
  readonly href?: string;
  readonly children?: ReactNode;
}) {
  return (
    <details className={styles.unfold} data-unfold={href}>
      <summary>{label}</summary>
      {href === undefined ? (
        children
      ) : (
        <p className={styles.elsewhere}>
          <PageLink href={href}>{label} on its own page</PageLink>
        </p>
      )}
    </details>
  );
}

/** Values of an enum below each other. */
export function ValueList({ children }: { readonly children: ReactNode }) {
  return <FieldList>{children}</FieldList>;
}

/** One value of an enum. */
export function Value({
  id,
  name,
  number,
  deprecated = false,
  children,
}: {
  readonly id: string;
  readonly name: string;
  readonly number: number;
  readonly deprecated?: boolean;
  readonly children?: ReactNode;
}) {
  return (
    <div id={id} className={styles.field}>
      <dt>
        <a href={`#${id}`} className={styles.name}>
          {name}
        </a>
        {deprecated && <span className={styles.deprecated}>deprecated</span>}
        <span className={styles.type}>{number}</span>
      </dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Stands for the fields of a message that has none. */
export function NoFields() {
  return <p className={styles.none}>No fields.</p>;
}
