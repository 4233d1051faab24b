import styles from "./try-it.module.css";

export interface CallOptionsValue {
  /** Seconds, as typed; empty: as long as the server allows. */
  readonly deadline: string;
  /** One `name: value` a line. */
  readonly metadata: string;
}

export const DEFAULT_OPTIONS: CallOptionsValue = { deadline: "", metadata: "" };

/** Deadline and metadata of the call, folded until wanted. */
export function CallOptions({
  value,
  onChange,
}: {
  readonly value: CallOptionsValue;
  readonly onChange: (value: CallOptionsValue) => void;
}) {
  return (
    <details className={styles.options}>
      <summary>Options</summary>
      <label>
        Deadline in seconds
        <input
          type="text"
          inputMode="decimal"
          autoComplete="off"
          placeholder="the server's"
          value={value.deadline}
          onChange={({ target }) => onChange({ ...value, deadline: target.value })}
        />
      </label>
      <label>
        Metadata, one name: value a line
        <textarea
          rows={2}
          spellCheck={false}
          placeholder="x-request-id: 42"
          value={value.metadata}
          onChange={({ target }) => onChange({ ...value, metadata: target.value })}
        />
      </label>
    </details>
  );
}
