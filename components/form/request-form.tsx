"use client";

import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import type { BytesForm } from "../../lib/call/call.ts";
import { createLanguage } from "../../lib/editor/language.ts";
import { type FormOptions, type FormPath, pathKey } from "../../lib/form/form.ts";
import { describeUnreadable, ownProblems, pathAt, readForm } from "../../lib/form/read-form.ts";
import { applyEdits } from "../../lib/schema/problem.ts";
import { useProfileFacts } from "../editor/use-profile-facts.ts";
import styles from "./form.module.css";
import { type Change, type ChangeNotes, FormContext, type FormHandle } from "./form-context.ts";
import { MessageFields } from "./message-fields.tsx";
import { Problems } from "./problems.tsx";
import { showItem, useFolds } from "./use-folds.ts";

export interface RequestFormProps {
  /** What the form is of, for those who do not see it. */
  readonly label: string;
  /** Full name of the method. */
  readonly method: string;
  /** The request's text: the form is another way to write it, and holds nothing of its own. */
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** Ctrl or Cmd with Enter. */
  readonly onRun: () => void;
  readonly bytes: BytesForm;
  /** Loads the method's descriptors and docs. */
  readonly schema: () => Promise<Pick<FormOptions, "desc" | "docs" | "registry">>;
  /** Shows the text, where something has to be mended in it. */
  readonly onShowText: () => void;
}

const focusable = "input:not([type=file]), select, textarea, button";

/** A request as a form: made from the method's descriptors and docs, and written into the text with every change. */
export function RequestForm(props: RequestFormProps) {
  const { method, bytes } = props;
  const { state, retry } = useSchema(method, props.schema);
  const options = useMemo(() => (state.kind === "ready" ? { ...state.schema, bytes } : null), [state, bytes]);
  if (options !== null) return <ReadyForm {...props} options={options} />;
  return (
    <div className={styles.form}>
      {state.kind === "failed" ? (
        <p className={styles.note}>
          The form cannot be made: {state.message}.{" "}
          <button type="button" className={styles.link} onClick={retry}>
            Try again
          </button>
        </p>
      ) : (
        <p className={styles.note} role="status">
          The form is loading.
        </p>
      )}
    </div>
  );
}

function ReadyForm({
  label,
  value,
  onChange,
  onRun,
  options,
  onShowText,
}: RequestFormProps & { readonly options: FormOptions }) {
  const id = useId();
  const facts = useProfileFacts();
  const language = useMemo(() => createLanguage({ ...options, ...facts }), [options, facts]);
  const form = useMemo(() => readForm(value, options, language), [value, options, language]);
  const folds = useFolds();
  const shelf = useRef(new Map<string, string>());
  const text = useRef(value);
  text.current = value;
  const focus = useRef<string | null>(null);
  const root = useRef<HTMLDivElement>(null);
  const [sought, setSought] = useState<string | null>(null);
  const [removed, setRemoved] = useState<{
    readonly label: string;
    readonly before: string;
    readonly after: string;
  } | null>(null);

  useEffect(() => {
    if (focus.current === null) return;
    const element = document.getElementById(focus.current);
    focus.current = null;
    element?.focus();
  });

  function change(make: Change, notes: ChangeNotes = {}) {
    const before = text.current;
    const after = applyEdits(before, make(before, options));
    focus.current = notes.focus ?? null;
    if (after === before) return;
    text.current = after;
    setRemoved(notes.removed === undefined ? null : { label: notes.removed, before, after });
    onChange(after);
  }

  function putBack() {
    if (removed === null) return;
    setRemoved(null);
    if (removed.after === text.current) onChange(removed.before);
  }

  /** Opens what holds the first problem, and goes there. */
  function goToProblem() {
    if (form.kind !== "ok") return;
    const first = form.problems.find(({ severity }) => severity === "error");
    if (first === undefined) return;
    const path = pathAt(form, first.offset);
    for (let depth = 1; depth <= path.length; depth++) {
      const holder = path.slice(0, depth);
      folds.setOpen(pathKey(holder), true);
      const step = holder.at(-1);
      if (typeof step === "number") showItem(holder.slice(0, -1), step, folds.setOpen);
    }
    setSought(pathKey(path));
  }

  useEffect(() => {
    if (sought === null) return;
    const row = root.current?.querySelector(`[data-row="${CSS.escape(sought)}"]`) ?? root.current;
    const found =
      row?.querySelector<HTMLElement>("[aria-invalid]") ?? row?.querySelector<HTMLElement>(focusable);
    found?.focus();
    setSought(null);
  }, [sought]);

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    onRun();
  }

  if (form.kind === "unreadable") {
    return (
      <div className={styles.form} data-form="unreadable">
        <p className={styles.note} role="status">
          The text cannot be read as it stands, so there is no form of it:{" "}
          {describeUnreadable(value, form.problems)} Nothing is lost.{" "}
          <button type="button" className={styles.link} onClick={onShowText}>
            Mend it in the text
          </button>
        </p>
      </div>
    );
  }

  const errors = form.problems.filter(({ severity }) => severity === "error").length;
  const handle: FormHandle = {
    form,
    idOf: (path: FormPath, part) => `${id}-${pathKey(path)}${part === undefined ? "" : `-${part}`}`,
    change,
    ...folds,
    shelf: shelf.current,
    facts,
  };
  return (
    <FormContext value={handle}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a legend around all */}
      <div
        ref={root}
        className={styles.form}
        role="group"
        aria-label={label}
        data-form="ready"
        onKeyDown={onKeyDown}
      >
        <Problems id={`${id}-own`} problems={ownProblems(form, [])} />
        <MessageFields path={[]} />
        <p className={styles.status} role="status">
          {removed !== null && removed.after === value ? (
            <>
              {removed.label} is taken out.{" "}
              <button type="button" className={styles.link} onClick={putBack}>
                Put it back
              </button>
            </>
          ) : errors === 0 ? (
            "The request can be sent as it is."
          ) : (
            <>
              {errors} {errors === 1 ? "problem keeps" : "problems keep"} the request from being sent.{" "}
              <button type="button" className={styles.link} onClick={goToProblem}>
                Go to the first
              </button>
            </>
          )}
        </p>
      </div>
    </FormContext>
  );
}

type SchemaState =
  | { readonly kind: "loading" }
  | { readonly kind: "ready"; readonly schema: Pick<FormOptions, "desc" | "docs" | "registry"> }
  | { readonly kind: "failed"; readonly message: string };

function useSchema(method: string, load: RequestFormProps["schema"]) {
  const [state, setState] = useState<SchemaState>({ kind: "loading" });
  const [attempt, setAttempt] = useState(0);
  const latest = useRef(load);
  latest.current = load;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a further attempt loads again
  useEffect(() => {
    let stale = false;
    setState({ kind: "loading" });
    latest.current().then(
      (schema) => !stale && setState({ kind: "ready", schema }),
      (error) =>
        !stale &&
        setState({ kind: "failed", message: error instanceof Error ? error.message : String(error) }),
    );
    return () => {
      stale = true;
    };
  }, [method, attempt]);
  return { state, retry: () => setAttempt((before) => before + 1) };
}
