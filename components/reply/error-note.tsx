import type { Profile } from "../../lib/call/profile.ts";
import type { RunError } from "../../lib/call/run-event.ts";
import { statusName } from "../../lib/call/status.ts";
import type { ErrorDetail } from "../../lib/reply/error-details.ts";
import { statusMeaning } from "../../lib/reply/status-meaning.ts";
import { adviceFor } from "../run/advice.ts";
import styles from "../run/reply-panel.module.css";
import reply from "./reply.module.css";

/** Why a run failed: in the daemon's words where they are its own, what its status means, what came with it, what to do. */
export function ErrorNote({
  error,
  details,
  profile,
}: {
  readonly error: RunError;
  readonly details: readonly ErrorDetail[];
  readonly profile: Profile | null;
}) {
  const advice = adviceFor(error, profile);
  const own = error.source === "daemon";
  return (
    <div className={styles.error} data-reason={error.reason ?? error.source}>
      {own ? (
        <code>{error.message === "" ? "(no message)" : error.message}</code>
      ) : (
        <strong>{error.message}</strong>
      )}
      {own && (
        <p className={reply.meaning}>
          Status {error.code}, {statusName(error.code)}, as the daemon answered. {statusMeaning(error.code)}
        </p>
      )}
      {details.length > 0 && (
        <dl className={reply.details} aria-label="Details of the error">
          {details.map((detail, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: they do not move, and types repeat
            <div key={index}>
              <dt>{detail.type}</dt>
              <dd>
                <pre>
                  {detail.kind === "known"
                    ? detail.text
                    : `bytes of a type that is not known here: ${detail.hex}`}
                </pre>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {advice !== null && <p>{advice}</p>}
    </div>
  );
}
