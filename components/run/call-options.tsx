import styles from "./try-it.module.css";

export interface CallOptionsValue {
  /** null: as long as the server allows. */
  readonly deadlineSeconds: number | null;
  /** One `name: value` a line. */
  readonly metadata: string;
}

export const DEFAULT_OPTIONS: CallOptionsValue = { deadlineSeconds: null, metadata: "" };

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
          type="number"
          min="1"
          step="1"
          inputMode="numeric"
          placeholder="the server's"
          value={value.deadlineSeconds ?? ""}
          onChange={({ target }) => {
            const seconds = Number(target.value);
            onChange({ ...value, deadlineSeconds: seconds > 0 ? seconds : null });
          }}
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
