import type { DescMessage, Registry } from "@bufbuild/protobuf";
import { useEffect, useRef, useState } from "react";
import type { BytesForm } from "../../lib/call/call.ts";
import type { Hint } from "../../lib/editor/hints.ts";
import type { Language } from "../../lib/editor/language.ts";
import type { RecentValue } from "../../lib/editor/recent-values.ts";
import type { MethodDocs } from "../../lib/reference/method-docs.ts";
import type { Problem } from "../../lib/schema/problem.ts";

/** What the editor knows about its method. */
export interface EditorSchema {
  readonly desc: DescMessage;
  readonly docs: MethodDocs;
  readonly registry: Registry;
}

/** A language that was made elsewhere: the editor of an expression has no method. */
export interface ReadyLanguage {
  readonly language: Language;
}

/** What is known of the profile beside its schema. */
export interface LanguageFacts {
  /** Values of earlier replies, newest first. */
  readonly recents: readonly RecentValue[];
  readonly height: number | null;
}

export type LanguageState =
  | { readonly kind: "loading" }
  | { readonly kind: "ready"; readonly language: Language }
  | { readonly kind: "failed"; readonly message: string };

/** The language of the request. A failed load is tried anew by `retry`. */
export function useLanguage(
  method: string,
  bytes: BytesForm,
  schema: () => Promise<EditorSchema | ReadyLanguage>,
): { readonly state: LanguageState; readonly retry: () => void } {
  const [state, setState] = useState<LanguageState>({ kind: "loading" });
  const [attempt, setAttempt] = useState(0);
  const load = useRef(schema);
  load.current = schema;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a further attempt loads again
  useEffect(() => {
    let stale = false;
    setState((before) => (before.kind === "ready" ? before : { kind: "loading" }));
    Promise.all([import("../../lib/editor/language.ts"), load.current()])
      .then(([{ createLanguage }, loaded]) =>
        "language" in loaded ? loaded.language : createLanguage({ ...loaded, bytes }),
      )
      .then(
        (language) => !stale && setState({ kind: "ready", language }),
        (error) =>
          !stale &&
          setState({ kind: "failed", message: error instanceof Error ? error.message : String(error) }),
      );
    return () => {
      stale = true;
    };
  }, [method, bytes, attempt]);

  return { state, retry: () => setAttempt((before) => before + 1) };
}

const debounceMs = 80;

/** What was found in a text. */
export interface Found {
  readonly text: string;
  readonly problems: readonly Problem[];
  readonly hints: readonly Hint[];
}

/** What there is to say about `text`, a moment after it or what is known was last changed, with the text it was found in. */
export function useFound(text: string, language: Language | null, facts: LanguageFacts | null): Found {
  const [found, setFound] = useState<Found>({ text, problems: [], hints: [] });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the language has been told of the facts
  useEffect(() => {
    if (language === null) return;
    const timer = setTimeout(
      () => setFound({ text, problems: language.diagnose(text), hints: language.hints(text) }),
      debounceMs,
    );
    return () => clearTimeout(timer);
  }, [text, language, facts]);
  return found;
}
