"use client";

import { type ReactNode, useRef, useState } from "react";
import styles from "./errors.module.css";

/** A box that leaves those of the errors in sight that hold what is typed in it; without scripts all are. */
export function ErrorFilter({ children }: { readonly children: ReactNode }) {
  const list = useRef<HTMLDivElement>(null);
  const [found, setFound] = useState<number | null>(null);

  const filter = (query: string) => {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const section of list.current?.querySelectorAll("section") ?? []) {
      let any = false;
      for (const row of section.querySelectorAll<HTMLElement>("[data-filter]")) {
        const fits = words.every((word) => row.dataset.filter?.includes(word));
        row.hidden = !fits;
        any ||= fits;
        if (fits) count++;
      }
      section.hidden = !any;
    }
    setFound(words.length === 0 ? null : count);
  };

  return (
    <>
      <search className={styles.filter}>
        <label htmlFor="error-filter">Find an error by its words, status or method</label>
        <input
          id="error-filter"
          type="search"
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => filter(event.target.value)}
        />
        <p role="status">
          {found === null
            ? ""
            : found === 0
              ? "None has all of these words. Leave out what varies, as keys, amounts and heights."
              : `${found} found`}
        </p>
      </search>
      <div ref={list}>{children}</div>
    </>
  );
}
