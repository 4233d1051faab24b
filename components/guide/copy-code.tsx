"use client";

import { useState } from "react";
import styles from "./code-block.module.css";

/** Copies a block's code, and says so until the pointer or the focus leaves. */
export function CopyCode({ text }: { readonly text: string }) {
  const [said, setSaid] = useState<string | null>(null);
  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setSaid("Copied");
    } catch {
      setSaid("Not allowed to copy");
    }
  }
  return (
    <button
      type="button"
      className={styles.copy}
      onClick={() => void copy()}
      onBlur={() => setSaid(null)}
      onMouseLeave={() => setSaid(null)}
    >
      <span aria-live="polite">{said ?? "Copy"}</span>
    </button>
  );
}
