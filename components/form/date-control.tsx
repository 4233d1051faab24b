import { inputDate, readDate } from "../../lib/editor/lenses/time.ts";
import type { ValueRow } from "../../lib/form/form.ts";
import styles from "./form.module.css";
import { useForm } from "./form-context.ts";

/** A calendar for a time that is written as text, in UTC. */
export function DateControl({
  row,
  onWrite,
}: {
  readonly row: ValueRow & { readonly value: string };
  readonly onWrite: (value: string) => void;
}) {
  const { idOf } = useForm();
  const id = idOf(row.path, "date");
  const ms = Date.parse(row.value);
  return (
    <div className={styles.lens}>
      <label htmlFor={id}>date (UTC)</label>
      <input
        id={id}
        type="datetime-local"
        value={Number.isNaN(ms) ? "" : inputDate(BigInt(ms))}
        onChange={({ target }) => {
          const picked = readDate(target.value);
          if (picked !== null) onWrite(new Date(picked).toISOString().replace(".000Z", "Z"));
        }}
      />
    </div>
  );
}
