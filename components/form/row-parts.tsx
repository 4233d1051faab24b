import { Fragment, memo, type ReactNode, useState } from "react";
import { setValue, unset } from "../../lib/form/edit-form.ts";
import { type FormPath, type FormRow, pathKey } from "../../lib/form/form.ts";
import { renderInline, renderMarkdown } from "../reference/markdown.tsx";
import styles from "./form.module.css";
import { type FormHandle, useForm } from "./form-context.ts";
import { Problems } from "./problems.tsx";

/** Name, type and unit of a field, and the buttons that set and unset it. */
export function RowHead({ row, children }: { readonly row: FormRow; readonly children?: ReactNode }) {
  const { idOf, change, shelf, setOpen } = useForm();
  const id = idOf(row.path);
  const isSet = row.presence !== "unset";
  const togglesPresence = row.tracksPresence && row.kind !== "message" && row.kind !== "any";
  return (
    <div className={styles.head}>
      <label htmlFor={id} className={styles.name}>
        {row.label}
      </label>
      <RowFacts row={row} />
      {children}
      {togglesPresence ? (
        <label className={styles.presence}>
          <input
            type="checkbox"
            checked={isSet}
            onChange={() => {
              setOpen(`${pathKey(row.path)}#touched`, true);
              if (isSet) takeOut(row, change, shelf);
              else bringIn(row, change, shelf);
            }}
          />
          set<span className="visually-hidden"> {row.label}</span>
        </label>
      ) : (
        isSet && <RemoveButton row={row} focus={id} />
      )}
    </div>
  );
}

/** Type, unit and marks of a field. */
export function RowFacts({ row }: { readonly row: FormRow }) {
  return (
    <span className={styles.facts}>
      <span className={styles.type}>{row.type}</span>
      {row.doc?.unit != null && <span>{row.doc.unit}</span>}
      {row.needed && <span className={styles.mark}>required</span>}
      {row.deprecated && <span className={styles.mark}>deprecated</span>}
    </span>
  );
}

/** Takes the row's value out of the text. */
export function RemoveButton({ row, focus }: { readonly row: FormRow; readonly focus: string }) {
  const { change, shelf, setOpen } = useForm();
  return (
    <button
      type="button"
      className={styles.icon}
      aria-label={`Unset ${row.label}`}
      title="Unset"
      onClick={() => {
        setOpen(`${pathKey(row.path)}#touched`, true);
        takeOut(row, change, shelf, focus);
      }}
    >
      ×
    </button>
  );
}

/** Takes a value out and keeps its text for when it is wanted again. */
function takeOut(
  row: FormRow,
  change: FormHandle["change"],
  shelf: FormHandle["shelf"],
  focus?: string,
): void {
  if (row.source !== null) shelf.set(pathKey(row.path), row.source);
  change((text, options) => unset(text, options, row.path), {
    removed: row.label,
    ...(focus !== undefined && { focus }),
  });
}

/** Writes what was taken out before, or what the field begins with. */
export function bringIn(
  row: FormRow,
  change: FormHandle["change"],
  shelf: FormHandle["shelf"],
  focus?: string,
): void {
  const source = shelf.get(pathKey(row.path)) ?? "start";
  change((text, options) => setValue(text, options, row.path, source), focus === undefined ? {} : { focus });
}

/** The documentation of a field and what is wrong with its value. */
export function Help({ row }: { readonly row: FormRow }) {
  const { idOf } = useForm();
  return (
    <>
      {row.doc !== null && <DocText id={idOf(row.path, "doc")} doc={row.doc} label={row.label} />}
      <Problems id={idOf(row.path, "problems")} problems={row.problems} />
    </>
  );
}

/** Ids of what describes a row's control. */
export function helpIds(row: FormRow, idOf: (path: FormPath, part?: string) => string): string | undefined {
  const ids = [
    ...(row.doc === null ? [] : [idOf(row.path, "doc")]),
    ...(row.problems.length === 0 ? [] : [idOf(row.path, "problems")]),
  ];
  return ids.length === 0 ? undefined : ids.join(" ");
}

const DocText = memo(function DocText({
  id,
  doc,
  label,
}: {
  readonly id: string;
  readonly doc: NonNullable<FormRow["doc"]>;
  readonly label: string;
}) {
  const [open, setOpen] = useState(false);
  const facts = [
    doc.limits === null ? null : `Limits: ${doc.limits}.`,
    doc.default === null ? null : `Default: ${doc.default}.`,
    doc.bytes === null ? null : `Bytes: ${doc.bytes}.`,
  ].filter((fact) => fact !== null);
  const more = doc.text !== doc.summary && doc.text !== "";
  if (doc.summary === "" && facts.length === 0) return null;
  return (
    <div className={styles.doc}>
      {open ? <div>{renderMarkdown(doc.text)}</div> : null}
      <p>
        <span id={id}>
          {!open && <>{renderInline(doc.summary)} </>}
          {facts.map((fact) => (
            <Fragment key={fact}>{renderInline(fact)} </Fragment>
          ))}
        </span>
        {more && (
          <button type="button" className={styles.link} aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? "Less" : "More"}
            <span className="visually-hidden"> about {label}</span>
          </button>
        )}
      </p>
    </div>
  );
});
