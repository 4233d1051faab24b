"use client";

import { type ComponentType, memo, useEffect, useState } from "react";
import { RequestEditor, type RequestEditorProps } from "../editor/request-editor.tsx";
import type { RequestFormProps } from "./request-form.tsx";
import styles from "./view-choice.module.css";
import { useRequestView, ViewChoice } from "./view-choice.tsx";

/** A request as text, as a form, or as both: one text, whichever way it is written. */
export const RequestViews = memo(function RequestViews(
  editor: RequestEditorProps & Pick<RequestFormProps, "schema">,
) {
  const [view, setView] = useRequestView();
  const { Form, problem, retry } = useFormCode(view !== "text");
  const { id, method, value, onChange, onRun, bytes, schema } = editor;
  return (
    <>
      <div className={styles.bar}>
        <ViewChoice value={view} onChange={setView} />
      </div>
      {view !== "text" &&
        (Form === null ? (
          <div className={styles.loading} role="status">
            {problem === null ? (
              <span className="visually-hidden">The form is loading</span>
            ) : (
              <p>
                The form cannot be loaded: {problem}.{" "}
                <button type="button" className={styles.again} onClick={retry}>
                  Try again
                </button>
              </p>
            )}
          </div>
        ) : (
          <Form
            label={`Request of ${method} as a form`}
            {...{ method, value, onChange, onRun, bytes, schema }}
            onShowText={() => {
              if (view === "form") setView("both");
              requestAnimationFrame(() => document.getElementById(id)?.focus());
            }}
          />
        ))}
      {/* It stays where it is while it is hidden: what can be undone in it, and the place of its caret. */}
      <div hidden={view === "form"} className={view === "both" ? styles.below : undefined}>
        <RequestEditor {...editor} />
      </div>
    </>
  );
});

/** The code of the form, loaded once it is wanted. */
function useFormCode(wanted: boolean) {
  const [Form, setForm] = useState<ComponentType<RequestFormProps> | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a further attempt loads again
  useEffect(() => {
    if (!wanted) return;
    let stale = false;
    setProblem(null);
    import("./request-form.tsx").then(
      ({ RequestForm }) => !stale && setForm(() => RequestForm),
      (cause) => !stale && setProblem(cause instanceof Error ? cause.message : String(cause)),
    );
    return () => {
      stale = true;
    };
  }, [wanted, attempt]);
  return { Form, problem, retry: () => setAttempt((before) => before + 1) };
}
