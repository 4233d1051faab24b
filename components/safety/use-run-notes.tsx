import { lazy, type ReactNode, Suspense, useState } from "react";
import type { RunError } from "../../lib/call/run-event.ts";
import type { MethodSafety } from "../../lib/call/safety.ts";

const ErrorHelp = lazy(() =>
  import("../reply/error-help.tsx").then(({ ErrorHelp }) => ({ default: ErrorHelp })),
);
const OutcomeNote = lazy(() =>
  import("./outcome-note.tsx").then(({ OutcomeNote }) => ({ default: OutcomeNote })),
);
const SecretCover = lazy(() =>
  import("./secret-cover.tsx").then(({ SecretCover }) => ({ default: SecretCover })),
);

/**
 * What stands with a reply: help with an error that the reference knows, a note where a write may have happened although its reply was lost, and a cover over a reply
 * that holds secrets, until the reader asks for it, run by run. `run` is what tells one run from another.
 */
export function useRunNotes({
  method,
  write,
  safety,
  error,
  run,
}: {
  readonly method: string;
  readonly write: boolean;
  readonly safety: MethodSafety;
  readonly error: RunError | null;
  readonly run: unknown;
}): { readonly note: ReactNode; readonly cover: ReactNode } {
  const [shown, setShown] = useState<unknown>(null);
  const lost = write && error?.outcome === "unknown";
  const covered = safety.secretReply && shown !== run;
  return {
    note: (
      <>
        {error !== null && (
          <Suspense fallback={null}>
            <ErrorHelp method={method} error={error} />
          </Suspense>
        )}
        {lost && <OutcomeNote method={method} tells={safety.tells} />}
      </>
    ),
    cover: covered ? <SecretCover onShow={() => setShown(run)} /> : null,
  };
}
