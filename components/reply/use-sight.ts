import { useSyncExternalStore } from "react";
import type { RemoteRun } from "./remote-run.ts";
import type { Sight } from "./worker-protocol.ts";

/** What is to be seen of a run now, where it is of this kind: just after a change of view it may be of another. */
export function useSight<K extends Sight["kind"]>(
  run: RemoteRun,
  kind: K,
): Extract<Sight, { readonly kind: K }> | null {
  const sight = useSyncExternalStore(run.subscribe, run.sight, run.sight);
  return sight.kind === kind ? (sight as Extract<Sight, { readonly kind: K }>) : null;
}
