import { memo, useContext } from "react";
import styles from "./cell.module.css";
import { codeHtml } from "./code-html.ts";
import { type EditableCodeProps, EditSeam } from "./edit/edit-seam.ts";

/** Code of a cell. While the notebook is edited, what it can be edited with. */
export function CellEditor(props: EditableCodeProps) {
  const Editable = useContext(EditSeam);
  return Editable === null ? <CellCode {...props} /> : <Editable {...props} />;
}

/** Code of a cell, as it is written in the notebook: a request or an expression. */
export const CellCode = memo(function CellCode({
  language,
  text,
  label,
}: Pick<EditableCodeProps, "language" | "text" | "label">) {
  return (
    <figure className={styles.source} aria-label={label}>
      <pre className={styles.code}>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: written from tokens with every text escaped */}
        <code dangerouslySetInnerHTML={{ __html: codeHtml(language, text) }} />
      </pre>
    </figure>
  );
});
