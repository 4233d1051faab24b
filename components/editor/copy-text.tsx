"use client";

import { useEffect, useState } from "react";

/** Copies `text`, and says so for a moment. */
export function CopyText({
  text,
  className,
}: {
  readonly text: string;
  readonly className?: string | undefined;
}) {
  const [said, setSaid] = useState<string | null>(null);
  useEffect(() => {
    if (said === null) return;
    const timer = setTimeout(() => setSaid(null), 2000);
    return () => clearTimeout(timer);
  }, [said]);

  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setSaid("Copied");
    } catch {
      setSaid("Not allowed to copy");
    }
  }

  return (
    <button type="button" className={className} onClick={() => void copy()}>
      <span aria-live="polite">{said ?? "Copy"}</span>
    </button>
  );
}
