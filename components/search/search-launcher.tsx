"use client";

import { type ComponentType, useEffect, useRef, useState } from "react";
import { isTyping } from "../shell/is-typing.ts";
import styles from "./search-launcher.module.css";

type Palette = ComponentType<{ readonly typed: string; readonly onClose: () => void }>;

const loadPalette = () => import("./palette.tsx");

/** The button of the search; `/` and Ctrl or Cmd with K open it from anywhere. Nothing of it is loaded before that. */
export function SearchLauncher() {
  const [open, setOpen] = useState(false);
  const [Palette, setPalette] = useState<Palette | null>(null);
  /** What is typed while the palette loads; null while it is shut. */
  const typed = useRef<string | null>(null);

  function show() {
    typed.current = "";
    setOpen(true);
    loadPalette().then(
      ({ Palette }) => setPalette(() => Palette),
      () => shut(),
    );
  }

  function shut() {
    typed.current = null;
    setOpen(false);
  }

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { key, ctrlKey, metaKey, altKey, target } = event;
      const chord = (ctrlKey || metaKey) && !altKey && key.toLowerCase() === "k";
      const slash = key === "/" && !ctrlKey && !metaKey && !altKey && !isTyping(target);
      if (document.querySelector("dialog:modal") !== null) return;
      if (typed.current !== null && key.length === 1 && !ctrlKey && !metaKey) {
        event.preventDefault();
        typed.current += key;
      } else if (typed.current === null && (chord || slash)) {
        event.preventDefault();
        event.stopPropagation();
        show();
      }
    };
    // Before the editor, which takes Ctrl+K for the first of two keys and lets nobody else hear of it.
    document.addEventListener("keydown", onKey, { capture: true });
    return () => document.removeEventListener("keydown", onKey, { capture: true });
  });

  return (
    <>
      <button
        type="button"
        className={styles.launcher}
        aria-haspopup="dialog"
        aria-keyshortcuts="/ Control+K Meta+K"
        onClick={show}
        onPointerEnter={() => void loadPalette()}
        onFocus={() => void loadPalette()}
      >
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <circle cx="7" cy="7" r="4.5" />
          <path d="m10.5 10.5 3.5 3.5" />
        </svg>
        <span className={styles.word}>Search</span>
        <span className={styles.key} aria-hidden="true">
          /
        </span>
      </button>
      {open && Palette !== null && <Palette typed={typed.current ?? ""} onClose={shut} />}
    </>
  );
}
