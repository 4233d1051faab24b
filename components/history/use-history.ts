import { useEffect, useState } from "react";
import { isHistoryOn, listEntries, onHistoryChange, type StoredEntry } from "./history-store.ts";

export type HistoryState =
  | { readonly kind: "loading" }
  | { readonly kind: "ready"; readonly on: boolean; readonly entries: readonly StoredEntry[] }
  | { readonly kind: "failed"; readonly message: string };

/** The history as it is, the newest first: of one method, or all of it. */
export function useHistory(method: string | null, limit: number): HistoryState {
  const [state, setState] = useState<HistoryState>({ kind: "loading" });
  useEffect(() => {
    let left = false;
    const read = () =>
      listEntries((entry) => method === null || entry.method === method, limit).then(
        (entries) => !left && setState({ kind: "ready", on: isHistoryOn(), entries }),
        (cause: unknown) =>
          !left &&
          setState({ kind: "failed", message: cause instanceof Error ? cause.message : String(cause) }),
      );
    void read();
    const end = onHistoryChange(() => void read());
    return () => {
      left = true;
      end();
    };
  }, [method, limit]);
  return state;
}
