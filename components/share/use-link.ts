import { useEffect, useRef, useState } from "react";
import type { RequestState } from "../run/use-request.ts";

/** What became of a link that could not be opened here. */
export type LinkProblem =
  | { readonly kind: "elsewhere"; readonly method: string; readonly fragment: string }
  | { readonly kind: "problem"; readonly message: string };

/** Lays the request that the address brings in the editor, when the page opens and whenever the fragment changes. */
export function useLink(request: RequestState): {
  readonly problem: LinkProblem | null;
  /** Takes the request out of the address, once it is kept or discarded. */
  readonly done: () => void;
} {
  const [problem, setProblem] = useState<LinkProblem | null>(null);

  // The request as it is when a link comes.
  const latest = useRef(request);
  latest.current = request;

  useEffect(() => {
    let left = false;
    const open = async () => {
      const fragment = requestOf(location.hash);
      if (fragment === null) return setProblem(null);
      const { openLink } = await import("./open-link.ts");
      const opening = await openLink(fragment, request.method);
      if (left || requestOf(location.hash) !== fragment) return;
      if (opening.kind === "ok") {
        setProblem(null);
        latest.current.bring(opening.request, opening.origin);
      } else setProblem(opening.kind === "elsewhere" ? { ...opening, fragment } : opening);
    };
    void open();
    addEventListener("hashchange", open);
    return () => {
      left = true;
      removeEventListener("hashchange", open);
    };
  }, [request.method]);

  return {
    problem,
    done: () => {
      setProblem(null);
      if (requestOf(location.hash) !== null) {
        history.replaceState(history.state, "", location.pathname + location.search);
      }
    },
  };
}

/** The part of a fragment that brings a request: `request=…`. */
function requestOf(fragment: string): string | null {
  return /[#&](request=[^&]*)/.exec(fragment)?.[1] ?? null;
}
