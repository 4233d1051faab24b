"use client";

import { useEffect, useState } from "react";
import styles from "./view-choice.module.css";

/** How a request is written: as text, by a form, or both. */
export type RequestView = "text" | "form" | "both";

const views = ["text", "form", "both"] as const satisfies RequestView[];
const words: Readonly<Record<RequestView, string>> = { text: "Text", form: "Form", both: "Both" };
const storageKey = "request-view";

/** The view that the reader chose last, on whatever method; the text before anything was chosen. */
export function useRequestView(): readonly [RequestView, (view: RequestView) => void] {
  const [view, setView] = useState<RequestView>("text");
  useEffect(() => {
    const stored = localStorage.getItem(storageKey);
    const known = views.find((each) => each === stored);
    if (known !== undefined) setView(known);
  }, []);
  return [
    view,
    (chosen) => {
      setView(chosen);
      localStorage.setItem(storageKey, chosen);
    },
  ];
}

/** Chooses between text and form. */
export function ViewChoice({
  value,
  onChange,
}: {
  readonly value: RequestView;
  readonly onChange: (view: RequestView) => void;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: three buttons in a row, no fieldset
    <div className={styles.choice} role="group" aria-label="Write the request as">
      {views.map((view) => (
        <button key={view} type="button" aria-pressed={view === value} onClick={() => onChange(view)}>
          {words[view]}
        </button>
      ))}
    </div>
  );
}
