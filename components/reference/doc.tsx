import styles from "./doc.module.css";
import { type Links, renderMarkdown } from "./markdown.tsx";

/** A comment's Markdown as a block of text. */
export function Doc({ text, links }: { readonly text: string; readonly links?: Links }) {
  return <div className={styles.doc}>{renderMarkdown(text, links)}</div>;
}
