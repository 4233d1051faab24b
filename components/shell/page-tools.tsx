"use client";

import { useState } from "react";
import styles from "./page-tools.module.css";

/** Copies the Markdown twin of a page; the link beside it opens that. */
export function PageTools({ twin }: { readonly twin: string }) {
  const [said, setSaid] = useState("");

  async function copy() {
    try {
      const response = await fetch(twin);
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      await navigator.clipboard.writeText(await response.text());
      setSaid("Copied");
    } catch (cause) {
      setSaid(`Not copied: ${cause instanceof Error ? cause.message : cause}`);
    }
  }

  return (
    <div className={styles.tools}>
      <output>{said}</output>
      <button type="button" onClick={copy}>
        <span>
          Copy<span className={styles.more}> page as Markdown</span>
        </span>
      </button>
      <a href={twin} target="_blank" rel="noreferrer" title="This page as Markdown">
        .md<span className="visually-hidden">: this page as Markdown, in a new tab</span>
      </a>
    </div>
  );
}
