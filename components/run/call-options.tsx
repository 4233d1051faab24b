import { lazy, Suspense, useState } from "react";
import { type CallOptionsValue, summarizeOptions } from "./call-options-value.ts";
import styles from "./try-it.module.css";

const CallOptionsForm = lazy(() =>
  import("./call-options-form.tsx").then(({ CallOptionsForm }) => ({ default: CallOptionsForm })),
);

/** Deadline, compression and metadata of the call, folded until wanted. What is set is told beside the name. */
export function CallOptions({
  value,
  onChange,
}: {
  readonly value: CallOptionsValue;
  readonly onChange: (value: CallOptionsValue) => void;
}) {
  const [wanted, setWanted] = useState(false);
  const summary = summarizeOptions(value);
  return (
    <details className={styles.options} onToggle={() => setWanted(true)}>
      <summary>Options{summary !== "" && <span className={styles.summary}> · {summary}</span>}</summary>
      {wanted && (
        <Suspense fallback={<p className={styles.loading}>Loading the options.</p>}>
          <CallOptionsForm value={value} onChange={onChange} />
        </Suspense>
      )}
    </details>
  );
}
