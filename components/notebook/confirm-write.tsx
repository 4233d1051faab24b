import { lazy, Suspense, useEffect, useSyncExternalStore } from "react";
import { useNotebook } from "./notebook-context.ts";

const ConfirmDialog = lazy(() =>
  import("../safety/confirm-dialog.tsx").then(({ ConfirmDialog }) => ({ default: ConfirmDialog })),
);

const never = () => () => {};

/** The dialog of a write on a real profile, while one waits for an answer. Leaving the page is a no. */
export function ConfirmWrite() {
  const { session } = useNotebook();
  const asked = useSyncExternalStore(
    session?.subscribe ?? never,
    () => session?.asked() ?? null,
    () => null,
  );
  useEffect(() => () => session?.asked()?.answer(null), [session]);
  if (asked === null) return null;
  return (
    <Suspense fallback={null}>
      <ConfirmDialog key={asked.confirmation.nonce} asked={asked} />
    </Suspense>
  );
}
