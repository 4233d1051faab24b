"use client";

import { useRouter } from "next/navigation";
import { type CSSProperties, type KeyboardEvent, lazy, Suspense, useEffect, useRef, useState } from "react";
import type { BytesForm } from "../../lib/call/call.ts";
import { applyEdits, type Problem, type TextEdit } from "../../lib/schema/problem.ts";
import styles from "./request-editor.module.css";
import { type EditorSchema, type LanguageFacts, useFound, useLanguage } from "./use-language.ts";
import { endComposition, loadMonaco, startComposition, useMonaco } from "./use-monaco.ts";

const loadLeave = () => import("./leave.ts");
const CursorBar = lazy(() => import("./cursor-bar.tsx").then((module) => ({ default: module.CursorBar })));
const ProblemList = lazy(() =>
  import("./problem-list.tsx").then((module) => ({ default: module.ProblemList })),
);

export interface RequestEditorProps {
  /** Id of the text area. */
  readonly id: string;
  /** What the text is, for those who do not see it. */
  readonly label: string;
  /** Full name of the method. */
  readonly method: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** Ctrl or Cmd with Enter. */
  readonly onRun: () => void;
  readonly bytes: BytesForm;
  /** Loads the method's descriptors and docs. Called when the editor is first wanted. */
  readonly schema: () => Promise<EditorSchema>;
}

/**
 * The text of a request. A text area, there from the first paint, until the editor is touched, pointed at or focused:
 * then Monaco and the method's language are loaded, and Monaco takes over in place.
 */
export function RequestEditor({
  id,
  label,
  method,
  value,
  onChange,
  onRun,
  bytes,
  schema,
}: RequestEditorProps) {
  const root = useRef<HTMLDivElement>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const [wanted, setWanted] = useState(false);
  const [cursor, setCursor] = useState(0);
  const [lensesAsked, setLensesAsked] = useState(0);
  const router = useRouter();
  const [facts, setFacts] = useState<LanguageFacts | null>(null);
  const { state, retry } = useLanguage(wanted, method, bytes, schema);
  const language = state.kind === "ready" ? state.language : null;
  const found = useFound(value, language, facts);
  const leave = () => {
    void loadLeave().then(({ focusAfter }) => root.current !== null && focusAfter(root.current));
  };
  const names = { label, describedBy: `${id}-keys ${id}-problems` };
  const openType = (offset: number) => {
    const type = language?.typeAt(value, offset) ?? null;
    if (type !== null) void import("./type-href.ts").then(({ typeHref }) => router.push(typeHref(type)));
  };
  const monaco = useMonaco(wanted, area, names, {
    onChange,
    onRun,
    onLeave: leave,
    onCursor: setCursor,
    onOpenType: openType,
    onLenses: () => setLensesAsked((before) => before + 1),
  });

  useEffect(() => monaco.handle?.setText(value), [monaco.handle, value]);
  useEffect(() => {
    if (language !== null) monaco.handle?.setLanguage(language);
  }, [monaco.handle, language]);
  useEffect(() => {
    monaco.handle?.setProblems(found.problems);
    if (found.text === area.current?.value) monaco.handle?.setHints(found.hints);
  }, [monaco.handle, found]);

  function want() {
    // Now, and not when this has been rendered.
    loadMonaco().catch(() => {});
    void loadLeave();
    setWanted(true);
    if (state.kind === "failed") retry();
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onRun();
    } else if (event.code === "KeyL" && event.altKey && !event.ctrlKey) {
      event.preventDefault();
      setLensesAsked((before) => before + 1);
    } else if (event.key === "F12") {
      event.preventDefault();
      openType(cursor);
    } else if (event.key === "Escape" && !event.nativeEvent.isComposing) leave();
  }

  function goTo({ offset, length }: Problem) {
    if (monaco.handle !== null) monaco.handle.select(offset, length);
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
    if (monaco.handle !== null) monaco.handle.edit(edits);
    else onChange(applyEdits(value, edits));
  }

  function focusText() {
    if (monaco.handle !== null) monaco.handle.focus();
    else area.current?.focus();
  }

  const lines = { "--lines": value.split("\n").length } as CSSProperties;
  return (
    <div
      ref={root}
      className={styles.editor}
      data-editor={monaco.handle === null ? "text" : "monaco"}
      data-language={state.kind}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it is the text area in it that is used */}
      <div className={styles.frame} style={lines} onPointerEnter={want} onFocus={want}>
        <textarea
          ref={area}
          id={id}
          className={styles.text}
          aria-label={label}
          aria-describedby={`${id}-keys ${id}-problems`}
          aria-invalid={found.problems.some(({ severity }) => severity === "error")}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          onSelect={(event) => setCursor(event.currentTarget.selectionStart)}
          onKeyDown={onKeyDown}
          onCompositionStart={startComposition}
          onCompositionEnd={endComposition}
          wrap="off"
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          autoCorrect="off"
          data-covered={monaco.handle === null ? undefined : ""}
        />
        <div ref={monaco.host} className={styles.monaco} hidden={monaco.handle === null} />
      </div>
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
              asked={lensesAsked}
              onFacts={setFacts}
              onEdit={edit}
              onReturn={focusText}
            />
          </Suspense>
        )}
      </div>
      <p id={`${id}-keys`} className="visually-hidden">
        Ctrl or Cmd with Enter runs the request. Escape leaves the editor. Tab moves on until the full editor
        is loaded; then it indents, and Ctrl+M has it move on again. Ctrl with Space completes, Ctrl with a
        full stop offers fixes, Alt with L shows the value at the cursor in other words, F12 opens the page of
        its type, Shift with Alt and F lays the request out.
      </p>
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
    </div>
  );
}
