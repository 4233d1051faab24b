import { useState } from "react";
import { type FormPath, type FormRow, pathKey } from "../../lib/form/form.ts";
import { rowsOf } from "../../lib/form/read-form.ts";
import { FieldRow } from "./field-row.tsx";
import styles from "./form.module.css";
import { useForm } from "./form-context.ts";

/** A message with more fields than these shows those that are set, and the others when they are wanted. */
const few = 12;

/** The fields of the message at the path, in the order of the proto file. */
export function MessageFields({ path }: { readonly path: FormPath }) {
  const { form, idOf, isOpen, setOpen } = useForm();
  const [filter, setFilter] = useState("");
  const rows = rowsOf(form, path);
  const key = `${pathKey(path)}#all`;
  const many = rows.length > few;
  // What a reader began with nothing set stays as it is when the first field is.
  const [startedEmpty] = useState(() => rows.every(({ presence }) => presence === "unset"));
  const all = isOpen(key, false);
  const isShown = (row: FormRow) =>
    all ||
    row.presence !== "unset" ||
    row.needed ||
    (!row.deprecated && (!many || startedEmpty || isOpen(`${pathKey(row.path)}#touched`, false)));
  const wanted = filter.trim().toLowerCase();
  const shown =
    wanted === ""
      ? rows.filter(isShown)
      : rows.filter((row) => namesOf(row).some((name) => name.includes(wanted)));
  const hidden = rows.filter((row) => !isShown(row)).length;
  if (rows.length === 0) return <p className={styles.empty}>This message has no fields.</p>;
  return (
    <div className={styles.fields}>
      {many && (
        <div className={styles.filter}>
          <label className="visually-hidden" htmlFor={idOf(path, "filter")}>
            Filter the fields by name
          </label>
          <input
            id={idOf(path, "filter")}
            type="search"
            placeholder={`Filter ${rows.length} fields`}
            autoComplete="off"
            spellCheck={false}
            value={filter}
            onChange={(event) => setFilter(event.target.value)}
          />
        </div>
      )}
      {shown.map((row) => (
        <FieldRow key={pathKey(row.path)} row={row} />
      ))}
      {wanted !== "" && shown.length === 0 && <p className={styles.empty}>No field has that in its name.</p>}
      {wanted === "" && (hidden > 0 || all) && (
        <button type="button" className={styles.quiet} aria-expanded={all} onClick={() => setOpen(key, !all)}>
          {all ? "Show fewer fields" : `Show all ${rows.length} fields`}
        </button>
      )}
    </div>
  );
}

function namesOf(row: FormRow): readonly string[] {
  const names = row.kind === "oneof" ? [row.label, ...row.members.map(({ name }) => name)] : [row.label];
  return names.map((name) => name.toLowerCase());
}
