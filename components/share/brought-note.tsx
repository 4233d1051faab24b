"use client";

import { useEffect, useRef } from "react";
import { basePathAt, methodHref } from "../../lib/pages/links.ts";
import styles from "../run/try-it.module.css";
import type { Brought } from "../run/use-request.ts";
import type { LinkProblem } from "./use-link.ts";

/** Says where the text in the editor came from and that nothing was sent, or why a link could not be opened. */
export function BroughtNote({
  method,
  access,
  brought,
  problem,
  onKeep,
  onDiscard,
}: {
  readonly method: string;
  readonly access: "read" | "write";
  readonly brought: Brought | null;
  readonly problem: LinkProblem | null;
  readonly onKeep: () => void;
  /** Lays in the editor what was there before, and forgets the link. */
  readonly onDiscard: () => void;
}) {
  const note = useRef<HTMLDivElement>(null);
  // On one column the editor may stand far below what is seen first.
  // biome-ignore lint/correctness/useExhaustiveDependencies: for each request that is brought
  useEffect(() => {
    // Braces: it gives a promise in newer browsers, which an effect must not.
    note.current?.scrollIntoView({ block: "nearest" });
  }, [brought]);
  const name = method.slice(method.lastIndexOf(".") + 1);
  if (problem !== null) {
    return (
      <p className={styles.note} role="status">
        {problem.kind === "problem" ? (
          problem.message
        ) : (
          <>
            This link brings a request for <code>{problem.method}</code>, which has{" "}
            <a href={`${methodHref(problem.method, basePathAt(location.pathname))}#${problem.fragment}`}>
              a page of its own
            </a>
            .
          </>
        )}{" "}
        <button type="button" onClick={onDiscard}>
          Close
        </button>
      </p>
    );
  }
  if (brought === null) return null;
  return (
    <div ref={note} className={styles.note} role="status" data-brought>
      {brought.from} brought a request for <code>{name}</code>,{" "}
      {access === "write" ? "a write: running it can change something." : "a read."} Nothing has been sent.
      {brought.notes.map((note) => (
        <span key={note}> {note}</span>
      ))}{" "}
      <button type="button" onClick={onKeep}>
        Keep it
      </button>{" "}
      <button type="button" onClick={onDiscard}>
        Discard it
      </button>
    </div>
  );
}
