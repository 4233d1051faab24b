import { useMemo } from "react";
import { colourCode } from "../../lib/guides/colour-code.ts";
import type { SnippetLanguage } from "../../lib/snippets/snippet.ts";
import styles from "./snippets.module.css";

/** Which of the colourings fits: comments and texts look alike in most languages. */
const COLOURING = {
  sh: "sh",
  python: "sh",
  js: "js",
  ts: "js",
  go: "js",
  rust: "js",
} as const satisfies Record<SnippetLanguage["syntax"], string>;

/** Code that scrolls within itself. */
export function SnippetCode({
  label,
  syntax,
  text,
}: {
  readonly label: string;
  readonly syntax: SnippetLanguage["syntax"];
  readonly text: string;
}) {
  const parts = useMemo(() => colourCode(COLOURING[syntax], text.trimEnd()), [syntax, text]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keyboard too
    // biome-ignore lint/a11y/useSemanticElements: no control is in it
    <pre className={styles.code} tabIndex={0} role="group" aria-label={label}>
      <code>
        {parts.map(({ kind, text: part }, index) =>
          kind === null ? (
            part
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other name
            <span key={index} className={styles[kind]}>
              {part}
            </span>
          ),
        )}
      </code>
    </pre>
  );
}
