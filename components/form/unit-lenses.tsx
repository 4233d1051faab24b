import { useState } from "react";
import {
  baseContext,
  innerContext,
  type LensContext,
  type UnitValue,
} from "../../lib/editor/lenses/context.ts";
import { type Lens, lensesOf, readLens } from "../../lib/editor/lenses/lenses.ts";
import type { FormPath, ValueRow } from "../../lib/form/form.ts";
import { type ReadableForm, rowsOf } from "../../lib/form/read-form.ts";
import styles from "./form.module.css";
import { useForm } from "./form-context.ts";

/**
 * A number in other words by its field's unit: BTC, a date, a percentage. What is typed or picked there is written as the
 * number. Dates of blocks are estimates, at ten minutes a block.
 */
export function UnitLenses({
  row,
  onWrite,
}: {
  readonly row: Extract<ValueRow, { kind: "number" }>;
  readonly onWrite: (value: string) => void;
}) {
  const { form, facts, idOf, isOpen, setOpen } = useForm();
  const unit = row.doc?.unit ?? null;
  if (unit === null) return null;
  const context = contextOf(form, row.path.slice(0, -1), facts.height);
  const isSet = row.value !== "";
  const lenses = lensesOf(unit, isSet ? row.value : "0", context);
  if (lenses.length === 0) return null;
  const key = `${row.path.join(".")}#lenses`;
  const open = isOpen(key, false);
  const hints = isSet ? lenses.filter(({ hint }) => hint).map(({ text }) => text) : [];
  return (
    <div className={styles.lenses}>
      <p className={styles.hints}>
        {hints.length > 0 && <output htmlFor={idOf(row.path)}>{hints.join(" · ")}</output>}
        <button
          type="button"
          className={styles.link}
          aria-expanded={open}
          onClick={() => setOpen(key, !open)}
        >
          {lenses.some(({ input }) => input === "datetime") ? "Pick a date" : "Convert"}
          <span className="visually-hidden"> for {row.label}</span>
        </button>
      </p>
      {open && (
        <div className={styles.lensInputs}>
          {lenses.map((lens) => (
            <LensInput
              key={lens.id}
              id={idOf(row.path, `lens-${lens.id}`)}
              lens={isSet ? lens : { ...lens, value: "" }}
              read={(typed) => readLens(unit, lens.id, typed, context)}
              onWrite={onWrite}
            />
          ))}
        </div>
      )}
    </div>
  );
}

function LensInput({
  id,
  lens,
  read,
  onWrite,
}: {
  readonly id: string;
  readonly lens: Lens;
  readonly read: (typed: string) => ReturnType<typeof readLens>;
  readonly onWrite: (value: string) => void;
}) {
  // While it is typed in it shows what is typed, not what the number then says.
  const [draft, setDraft] = useState<string | null>(null);
  const reading = draft === null || draft === "" ? null : read(draft);
  const note =
    reading === null
      ? null
      : reading.kind === "problem"
        ? reading.message
        : reading.exact
          ? null
          : `Nearest whole number: ${reading.value}`;
  return (
    <div className={styles.lens}>
      <label htmlFor={id}>{lens.label}</label>
      <input
        id={id}
        type={lens.input === "datetime" ? "datetime-local" : "text"}
        inputMode={lens.input === "datetime" ? undefined : "decimal"}
        autoComplete="off"
        value={draft ?? lens.value}
        aria-describedby={note === null ? undefined : `${id}-note`}
        onChange={({ target }) => {
          setDraft(target.value);
          const result = target.value === "" ? null : read(target.value);
          if (result?.kind === "ok") onWrite(result.value);
        }}
        onBlur={() => setDraft(null)}
      />
      {note !== null && (
        <small id={`${id}-note`} role="status">
          {note}
        </small>
      )}
    </div>
  );
}

/** What lenses take from the messages around a value: an amount and a duration. */
function contextOf(form: ReadableForm, path: FormPath, height: number | null): LensContext {
  let context = baseContext(form.options.docs, { nowMs: Date.now(), height });
  for (let depth = 0; depth <= path.length; depth++) {
    const values = rowsOf(form, path.slice(0, depth)).flatMap((row): UnitValue[] =>
      row.kind === "number" && row.input === "integer" && /^\d{1,30}$/.test(row.value)
        ? [{ name: row.label, unit: row.doc?.unit ?? null, value: BigInt(row.value) }]
        : [],
    );
    context = innerContext(context, values);
  }
  return context;
}
