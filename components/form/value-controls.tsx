import { useRef, useState } from "react";
import { setValue, unset } from "../../lib/form/edit-form.ts";
import type { ValueRow } from "../../lib/form/form.ts";
import { numberLiteral, stringLiteral } from "../../lib/form/literal.ts";
import { DateControl } from "./date-control.tsx";
import styles from "./form.module.css";
import { useForm } from "./form-context.ts";
import { SeenValues, useSeenValues } from "./seen-values.tsx";
import { UnitLenses } from "./unit-lenses.tsx";

type RowOf<K extends ValueRow["kind"]> = Extract<ValueRow, { kind: K }>;

/** What every control takes. */
export interface ControlProps<R> {
  readonly row: R;
  readonly id: string;
  /** Its name, where no label element has it. */
  readonly label: string | undefined;
  readonly describedBy: string | undefined;
  /** The reader has changed it: it stays in view though it may come to be unset. */
  readonly onTouch: () => void;
  readonly onUnset: () => void;
}

/** What ties an input to its row. */
export function inputProps({ row, id, label, describedBy }: ControlProps<ValueRow>) {
  return {
    id,
    "aria-label": label,
    "aria-describedby": describedBy,
    "aria-invalid": row.problems.some(({ severity }) => severity === "error") || undefined,
    "aria-required": row.needed || undefined,
  };
}

const typed = { autoComplete: "off", autoCapitalize: "off", autoCorrect: "off", spellCheck: false } as const;

/** A number, typed digit by digit: it never is a number of JavaScript's. */
export function NumberControl(props: ControlProps<RowOf<"number">>) {
  const { row, onTouch, onUnset } = props;
  const { change } = useForm();
  const emptied = useRef(false);
  const isItem = typeof row.path.at(-1) === "number";

  function write(value: string) {
    onTouch();
    const bare = value.trim();
    // null keeps the comment beside the number while another one is typed. A list has no place for null.
    const source = bare === "" && !isItem ? "null" : numberLiteral(bare, row.input, row.source);
    emptied.current = source === "null";
    change((text, options) => setValue(text, options, row.path, source));
  }

  return (
    <div className={styles.control}>
      <input
        {...inputProps(props)}
        {...typed}
        type="text"
        inputMode={
          row.input === "integer" && !row.type.includes("int")
            ? "text"
            : row.input === "integer"
              ? "numeric"
              : "decimal"
        }
        className={styles.mono}
        placeholder={row.presence === "unset" || row.presence === "null" ? "not set" : undefined}
        value={row.value}
        onChange={(event) => write(event.target.value)}
        onBlur={() => {
          if (emptied.current && row.presence === "null") onUnset();
          emptied.current = false;
        }}
      />
      <UnitLenses row={row} onWrite={write} />
    </div>
  );
}

/** A text, or a value that ProtoJSON writes as one. */
export function TextControl(props: ControlProps<RowOf<"string" | "timestamp" | "duration" | "field-mask">>) {
  const { row, onTouch } = props;
  const { change } = useForm();
  // An input of one line would swallow line breaks. Once there are lines they stay, as the caret would be lost.
  const [hadLines, setHadLines] = useState(false);
  const lines = hadLines || /[\r\n]/.test(row.value);
  if (lines && !hadLines) setHadLines(true);

  const write = (value: string) => {
    onTouch();
    change((text, options) => setValue(text, options, row.path, stringLiteral(value)));
  };
  const seen = useSeenValues(row.path);
  const shared = {
    ...inputProps(props),
    ...typed,
    value: row.value,
    list: seen.length === 0 ? undefined : `${props.id}-seen`,
    placeholder:
      row.presence === "unset" || row.presence === "null" ? (examples[row.kind] ?? "not set") : undefined,
  };
  return (
    <div className={styles.control}>
      {lines ? (
        <textarea
          {...shared}
          rows={Math.min(8, row.value.split("\n").length)}
          onChange={(event) => write(event.target.value)}
        />
      ) : (
        <input
          {...shared}
          type="text"
          className={row.kind === "string" ? undefined : styles.mono}
          onChange={(event) => write(event.target.value)}
        />
      )}
      <SeenValues id={`${props.id}-seen`} path={row.path} />
      {(row.kind === "timestamp" || isRfc3339(row)) && <DateControl row={row} onWrite={write} />}
    </div>
  );
}

const examples: Readonly<Record<string, string>> = {
  timestamp: "not set: 2026-03-01T12:00:00Z",
  duration: "not set: 1.5s",
  "field-mask": "not set: name,address.street",
};

