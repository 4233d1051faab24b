"use client";

import { statusName } from "../../lib/call/status.ts";
import { formatBytes, formatMs } from "../../lib/reply/format.ts";
import styles from "./history.module.css";
import { deleteEntry, type StoredEntry } from "./history-store.ts";

/** One run of the history, folded. */
export function EntryRow({
  entry,
  titled,
  onOpen,
}: {
  readonly entry: StoredEntry;
  /** Whether the method is named: not where all are of one. */
  readonly titled: boolean;
  /** Lays its request in an editor; null where there is none for it. */
  readonly onOpen: (() => void) | null;
}) {
  const { at, method, status, durationMs, profileLabel, sizes, request, reply } = entry;
  const ok = status.code === 0;
  const time = new Date(at);
  return (
    <li className={styles.entry}>
      <details>
        <summary>
          <time dateTime={time.toISOString()} title={time.toLocaleString()}>
            {shortTime(time)}
          </time>
          {titled && <code>{method.slice(method.lastIndexOf(".") + 1)}</code>}
          <span className={ok ? styles.ok : styles.failed}>{statusName(status.code)}</span>
          <span className={styles.figures}>
            {durationMs === null ? "" : `${formatMs(durationMs)} · `}
            {profileLabel}
          </span>
        </summary>
        <div className={styles.body}>
          {status.message !== "" && <p>{status.message}</p>}
          <p>
            {sizes.sent} sent, {sizes.received} received, {formatBytes(sizes.receivedBytes)}
            {entry.network !== "" && `, on ${entry.network}`}
          </p>
          {entry.redacted && <p>What looked like a secret was taken out of the request.</p>}
          <h3>Request</h3>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard */}
          <pre tabIndex={0}>{request.text}</pre>
          <h3>Reply</h3>
          {reply === null ? (
            <p>Not kept.</p>
          ) : (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard
            <pre tabIndex={0}>
              {reply.text === "" ? "(empty)" : reply.text}
              {reply.complete ? "" : "\n…"}
            </pre>
          )}
        </div>
      </details>
      <span className={styles.actions}>
        {request.complete && onOpen !== null && (
          <button type="button" aria-label={`Open the run of ${shortTime(time)}`} onClick={onOpen}>
            Open
          </button>
        )}
        <button
          type="button"
          aria-label={`Delete the run of ${shortTime(time)}`}
          onClick={({ currentTarget }) => {
            focusBeside(currentTarget.closest("li"));
            void deleteEntry(entry.id).catch(() => {});
          }}
        >
          Delete
        </button>
      </span>
    </li>
  );
}

/** A row that is about to go hands the focus to the one beside it. */
function focusBeside(row: HTMLElement | null): void {
  const beside = row?.nextElementSibling ?? row?.previousElementSibling;
  beside?.querySelector<HTMLElement>("summary")?.focus();
}

/** `14:03:09` for today, `23 Nov, 14:03` for other days; as the reader's language writes it. */
function shortTime(time: Date): string {
  return time.toDateString() === new Date().toDateString()
    ? time.toLocaleTimeString()
    : time.toLocaleString(undefined, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
}

/** What is told of where an opened entry comes from. */
export function originOf(entry: StoredEntry) {
  return {
    from: `The history (${shortTime(new Date(entry.at))}, ${entry.profileLabel})`,
    notes: entry.redacted ? ["What looked like a secret was taken out of it."] : [],
  };
}
