import { setOneof } from "../../lib/form/edit-form.ts";
import { type OneofRow as OneofRowData, pathKey } from "../../lib/form/form.ts";
import { FieldRow } from "./field-row.tsx";
import styles from "./form.module.css";
import { useForm } from "./form-context.ts";
import { Help, helpIds } from "./row-parts.tsx";

/** A choice with more than this many fields is a list to pick from. */
const fewChoices = 5;

/** A oneof: which of its fields is set, and that field. What another one held is kept until it is chosen again. */
export function OneofRow({ row }: { readonly row: OneofRowData }) {
  const { idOf, change, shelf, setOpen } = useForm();
  const id = idOf(row.path);

  function choose(name: string | null) {
    if (name === row.chosen) return;
    if (row.row?.source != null) shelf.set(pathKey(row.row.path), row.row.source);
    const path = name === null ? null : [...row.holder, name];
    const source = path === null ? undefined : shelf.get(pathKey(path));
    if (path !== null) setOpen(pathKey(path), true);
    change((text, options) =>
      setOneof(text, options, row.holder, row.label, {
        choose: name,
        ...(source !== undefined && { source }),
      }),
    );
  }

  return (
    <fieldset className={styles.row} data-row={pathKey(row.path)} data-presence={row.presence}>
      <legend className={styles.legend}>
        <span className={styles.name}>{row.label}</span>
        <span className={styles.facts}>
          <span className={styles.type}>one of {row.members.length}</span>
        </span>
      </legend>
      {row.members.length > fewChoices ? (
        <select
          id={id}
          aria-label={row.label}
          aria-describedby={helpIds(row, idOf)}
          value={row.chosen ?? ""}
          onChange={({ target }) => choose(target.value === "" ? null : target.value)}
        >
          <option value="">none of them</option>
          {row.members.map(({ name, type }) => (
            <option key={name} value={name}>
              {name} ({type})
            </option>
          ))}
        </select>
      ) : (
        <div className={styles.choices}>
          {row.members.map(({ name, type, deprecated }) => (
            <label key={name} className={styles.choice}>
              <input
                id={idOf(row.path, name)}
                type="radio"
                name={id}
                checked={row.chosen === name}
                onChange={() => choose(name)}
              />
              <span className={styles.name}>{name}</span> <span className={styles.type}>{type}</span>
              {deprecated && <span className={styles.mark}>deprecated</span>}
            </label>
          ))}
          <label className={styles.choice}>
            <input
              id={idOf(row.path, "none")}
              type="radio"
              name={id}
              checked={row.chosen === null}
              onChange={() => choose(null)}
            />
            <span>none</span>
          </label>
        </div>
      )}
      <Help row={row} />
      {row.row !== null && <FieldRow row={row.row} />}
    </fieldset>
  );
}