function isRfc3339({ doc }: ValueRow): boolean {
  return /rfc ?3339/i.test(doc?.unit ?? "");
}

/** True or false. A field that is unset is false too, and is written when it is touched. */
export function BoolControl(props: ControlProps<RowOf<"bool">>) {
  const { row, onTouch } = props;
  const { change } = useForm();
  return (
    <label className={styles.check}>
      <input
        {...inputProps(props)}
        type="checkbox"
        checked={row.value}
        onChange={(event) => {
          onTouch();
          const source = event.target.checked ? "true" : "false";
          change((text, options) => setValue(text, options, row.path, source));
        }}
      />
      <span>
        {row.value
          ? "true"
          : row.presence === "unset" || row.presence === "null"
            ? "not set: false"
            : "false"}
      </span>
    </label>
  );
}

/** One of an enum's values, with what the reference says about it. */
export function EnumControl(props: ControlProps<RowOf<"enum">>) {
  const { row, onTouch } = props;
  const { change } = useForm();
  const isItem = typeof row.path.at(-1) === "number";
  const known = row.values.find(({ name }) => name === row.value);
  const isSet = row.presence !== "unset" && row.presence !== "null";
  return (
    <div className={styles.control}>
      <select
        {...inputProps(props)}
        className={styles.mono}
        value={row.value}
        onChange={({ target }) => {
          onTouch();
          if (target.value === "") change((text, options) => unset(text, options, row.path));
          else change((text, options) => setValue(text, options, row.path, JSON.stringify(target.value)));
        }}
      >
        {(!isItem || row.value === "") && (
          <option value="">not set{row.values[0] === undefined ? "" : `: ${row.values[0].name}`}</option>
        )}
        {isSet && known === undefined && row.value !== "" && (
          <option value={row.value}>{row.value} (not known)</option>
        )}
        {row.values.map(({ name, summary, deprecated }) => (
          <option key={name} value={name}>
            {name}
            {deprecated ? " (deprecated)" : ""}
            {summary === "" ? "" : ` – ${plain(summary)}`}
          </option>
        ))}
      </select>
      {isSet && known !== undefined && known.summary.length > 30 && (
        <p className={styles.chosen}>{plain(known.summary)}</p>
      )}
    </div>
  );
}

/** Without the marks of Markdown: an option holds text only. */
function plain(text: string): string {
  return text.replaceAll(/`([^`]*)`/g, "$1").replaceAll(/\[([^\]]*)\](\[[^\]]*\]|\([^)]*\))/g, "$1");
}

/** JSON of any shape. It is written once it can be read. */
export function JsonControl(props: ControlProps<RowOf<"json">>) {
  const { row, onTouch } = props;
  const { change } = useForm();
  const [draft, setDraft] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const shown = draft ?? row.value;

  async function write(value: string) {
    onTouch();
    setDraft(value);
    const { parseRequest } = await import("../../lib/schema/request-syntax.ts");
    const { root, problems } = parseRequest(value);
    const reason = root === null || problems.length > 0 ? (problems[0]?.message ?? "This is no JSON.") : null;
    setProblem(reason);
    if (reason === null) change((text, options) => setValue(text, options, row.path, value.trim()));
  }

  return (
    <div className={styles.control}>
      <textarea
        {...inputProps(props)}
        {...typed}
        className={styles.mono}
        rows={Math.min(12, Math.max(2, shown.split("\n").length))}
        aria-invalid={problem !== null || undefined}
        placeholder="not set: JSON"
        value={shown}
        onChange={(event) => void write(event.target.value)}
        onBlur={() => {
          if (problem === null) setDraft(null);
        }}
      />
      {problem !== null && (
        <p className={styles.problem} data-severity="error" role="status">
          <strong>Not written yet</strong> {problem}
        </p>
      )}
    </div>
  );
}

/** A value of another shape than the field's: shown as it is, with a way to begin anew. */
export function UnfitControl({ row, id, label, describedBy }: ControlProps<RowOf<"unfit">>) {
  const { change } = useForm();
  return (
    <div className={styles.control}>
      <pre className={styles.unfit}>{row.value.length > 400 ? `${row.value.slice(0, 400)}…` : row.value}</pre>
      <button
        id={id}
        type="button"
        className={styles.quiet}
        aria-label={label === undefined ? undefined : `Replace ${label}`}
        aria-describedby={describedBy}
        onClick={() => change((text, options) => setValue(text, options, row.path, "start"), { focus: id })}
      >
        Replace it
      </button>
    </div>
  );
}
