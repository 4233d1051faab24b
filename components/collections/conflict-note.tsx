"use client";

import { type Collection, writeCollection } from "../../lib/workspace/collection.ts";
import { type Conflict, settleConflict } from "./collection-store.ts";
import styles from "./collections.module.css";

/** Says that the file was changed on disk meanwhile, shows both, and asks what to do. */
export function ConflictNote({
  file,
  conflict,
  theirs,
  onSettled,
}: {
  readonly file: string;
  readonly conflict: Conflict;
  readonly theirs: Collection;
  readonly onSettled: (text: string, problem: boolean) => void;
}) {
  async function settle(how: "apply" | "drop") {
    const outcome = await settleConflict(how);
    if (outcome.kind === "problem") onSettled(outcome.message, true);
    else if (outcome.kind === "ok") {
      onSettled(how === "apply" ? `Saved in ${file}, beside what had changed.` : "Not saved.", false);
    }
  }

  return (
    <div className={styles.conflict} role="alert">
      <p>
        <strong>{file} was changed on disk meanwhile. Nothing was saved.</strong>
      </p>
      <div className={styles.both}>
        {(
          [
            ["On disk now", theirs],
            ["What you were about to save", conflict.mine],
          ] as const
        ).map(([title, collection]) => (
          <details key={title} open>
            <summary>{title}</summary>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard */}
            <pre tabIndex={0}>{writeCollection(collection)}</pre>
          </details>
        ))}
      </div>
      <p>
        <button type="button" onClick={() => void settle("apply")}>
          Make my change to the file as it is now
        </button>{" "}
        <button type="button" onClick={() => void settle("drop")}>
          Drop my change
        </button>
      </p>
    </div>
  );
}
