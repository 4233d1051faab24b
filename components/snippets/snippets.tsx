"use client";

import { lazy, Suspense, useEffect, useState } from "react";
import type { Profile } from "../../lib/call/profile.ts";
import type { CallOptionsValue } from "../run/call-options-value.ts";
import styles from "./snippets.module.css";
import type { Conversed } from "./use-snippet.ts";

const SnippetPanel = lazy(() =>
  import("./snippet-panel.tsx").then(({ SnippetPanel }) => ({ default: SnippetPanel })),
);

const OPEN_KEY = "snippets-open";

/** What stands in the editor as a program or command, folded until wanted. Whether it was wanted is remembered. */
export function Snippets(props: {
  readonly method: string;
  readonly request: Conversed;
  readonly profile: Profile | null;
  readonly options: CallOptionsValue;
}) {
  const [open, setOpen] = useState(false);
  useEffect(() => setOpen(localStorage.getItem(OPEN_KEY) === "yes"), []);
  return (
    <details
      className={styles.snippets}
      open={open}
      onToggle={({ currentTarget }) => {
        if (currentTarget.open === open) return;
        setOpen(currentTarget.open);
        localStorage.setItem(OPEN_KEY, currentTarget.open ? "yes" : "no");
      }}
    >
      <summary>Snippets</summary>
      {open && (
        <Suspense fallback={<p className={styles.loading}>Loading the languages.</p>}>
          <SnippetPanel {...props} />
        </Suspense>
      )}
    </details>
  );
}
