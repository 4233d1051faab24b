import type { ReactNode } from "react";
import styles from "./commands.module.css";
import lists from "./lists.module.css";
import { type Links, renderInline } from "./markdown.tsx";
import { PageLink } from "./page-link.tsx";
import { type Place, Places } from "./places.tsx";

/** A line to type. It is selected as a whole; `href` leads to all about the command. */
export function CommandLine({
  text,
  href,
  example = false,
}: {
  readonly text: string;
  readonly href?: string;
  readonly example?: boolean;
}) {
  return (
    <div className={styles.line}>
      {example && <span className={styles.label}>For example</span>}
      <pre>
        <span aria-hidden="true">$ </span>
        <code>{words(text)}</code>
      </pre>
      {href !== undefined && (
        <PageLink href={href} className={styles.more}>
          All about this command
        </PageLink>
      )}
    </div>
  );
}

/** The line, where it may be broken: between words, and inside of what is longer than any flag. */
function words(line: string): ReactNode {
  return line.split(/( )/).map((word, index) =>
    word.startsWith("--") ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the words of a line never move
      <span key={index} className={styles.word}>
        {word}
      </span>
    ) : (
      word
    ),
  );
}

/** Flags and arguments of a command, below each other. */
export function FlagTable({ children }: { readonly children: ReactNode }) {
  return (
    <div className={styles.container}>
      <dl className={styles.flags}>{children}</dl>
    </div>
  );
}

/** One flag: what it takes, and the fields of the request that it sets. */
export function Flag({
  id,
  name,
  alias,
  type,
  unit,
  needed = false,
  fallback,
  env,
  position,
  fields,
  about,
  links,
}: {
  readonly id: string;
  readonly name: string;
  readonly alias?: string;
  readonly type: string;
  readonly unit?: string;
  readonly needed?: boolean;
  readonly fallback?: string;
  readonly env?: string;
  /** Which argument can stand for it: `first`. */
  readonly position?: string;
  readonly fields: readonly Place[];
  readonly about: string;
  readonly links?: Links;
}) {
  const facts = [
    alias === undefined ? null : `also ${alias}`,
    fallback === undefined ? null : `default ${fallback}`,
    env === undefined ? null : `environment ${env}`,
    position === undefined ? null : `or ${position} argument`,
  ].filter((fact) => fact !== null);
  return (
    <div id={id} className={styles.flag}>
      <dt>
        <a href={`#${id}`} className={styles.name}>
          {name}
        </a>
        {unit !== undefined && <span className={styles.chip}>{unit}</span>}
        {needed && <span className={styles.needed}>required</span>}
        <span className={styles.facts}>{[type, ...facts].join(" · ")}</span>
      </dt>
      <dd>
        <p>{renderInline(about, links)}</p>
        {fields.length > 0 && (
          <p className={styles.sets}>
            sets <Places places={fields} />
          </p>
        )}
      </dd>
    </div>
  );
}

/** What a command sets without being asked. */
export function AlwaysSet({ fields }: { readonly fields: readonly (Place & { readonly value: string })[] }) {
  return (
    <p className={styles.always}>
      Always sets{" "}
      {fields.map((field, index) => (
        <span key={field.text}>
          {index > 0 && " and "}
          <Places places={[field]} /> to <code>{field.value}</code>
        </span>
      ))}
      .
    </p>
  );
}

/** One command in a list, with the method that it calls. */
export function CommandRow({
  name,
  href,
  method,
  methodHref,
  summary,
  links,
}: {
  readonly name: string;
  readonly href: string;
  readonly method?: string;
  readonly methodHref?: string;
  readonly summary: string;
  readonly links?: Links;
}) {
  return (
    <div className={lists.row}>
      <dt>
        <PageLink href={href} className={lists.link}>
          {name}
        </PageLink>
      </dt>
      <dd>
        {renderInline(summary, links)}
        {method !== undefined && methodHref !== undefined && (
          <>
            {" "}
            <span className={styles.calls}>
              calls <PageLink href={methodHref}>{method}</PageLink>
            </span>
          </>
        )}
      </dd>
    </div>
  );
}
