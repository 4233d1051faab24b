import { memo } from "react";
import styles from "./cell.module.css";
import { codeHtml } from "./code-html.ts";

/** Code of a cell, as it is written in the notebook: a request or an expression. */
export const CellEditor = memo(function CellEditor({
  language,
  text,
  label,
}: {
  readonly language: "json" | "cel";
  readonly text: string;
  /** What it is, for those who do not see where it stands. */
  readonly label: string;
}) {
  return (
    <figure className={styles.source} aria-label={label}>
      <pre className={styles.code}>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: written from tokens with every text escaped */}
        <code dangerouslySetInnerHTML={{ __html: codeHtml(language, text) }} />
      </pre>
    </figure>
  );
});
