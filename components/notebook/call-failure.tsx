import type { RunError } from "../../lib/call/run-event.ts";
import { statusName } from "../../lib/call/status.ts";
import { ErrorHelp } from "../reply/error-help.tsx";
import { ErrorNote } from "../reply/error-note.tsx";
import { OutcomeNote } from "../safety/outcome-note.tsx";
import styles from "./cell.module.css";
import { cellMethod } from "./cell-method.ts";
import type { RunnableCell } from "./cell-words.ts";
import { useNotebook } from "./notebook-context.ts";

/** A call that failed, with the help that its method's page gives. */
export function CallFailure({ cell, error }: { readonly cell: RunnableCell; readonly error: RunError }) {
  const { profile, methods } = useNotebook();
  if (cell.kind !== "call" && cell.kind !== "wait") return null;
  const method = cell.method.text;
  const { access, safety } = cellMethod(methods, method);
  const expected = cell.kind === "call" ? cell.expect : null;
  return (
    <>
      {expected !== null && (
        <p className={styles.why}>
          It was to fail with {expected}, and failed with {statusName(error.code)}.
        </p>
      )}
      <div className={styles.failure}>
        <ErrorNote error={error} details={[]} profile={profile} />
        <ErrorHelp method={method} error={error} />
        {access === "write" && error.outcome === "unknown" && (
          <OutcomeNote method={method} tells={safety.tells} />
        )}
      </div>
      {error.reason === "write-refused" && (
        <p className={styles.passed}>
          Writes are switched on among the <a href="/profiles">profiles</a>.
        </p>
      )}
    </>
  );
}
