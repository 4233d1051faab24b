import { lazy, type RefObject, Suspense, useEffect, useLayoutEffect, useRef, useState } from "react";
import { applyEdits, type Problem, type TextEdit } from "../../lib/schema/problem.ts";
import { useRouter } from "../shell/router.ts";
import styles from "./request-editor.module.css";
import type { RequestEditorProps } from "./request-editor.tsx";
import { typeHref } from "./type-href.ts";
import { type LanguageFacts, type LanguageState, useFound, useLanguage } from "./use-language.ts";
import { type MonacoPlaces, useMonaco } from "./use-monaco.ts";

const CursorBar = lazy(() => import("./cursor-bar.tsx").then((module) => ({ default: module.CursorBar })));
const ProblemList = lazy(() =>
  import("./problem-list.tsx").then((module) => ({ default: module.ProblemList })),
);

/** What the text area has to know. */
export interface Standing {
  /** Monaco has taken over. */
  readonly covered: boolean;
  readonly language: "idle" | LanguageState["kind"];
  readonly invalid: boolean;
}

export interface LiveEditorProps extends RequestEditorProps {
  readonly places: MonacoPlaces;
  readonly cursor: number;
  readonly onCursor: (offset: number) => void;
  /** Counts how often the value at the cursor was asked for in other words. */
  readonly lensesAsked: number;
  readonly onLenses: () => void;
  readonly onLeave: () => void;
  /** Changes when the editor was touched and its language is missing. */
  readonly touches: number;
  readonly onStanding: (standing: Standing) => void;
  /** Is given the function that opens the page of the type at an offset. */
  readonly openType: RefObject<(offset: number) => void>;
}

/** What comes to the text of a request once it is wanted: Monaco over it, the language, what is wrong with it. */
export function LiveEditor(props: LiveEditorProps) {
  const { id, label, method, value, bytes, schema, places, cursor, touches, onChange, onStanding } = props;
  const { area } = places;
  const router = useRouter();
  const [facts, setFacts] = useState<LanguageFacts | null>(null);
  const { state, retry } = useLanguage(method, bytes, schema);
  const language = state.kind === "ready" ? state.language : null;
  const found = useFound(value, language, facts);
  const openType = (offset: number) => {
    const type = language?.typeAt(value, offset) ?? null;
    if (type !== null) router.push(typeHref(type));
  };
  props.openType.current = openType;
  const names = { label, describedBy: `${id}-keys ${id}-problems` };
  const monaco = useMonaco(places, names, {
    onChange,
    onRun: props.onRun,
    onLeave: props.onLeave,
    onCursor: props.onCursor,
    onOpenType: openType,
    onLenses: props.onLenses,
  });

  const covered = monaco !== null;
  const invalid = found.problems.some(({ severity }) => severity === "error");
  // Before the next paint: of the text and Monaco over it only one is to be seen.
  useLayoutEffect(
    () => onStanding({ covered, language: state.kind, invalid }),
    [onStanding, covered, state.kind, invalid],
  );
  const again = useRef(retry);
  again.current = retry;
  useEffect(() => {
    if (touches > 0) again.current();
  }, [touches]);
  useEffect(() => monaco?.setText(value), [monaco, value]);
  useEffect(() => {
    if (language !== null) monaco?.setLanguage(language);
  }, [monaco, language]);
  useEffect(() => {
    monaco?.setProblems(found.problems);
    if (found.text === area.current?.value) monaco?.setHints(found.hints);
  }, [monaco, found, area]);

  function goTo({ offset, length }: Problem) {
    if (monaco !== null) monaco.select(offset, length);
    else {
      area.current?.focus();
      area.current?.setSelectionRange(offset, offset + length);
    }
  }

  function fix(problem: Problem) {
    if (problem.fix === undefined || found.text !== value) return;
    edit(problem.fix.edits);
    goTo({ ...problem, length: 0 });
  }

  function edit(edits: readonly TextEdit[]) {
    if (monaco !== null) monaco.edit(edits);
    else onChange(applyEdits(value, edits));
  }

  function focusText() {
    if (monaco !== null) monaco.focus();
    else area.current?.focus();
  }

  return (
    <>
      <div className={styles.foot}>
        {language === null ? (
          <span className={styles.keys} aria-hidden="true">
            Esc leaves · Ctrl+M: Tab moves on
          </span>
        ) : (
          <Suspense>
            <CursorBar
              text={value}
              offset={cursor}
              language={language}
              asked={props.lensesAsked}
              onFacts={setFacts}
              onEdit={edit}
              onReturn={focusText}
            />
          </Suspense>
        )}
      </div>
      {state.kind === "failed" && (
        <p className={styles.hint}>
          The request cannot be checked: {state.message}. Touch the editor to try again.
        </p>
      )}
      <div id={`${id}-problems`} role="status" aria-label="Problems of the request">
        {found.problems.length > 0 && (
          <Suspense>
            <ProblemList text={found.text} problems={found.problems} onGoTo={goTo} onFix={fix} />
          </Suspense>
        )}
      </div>
    </>
  );
}
