import { useEffect, useState } from "react";
import type { Hit } from "../../lib/search/query.ts";
import { ask } from "./ask-worker.ts";

/** What there is to show for a query. The hits of the last one stay until those of the next have come. */
export type SearchState =
  | { readonly kind: "empty" }
  | { readonly kind: "loading" }
  | { readonly kind: "found"; readonly query: string; readonly hits: readonly Hit[] }
  | { readonly kind: "problem"; readonly message: string };

export function useSearch(query: string): { state: SearchState; retry: () => void } {
  const [state, setState] = useState<SearchState>({ kind: "empty" });
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew where it failed
  useEffect(() => {
    let stale = false;
    if (query.trim() === "") {
      setState({ kind: "empty" });
      void ask("");
      return;
    }
    setState((before) => (before.kind === "found" ? before : { kind: "loading" }));
    void ask(query).then((answer) => {
      if (stale) return;
      setState(
        answer.kind === "hits"
          ? { kind: "found", query, hits: answer.hits }
          : { kind: "problem", message: answer.message },
      );
    });
    return () => {
      stale = true;
    };
  }, [query, tries]);
  return { state, retry: () => setTries((tries) => tries + 1) };
}
