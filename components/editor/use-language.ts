import type { DescMessage, Registry } from "@bufbuild/protobuf";
import { useEffect, useRef, useState } from "react";
import type { BytesForm } from "../../lib/call/call.ts";
import type { Language } from "../../lib/editor/language.ts";
import type { MethodDocs } from "../../lib/reference/method-docs.ts";
import type { Problem } from "../../lib/schema/problem.ts";

/** What the editor knows about its method. */
export interface EditorSchema {
  readonly desc: DescMessage;
  readonly docs: MethodDocs;
  readonly registry: Registry;
}

export type LanguageState =
  | { readonly kind: "idle" | "loading" }
  | { readonly kind: "ready"; readonly language: Language }
  | { readonly kind: "failed"; readonly message: string };

/** The language of the request, from the moment that `wanted` is true. A failed load is tried anew by `retry`. */
export function useLanguage(
  wanted: boolean,
  method: string,
  bytes: BytesForm,
  schema: () => Promise<EditorSchema>,
): { readonly state: LanguageState; readonly retry: () => void } {
  const [state, setState] = useState<LanguageState>({ kind: "idle" });
  const [attempt, setAttempt] = useState(0);
  const load = useRef(schema);
  load.current = schema;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a further attempt loads again
  useEffect(() => {
    if (!wanted) return;
    let stale = false;
    setState((before) => (before.kind === "ready" ? before : { kind: "loading" }));
    Promise.all([import("../../lib/editor/language.ts"), load.current()])
      .then(([{ createLanguage }, loaded]) => createLanguage({ ...loaded, bytes, method }))
      .then(
        (language) => !stale && setState({ kind: "ready", language }),
        (error) =>
          !stale &&
          setState({ kind: "failed", message: error instanceof Error ? error.message : String(error) }),
      );
    return () => {
      stale = true;
    };
  }, [wanted, method, bytes, attempt]);

  return { state, retry: () => setAttempt((before) => before + 1) };
}

const debounceMs = 120;

/** The problems of `text`, a moment after it was last changed, with the text that they were found in. */
export function useProblems(
  text: string,
  language: Language | null,
): { readonly text: string; readonly problems: readonly Problem[] } {
  const [found, setFound] = useState<{ text: string; problems: readonly Problem[] }>({ text, problems: [] });
  useEffect(() => {
    if (language === null) return;
    const timer = setTimeout(() => setFound({ text, problems: language.diagnose(text) }), debounceMs);
    return () => clearTimeout(timer);
  }, [text, language]);
  return found;
}
