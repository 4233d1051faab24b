import type { Profile } from "../../lib/call/profile.ts";
import type { RunError } from "../../lib/call/run-event.ts";
import { adviceFor } from "../run/advice.ts";
import styles from "../run/reply-panel.module.css";

/** Why a run failed, in the daemon's words where they are its own, and what to do. */
export function ErrorNote({
  error,
  profile,
}: {
  readonly error: RunError;
  readonly profile: Profile | null;
}) {
  const advice = adviceFor(error, profile);
  return (
    <div className={styles.error} data-reason={error.reason ?? error.source}>
      {error.source === "daemon" ? (
        <>
          <code>{error.message === "" ? "(no message)" : error.message}</code>
          <p>Status {error.code}, as the daemon answered.</p>
        </>
      ) : (
        <strong>{error.message}</strong>
      )}
      {advice !== null && <p>{advice}</p>}
    </div>
  );
}
