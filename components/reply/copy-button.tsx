"use client";

import { useEffect, useState } from "react";
import styles from "./reply.module.css";

/** Copies what `text` gives, and says so for a moment. */
export function CopyButton({
  label,
  text,
  disabled = false,
}: {
  readonly label: string;
  readonly text: () => string | Promise<string>;
  readonly disabled?: boolean;
}) {
  const [said, setSaid] = useState<string | null>(null);
  useEffect(() => {
    if (said === null) return;
    const timer = setTimeout(() => setSaid(null), 2000);
    return () => clearTimeout(timer);
  }, [said]);

  async function copy() {
    try {
      await navigator.clipboard.writeText(await text());
      setSaid("Copied");
    } catch {
      setSaid("Not allowed to copy");
    }
  }

  return (
    <button type="button" className={styles.button} disabled={disabled} onClick={() => void copy()}>
      <span aria-live="polite">{said ?? label}</span>
    </button>
  );
}
