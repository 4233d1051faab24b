import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import type { LensRow, ValueLenses } from "../../lib/editor/value-lenses.ts";
import type { TextEdit } from "../../lib/schema/problem.ts";
import styles from "./calculator.module.css";

/** What is being typed in one row, and what came of it. */
interface Typing {
  readonly id: string;
  readonly typed: string;
  readonly note: string | null;
  readonly problem: string | null;
}

/** The value at the cursor in all its ways, each of which can be typed: what is typed is written into the request. */
export function Calculator({
  lenses,
  asked,
  onEdit,
  onClose,
}: {
  /** Null where the cursor is at no such value. */
  readonly lenses: ValueLenses | null;
  /** Counts how often it was asked for by key: each time the focus comes here. */
  readonly asked: number;
  readonly onEdit: (edit: TextEdit) => void;
  readonly onClose: () => void;
}) {
  const id = useId();
  const [typing, setTyping] = useState<Typing | null>(null);
  const first = useRef<HTMLInputElement>(null);
  const place = lenses?.offset ?? null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: asking again brings the focus again
  useEffect(() => {
    first.current?.focus();
    first.current?.select();
  }, [asked]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another value begins anew
  useEffect(() => setTyping(null), [place]);

  function type(row: LensRow, typed: string) {
    if (lenses === null) return;
    const written = lenses.write(row.id, typed);
    if (written.kind === "problem") {
      setTyping({ id: row.id, typed, note: null, problem: written.message });
      return;
    }
    setTyping({ id: row.id, typed, note: written.note, problem: null });
    onEdit(written.edit);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    onClose();
  }

  const word = typing?.problem ?? typing?.note ?? null;
  return (
    <section className={styles.calculator} aria-label="The value in other words" onKeyDown={onKeyDown}>
      {lenses === null ? (
        <p className={styles.empty}>Put the cursor on a number with a unit, or on bytes.</p>
      ) : (
        <div className={styles.rows}>
          {lenses.rows.map((row, index) => {
            const here = typing?.id === row.id ? typing : null;
            return (
              <label key={row.id} className={styles.row}>
                <span>{row.label}</span>
                <input
                  ref={index === 0 ? first : undefined}
                  type={row.input === "datetime" ? "datetime-local" : "text"}
                  inputMode={row.input === "decimal" ? "decimal" : undefined}
                  value={here?.typed ?? row.value}
                  aria-invalid={here?.problem != null}
                  aria-describedby={here === null ? undefined : `${id}-word`}
                  spellCheck={false}
                  autoComplete="off"
                  onChange={(event) => type(row, event.target.value)}
                  onBlur={() => setTyping(null)}
                />
              </label>
            );
          })}
        </div>
      )}
      <div className={styles.end}>
        <p
          id={`${id}-word`}
          role="status"
          className={styles.word}
          data-bad={typing?.problem != null || undefined}
        >
          {word}
        </p>
        <button type="button" className={styles.close} onClick={onClose}>
          Close
        </button>
      </div>
    </section>
  );
}
