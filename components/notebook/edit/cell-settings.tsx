import { type FormEvent, useId, useState } from "react";
import { attributesOf, setAttribute } from "../../../lib/notebook/edit-notebook.ts";
import { capturedName } from "../../../lib/notebook/notebook.ts";
import { renameCapture } from "../../../lib/notebook/rename-capture.ts";
import type { RunnableCell } from "../cell-words.ts";
import { type CellField, fieldsOf } from "./cell-fields.ts";
import styles from "./edit.module.css";
import { useEditScope } from "./edit-context.ts";
import { methodNames } from "./notebook-apis.ts";

/** The attributes of a cell, each a field. One is taken when it is left, or with Enter. */
export function CellSettings({ cell, onDone }: { readonly cell: RunnableCell; readonly onDone: () => void }) {
  const { document } = useEditScope();
  const { notebook } = document.state();
  if (notebook === null) return null;
  const written = new Map(attributesOf(notebook, cell).map(({ name, text }) => [name, text]));
  return (
    <form
      className={styles.settings}
      aria-label="Settings of the cell"
      onSubmit={(event: FormEvent) => event.preventDefault()}
    >
      {fieldsOf(cell).map((field) => (
        <Field key={field.name} cell={cell} field={field} written={written.get(field.name) ?? ""} />
      ))}
      <p className={styles.settingsFoot}>
        <button type="button" className={styles.quiet} onClick={onDone}>
          Done
          <span className="visually-hidden"> with the settings</span>
        </button>
      </p>
    </form>
  );
}

function Field({
  cell,
  field,
  written,
}: {
  readonly cell: RunnableCell;
  readonly field: CellField;
  readonly written: string;
}) {
  const { document, active, open } = useEditScope();
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  function take(value: string) {
    const { notebook } = document.state();
    const current = notebook?.cells.find((each) => each.id === cell.id);
    if (notebook === null || current === undefined || current.kind === "prose" || value === written) {
      setTyped(null);
      setProblem(null);
      return;
    }
    const before = capturedName(current);
    const renames = field.name === "as" && before !== null && value !== "";
    const renaming = renames ? renameCapture(notebook, before, value) : null;
    if (renaming?.kind === "refused") {
      setProblem(renaming.message);
      return;
    }
    const source =
      renaming?.source ?? setAttribute(notebook, current, field.name, value === "" ? null : value);
    const [first] = document.edit(source);
    setProblem(first?.message ?? null);
    if (first !== undefined) return;
    setTyped(null);
    // A cell is called by its name: what is open of it stays open under the new one.
    const id = document.idNow(notebook, current);
    if (id !== null && id !== cell.id && active !== null) open({ cell: id, part: active.part });
  }

  const shared = {
    id,
    "aria-invalid": problem !== null,
    "aria-describedby": `${id}-about`,
  };
  return (
    <div className={styles.setting} data-wide={field.form === "method" || field.name === "columns"}>
      <label htmlFor={id}>{field.label}</label>
      {field.form === "choice" ? (
        <select {...shared} value={written} onChange={({ target }) => take(target.value)}>
          {!field.choices?.includes(written) && <option value={written}>{written || "not given"}</option>}
          {field.choices?.map((choice) => (
            <option key={choice}>{choice}</option>
          ))}
        </select>
      ) : (
        <input
          {...shared}
          type="text"
          value={typed ?? written}
          list={field.form === "method" ? `${id}-methods` : undefined}
          autoComplete="off"
          spellCheck={false}
          onChange={({ target }) => setTyped(target.value)}
          onBlur={() => typed !== null && take(typed.trim())}
          onKeyDown={(event) => {
            if (event.key === "Enter") take((typed ?? written).trim());
            if (event.key !== "Escape" || typed === null) return;
            event.stopPropagation();
            setTyped(null);
            setProblem(null);
          }}
        />
      )}
      {field.form === "method" && document.registry !== null && (
        <datalist id={`${id}-methods`}>
          {methodNames(document.registry).map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      )}
      <p id={`${id}-about`} role="status" className={problem === null ? styles.hint : styles.problem}>
        {problem ?? field.hint}
      </p>
    </div>
  );
}
