import styles from "./reply-json.module.css";

/** A reply as JSON; names of fields lead to where the field is documented. `links` has them by the number of the line. */
export function ReplyJson({
  lines,
  links,
}: {
  readonly lines: readonly string[];
  readonly links: Readonly<Record<string, string>>;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is to be scrolled by keyboard
    <pre className={styles.json} tabIndex={0}>
      <code>
        {lines.map((line, number) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a text never move
          <Line key={number} text={number + 1 < lines.length ? `${line}\n` : line} href={links[number]} />
        ))}
      </code>
    </pre>
  );
}

function Line({ text, href }: { readonly text: string; readonly href: string | undefined }) {
  const key = href === undefined ? null : /^(\s*)"([^"]+)"/.exec(text);
  if (key === null) return text;
  const [all, indent, name] = key;
  return (
    <>
      {indent}"<a href={href}>{name}</a>"{text.slice(all.length)}
    </>
  );
}
