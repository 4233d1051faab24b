"use client";

import { useEffect, useMemo, useState } from "react";
import { matchesEntry } from "../../lib/workspace/history.ts";
import { sendToPage } from "../run/incoming.ts";
import { useProfiles } from "../shell/profile-context.tsx";
import { useRouter } from "../shell/router.ts";
import { saveJson } from "../shell/save-file.ts";
import { EntryRow, originOf } from "./entry-row.tsx";
import styles from "./history.module.css";
import { clearHistory, MOST_ENTRIES, type StoredEntry, setHistory } from "./history-store.ts";
import { useHistory } from "./use-history.ts";

/** Rows that are shown at first; the rest on request. */
const FIRST_ROWS = 100;

/** Every run that this browser keeps. `pages`: the page of each method of the API, by its full name. */
export function HistoryPage({ pages }: { readonly pages: Readonly<Record<string, string>> }) {
  const router = useRouter();
  const { current } = useProfiles();
  const history = useHistory(null, MOST_ENTRIES);
  const [query, setQuery] = useState("");
  const [profile, setProfile] = useState("");
  const [shown, setShown] = useState(FIRST_ROWS);
  // What was chosen is seen at once, not when it is done.
  const [chosen, setChosen] = useState<boolean | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is read anew is what holds
  useEffect(() => setChosen(null), [history]);
  const [problem, setProblem] = useState<string | null>(null);

  const entries = history.kind === "ready" ? history.entries : [];
  const profiles = useMemo(
    () => [...new Map(entries.map(({ profile, profileLabel }) => [profile, profileLabel]))],
    [entries],
  );
  const found = entries.filter(
    (entry) => (profile === "" || entry.profile === profile) && matchesEntry(entry, query),
  );

  function open(entry: StoredEntry, href: string) {
    sendToPage(entry.method, {
      request: { text: entry.request.text, bytes: entry.bytes },
      origin: originOf(entry),
    });
    router.push(href);
  }

  function attempt(work: Promise<void>) {
    setProblem(null);
    work.catch((cause: unknown) => {
      setChosen(null);
      setProblem(`It was not done: ${cause instanceof Error ? cause.message : String(cause)}`);
    });
  }

  if (history.kind === "loading") return <p className={styles.empty}>Reading the history.</p>;
  if (history.kind === "failed") {
    return <p className={styles.problem}>This browser gives no history: {history.message}</p>;
  }
  return (
    <>
      <div className={styles.tools}>
        <label>
          <input
            type="checkbox"
            checked={chosen ?? history.on}
            onChange={({ target }) => {
              setChosen(target.checked);
              attempt(setHistory(target.checked));
            }}
          />
          Keep a history in this browser
        </label>
        <span className={styles.figures}>Turning it off deletes it.</span>
      </div>
      {(entries.length > 0 || query !== "") && (
        <search className={styles.tools}>
          <input
            type="search"
            aria-label="Search the history"
            placeholder="Search methods, requests, replies"
            value={query}
            onChange={({ target }) => setQuery(target.value)}
          />
          <select
            aria-label="Profile of the runs"
            value={profile}
            onChange={({ target }) => setProfile(target.value)}
          >
            <option value="">All profiles</option>
            {profiles.map(([id, label]) => (
              <option key={id} value={id}>
                {label}
                {id === current?.id ? " (current)" : ""}
              </option>
            ))}
          </select>
          <button
            type="button"
            onClick={() => saveJson("playground.history.json", `${JSON.stringify(found, null, 2)}\n`)}
          >
            Export {found.length === entries.length ? "all" : `these ${found.length}`}
          </button>
          <button type="button" onClick={() => attempt(clearHistory())}>
            Delete all
          </button>
        </search>
      )}
      {problem !== null && (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
      <p className="visually-hidden" role="status">
        {found.length === 1 ? "1 run" : `${found.length} runs`}
      </p>
      {found.length === 0 && (
        <p className={styles.empty}>
          {entries.length > 0
            ? "No run matches."
            : history.on
              ? "No runs yet: run a request on a method's page."
              : "No history is kept."}
        </p>
      )}
      <ul className={styles.list}>
        {found.slice(0, shown).map((entry) => {
          const href = pages[entry.method];
          return (
            <EntryRow
              key={entry.id}
              entry={entry}
              titled
              onOpen={href === undefined ? null : () => open(entry, href)}
            />
          );
        })}
      </ul>
      {found.length > shown && (
        <p className={styles.tools}>
          <button type="button" onClick={() => setShown(found.length)}>
            Show the other {found.length - shown}
          </button>
        </p>
      )}
    </>
  );
}
