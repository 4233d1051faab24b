"use client";

import { rememberOpened } from "../collections/collection-store.ts";
import { useCollection } from "../collections/use-collection.ts";
import { EntryRow, originOf } from "../history/entry-row.tsx";
import historyStyles from "../history/history.module.css";
import { useHistory } from "../history/use-history.ts";
import styles from "./try-it.module.css";
import type { RequestState, RequestText } from "./use-request.ts";

/** Runs of the method that are looked through for those of one profile. */
const LOOKED_THROUGH = 100;
const SHOWN = 10;

/** Whatever is opened here is laid in the editor, and nothing is sent. */
export function EarlierList({
  request,
  profile,
  sent,
}: {
  readonly request: RequestState;
  readonly profile: string | null;
  readonly sent: readonly RequestText[];
}) {
  const history = useHistory(request.method, LOOKED_THROUGH);
  const collection = useCollection();
  const entries =
    history.kind === "ready" ? history.entries.filter((entry) => entry.profile === profile) : [];
  const saved =
    collection.kind === "ready"
      ? collection.collection.requests.filter(({ method }) => method === request.method)
      : [];

  return (
    <div className={styles.earlierBody}>
      {sent.length > 1 && (
        <section aria-label="Sent in this conversation">
          <h3>Sent in this conversation</h3>
          <ul className={historyStyles.list}>
            {sent.map((message, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: messages repeat and are only added
              <li key={at} className={historyStyles.entry}>
                <details>
                  <summary>
                    <time>{at + 1}</time>
                    <code>{preview(message.text)}</code>
                  </summary>
                  {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard */}
                  <pre tabIndex={0}>{message.text}</pre>
                </details>
                <span className={historyStyles.actions}>
                  <button
                    type="button"
                    aria-label={`Use message ${at + 1} again`}
                    onClick={() => request.load(message)}
                  >
                    Use again
                  </button>
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section aria-label="Recent runs">
        <h3>Recent runs</h3>
        {history.kind === "loading" && <p className={historyStyles.empty}>Reading the history.</p>}
        {history.kind === "failed" && (
          <p className={historyStyles.empty}>This browser gives no history: {history.message}</p>
        )}
        {history.kind === "ready" && entries.length === 0 && (
          <p className={historyStyles.empty}>
            {history.on ? "No runs on this profile yet." : "No history is kept: it is turned off."}
          </p>
        )}
        <ul className={historyStyles.list}>
          {entries.slice(0, SHOWN).map((entry) => (
            <EntryRow
              key={entry.id}
              entry={entry}
              titled={false}
              onOpen={() => request.bring({ text: entry.request.text, bytes: entry.bytes }, originOf(entry))}
            />
          ))}
        </ul>
        <p>
          <a href="/history">All runs</a>
        </p>
      </section>
      <section aria-label="Saved requests">
        <h3>Saved requests</h3>
        {collection.kind === "unreadable" && (
          <p className={historyStyles.empty}>They cannot be read: {collection.message}</p>
        )}
        {collection.kind === "ready" && saved.length === 0 && (
          <p className={historyStyles.empty}>None of this method.</p>
        )}
        <ul className={historyStyles.list}>
          {saved.map((each) => (
            <li key={`${each.folder}/${each.name}`} className={historyStyles.entry}>
              <details>
                <summary>
                  {each.name}
                  {each.folder !== "" && <span className={historyStyles.figures}>{each.folder}</span>}
                </summary>
                {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard */}
                <pre tabIndex={0}>{each.request}</pre>
              </details>
              <span className={historyStyles.actions}>
                <button
                  type="button"
                  aria-label={`Open ${each.name}`}
                  onClick={() => {
                    rememberOpened(each.method, each);
                    request.bring(
                      { text: each.request, bytes: each.bytes },
                      { from: `The saved request “${each.name}”`, notes: [] },
                    );
                  }}
                >
                  Open
                </button>
              </span>
            </li>
          ))}
        </ul>
        <p>
          <a href="/collection">All saved requests</a>
        </p>
      </section>
    </div>
  );
}

/** The beginning of a message on one line. */
function preview(text: string): string {
  const line = text
    .replace(/\/\/.*$/gm, "")
    .replace(/\s+/g, " ")
    .trim();
  return line.length > 40 ? `${line.slice(0, 40)}…` : line;
}
