import { lazy, Suspense, useEffect, useRef, useState } from "react";
import type { Language } from "../../lib/editor/language.ts";
import type { TextEdit } from "../../lib/schema/problem.ts";
import styles from "./cursor-bar.module.css";
import { typeHref } from "./type-href.ts";
import type { LanguageFacts } from "./use-language.ts";
import { useProfileFacts } from "./use-profile-facts.ts";

const Calculator = lazy(() => import("./calculator.tsx").then((module) => ({ default: module.Calculator })));

/** What can be done with the value at the cursor: written in another way, shown in other words, looked up. */
export function CursorBar({
  text,
  offset,
  language,
  asked,
  onFacts,
  onEdit,
  onReturn,
}: {
  readonly text: string;
  readonly offset: number;
  readonly language: Language;
  /** Counts how often the calculator was asked for by key. */
  readonly asked: number;
  /** The language has been told of something new about the profile. */
  readonly onFacts: (facts: LanguageFacts) => void;
  readonly onEdit: (edits: readonly TextEdit[]) => void;
  /** Has the focus go back to the text. */
  readonly onReturn: () => void;
}) {
  const [open, setOpen] = useState(false);
  const facts = useProfileFacts();
  const answered = useRef(asked);
  const settled = useSettled(text);
  const lenses = settled ? language.valueLenses(text, offset) : null;
  const forms = settled ? language.bytesLenses(text, offset) : [];
  const type = settled ? language.typeAt(text, offset) : null;

  useEffect(() => {
    language.setRecents(facts.recents);
    language.setHeight(facts.height);
    onFacts(facts);
  }, [language, facts, onFacts]);
  useEffect(() => {
    if (asked === answered.current) return;
    answered.current = asked;
    setOpen(true);
  }, [asked]);

  function close() {
    setOpen(false);
    onReturn();
  }

  const current = forms.find((each) => each.current);
  return (
    <>
      <div className={styles.bar}>
        <span className={styles.keys} aria-hidden="true">
          {lenses === null && "Esc leaves · Ctrl+M: Tab moves on"}
        </span>
        {forms.length > 1 && (
          <label className={styles.choice}>
            <span>written as</span>
            <select
              value={current?.lens ?? ""}
              onChange={(event) => {
                const chosen = forms.find(({ lens }) => lens === event.target.value);
                if (chosen !== undefined) onEdit([chosen.edit]);
              }}
            >
              {forms.map(({ lens, title }) => (
                <option key={lens} value={lens}>
                  {title}
                </option>
              ))}
            </select>
          </label>
        )}
        {(lenses !== null || open) && (
          <button
            type="button"
            className={styles.button}
            aria-expanded={open}
            aria-label={lenses === null ? "In other words" : `${lenses.field} in other words`}
            title="Alt+L"
            onClick={() => setOpen(!open)}
          >
            In other words
          </button>
        )}
        {type !== null && (
          <a className={`${styles.button} ${styles.type}`} href={typeHref(type)} title="F12">
            {type.type.slice(type.type.lastIndexOf(".") + 1)} page
          </a>
        )}
        <button
          type="button"
          className={styles.button}
          title="Shift+Alt+F"
          onClick={() => onEdit(language.layout(text))}
        >
          Format
        </button>
      </div>
      {open && (
        <Suspense>
          <Calculator lenses={lenses} asked={asked} onEdit={(edit) => onEdit([edit])} onClose={close} />
        </Suspense>
      )}
    </>
  );
}

/** A text longer than this is not read with each key. */
const longText = 20_000;

/** Whether a text may be read now: a long one only when it has stayed the same for a moment. */
function useSettled(text: string): boolean {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    if (text.length <= longText) return;
    const timer = setTimeout(() => setSettled(text), 250);
    return () => clearTimeout(timer);
  }, [text]);
  return text.length <= longText || settled === text;
}
