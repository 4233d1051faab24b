"use client";

import { type DragEvent, useRef, useState, useSyncExternalStore } from "react";
import { useRouter } from "../shell/router.ts";
import type { Making } from "./edit/document-actions.ts";
import styles from "./own.module.css";
import { noNotebooks, onOwnNotebooks, ownNotebooks } from "./own-store.ts";

const loadOpening = () => import("./edit/open-file.ts");

/** The reader's own notebooks, as this browser keeps them, and what brings another one here. */
export function OwnList() {
  const own = useSyncExternalStore(onOwnNotebooks, ownNotebooks, noNotebooks);
  const router = useRouter();
  const input = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState("");
  const [over, setOver] = useState(false);

  async function make(making: () => Promise<Making>) {
    setSaid("");
    try {
      const made = await making();
      if (made.kind === "problem") setSaid(made.message);
      else router.push(`/notebooks/mine#${made.id}`);
    } catch (cause) {
      setSaid(`That did not work: ${cause instanceof Error ? cause.message : String(cause)}. Try again.`);
    }
  }

  const open = (file: File | undefined) => {
    if (file !== undefined) void make(async () => (await loadOpening()).openFile(file));
  };

  function onDrop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    open(event.dataTransfer.files[0]);
  }

  return (
    <section
      className={styles.own}
      aria-labelledby="yours"
      data-over={over}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes("Files")) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <div className={styles.head}>
        <h2 id="yours">Yours</h2>
        <button
          type="button"
          onPointerEnter={() => void loadOpening()}
          onClick={() => void make(async () => (await loadOpening()).newNotebook())}
        >
          New notebook
        </button>
        <button
          type="button"
          onPointerEnter={() => void loadOpening()}
          onClick={() => input.current?.click()}
        >
          Open a file
        </button>
        <input
          ref={input}
          type="file"
          accept=".mdx,.md,text/markdown"
          aria-label="A notebook’s file"
          hidden
          onChange={({ target }) => {
            open(target.files?.[0]);
            target.value = "";
          }}
        />
      </div>
      <p className={styles.said} role="status">
        {said}
      </p>
      {own.length === 0 ? (
        <p className={styles.none}>
          None yet. Make a copy of a lesson, begin a new one, or open an .mdx file: drop it here. They are
          kept in this browser, and nothing of a file runs when it is opened.
        </p>
      ) : (
        <ul className={styles.list}>
          {own.map(({ id, title, description, changedAt, from, inert }) => (
            <li key={id}>
              <a href={`/notebooks/mine#${id}`}>
                <strong>{title}</strong>
                {description !== "" && <span>{description}</span>}
                <small>
                  Changed <time dateTime={new Date(changedAt).toISOString()}>{dateOf(changedAt)}</time>
                  {from !== null && ` · from ${from}`}
                  {inert && " · not let to run yet"}
                </small>
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function dateOf(time: number): string {
  return new Date(time).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
}
