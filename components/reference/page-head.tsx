import type { ReactNode } from "react";
import type { StreamKind } from "../../lib/call/call.ts";
import { breakable } from "./endpoints.tsx";
import styles from "./page-head.module.css";
import { PageLink } from "./page-link.tsx";

const STREAM_NAMES = {
  unary: "Unary",
  "server-streaming": "Server-streaming",
  "client-streaming": "Client-streaming",
  "bidi-streaming": "Bidirectional streaming",
} as const satisfies Record<StreamKind, string>;

/** The way to this page from the top, without the page itself. */
export function Breadcrumbs({ items }: { readonly items: readonly { text: string; href?: string }[] }) {
  return (
    <nav aria-label="Breadcrumbs" className={styles.breadcrumbs}>
      <ol>
        {items.map(({ text, href }) => (
          <li key={text}>{href === undefined ? text : <PageLink href={href}>{text}</PageLink>}</li>
        ))}
      </ol>
    </nav>
  );
}

/** The page's heading, with the full protobuf name under it. */
export function PageTitle({
  title,
  name,
  code = false,
  deprecated = false,
}: {
  readonly title: string;
  readonly name?: string;
  /** The title is something to type. */
  readonly code?: boolean;
  readonly deprecated?: boolean;
}) {
  return (
    <header className={styles.title}>
      <h1 className={code ? styles.code : undefined}>{code ? breakable(title) : title}</h1>
      {name !== undefined && <p className={styles.name}>{name}</p>}
      {deprecated && <p className={styles.deprecated}>Deprecated</p>}
    </header>
  );
}

/** The row of facts under the heading; its children are chips. */
export function Chips({ children }: { readonly children: ReactNode }) {
  return <ul className={styles.chips}>{children}</ul>;
}

/** The kind of call. */
export function StreamChip({ stream }: { readonly stream: StreamKind }) {
  return <li className={styles.chip}>{STREAM_NAMES[stream]}</li>;
}

/** A plain word: Message, Enum, Service. */
export function KindChip({ text }: { readonly text: string }) {
  return <li className={styles.chip}>{text}</li>;
}

/** Whether the method writes, and the macaroon permissions it needs. */
export function AccessChip({
  access,
  permissions,
}: {
  readonly access: "read" | "write";
  readonly permissions: readonly string[] | null;
}) {
  return (
    <li className={styles.chip} data-access={access}>
      {access === "write" ? "Write" : "Read"} ·{" "}
      {permissions === null ? (
        "permissions not known"
      ) : permissions.length === 0 ? (
        "no macaroon"
      ) : (
        <>
          <span className="visually-hidden">needs the macaroon permissions </span>
          <strong>{permissions.join(", ")}</strong>
        </>
      )}
    </li>
  );
}

/** The REST request that the daemon's gateway maps to this method. */
export function HttpChip({ verb, path }: { readonly verb: string; readonly path: string }) {
  return (
    <li className={styles.chip}>
      <span className="visually-hidden">REST: </span>
      <code>
        {verb} {path}
      </code>
    </li>
  );
}

/** The command that makes this call. */
export function CliChip({ command }: { readonly command: string }) {
  return (
    <li className={styles.chip}>
      <span className="visually-hidden">Command: </span>
      <code>{command}</code>
    </li>
  );
}

/** The way to a page that says more, under what it is: "Method: SubmitOrder". */
export function LinkChip({
  label,
  text,
  href,
}: {
  readonly label: string;
  readonly text: string;
  readonly href: string;
}) {
  return (
    <li className={styles.chip}>
      {label}: <PageLink href={href}>{text}</PageLink>
    </li>
  );
}

/** The link to the definition in the upstream repository. */
export function UpstreamChip({ url, label }: { readonly url: string; readonly label: string }) {
  return (
    <li className={styles.chip}>
      <a href={url} rel="noreferrer">
        <span className="visually-hidden">Upstream definition: </span>
        <code>{label}</code> <span aria-hidden="true">↗</span>
      </a>
    </li>
  );
}
