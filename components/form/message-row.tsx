import { setTypeUrl } from "../../lib/form/edit-form.ts";
import { type FormPath, type FormRow, pathKey } from "../../lib/form/form.ts";
import { ownProblems, type ReadableForm, rowsOf } from "../../lib/form/read-form.ts";
import { ValueControl } from "./field-row.tsx";
import styles from "./form.module.css";
import { useForm } from "./form-context.ts";
import { MessageFields } from "./message-fields.tsx";
import { Problems } from "./problems.tsx";
import { bringIn, Help, RemoveButton, RowFacts } from "./row-parts.tsx";

type MessageLike = Extract<FormRow, { kind: "message" | "any" }>;

/** A message within a message: folded unless it is one of the request's own or required. */
export function MessageRow({ row }: { readonly row: Extract<FormRow, { kind: "message" }> }) {
  return (
    <FoldedRow row={row}>
      <MessageFields path={row.path} />
    </FoldedRow>
  );
}

/** A `google.protobuf.Any`: the type it holds, and that type's fields. */
export function AnyRow({ row }: { readonly row: Extract<FormRow, { kind: "any" }> }) {
  return (
    <FoldedRow row={row}>
      <AnyContent row={row} />
    </FoldedRow>
  );
}

/** The type URL of an Any and the fields of the message that it names. */
function AnyContent({ row }: { readonly row: Extract<FormRow, { kind: "any" }> }) {
  const { idOf, change } = useForm();
  const id = idOf(row.path, "type");
  return (
    <>
      <div className={styles.row}>
        <div className={styles.head}>
          <label htmlFor={id} className={styles.name}>
            @type
          </label>
          <span className={styles.facts}>type URL</span>
        </div>
        <input
          id={id}
          type="text"
          className={styles.mono}
          autoComplete="off"
          spellCheck={false}
          placeholder="type.googleapis.com/package.Message"
          value={row.typeUrl}
          onChange={({ target }) =>
            change((text, options) => setTypeUrl(text, options, row.path, target.value))
          }
        />
      </div>
      {row.known === null ? (
        <p className={styles.empty}>The fields of this type are not known here: write them in the text.</p>
      ) : (
        <MessageFields path={row.path} />
      )}
    </>
  );
}

function FoldedRow({ row, children }: { readonly row: MessageLike; readonly children: React.ReactNode }) {
  const { form, idOf, isOpen, setOpen, change, shelf } = useForm();
  const id = idOf(row.path);
  const key = pathKey(row.path);
  if (row.presence === "unset" || row.presence === "null") {
    return (
      <div className={styles.row} data-row={key} data-presence={row.presence}>
        <div className={styles.head}>
          <span className={styles.name}>{row.label}</span>
          <RowFacts row={row} />
          <button
            id={id}
            type="button"
            className={styles.quiet}
            onClick={() => {
              setOpen(key, true);
              bringIn(row, change, shelf, id);
            }}
          >
            Add<span className="visually-hidden"> {row.label}</span>
          </button>
        </div>
        <Help row={row} />
      </div>
    );
  }
  const open = isOpen(key, row.path.length === 1 || row.needed);
  const inside =
    row.inside === 0 ? null : `${row.inside} ${row.inside === 1 ? "problem" : "problems"} inside`;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot have a button as its head
    <div
      className={styles.row}
      role="group"
      aria-label={row.label}
      data-row={key}
      data-presence={row.presence}
    >
      <div className={styles.head}>
        <button
          id={id}
          type="button"
          className={styles.fold}
          aria-expanded={open}
          aria-describedby={row.problems.length === 0 ? undefined : idOf(row.path, "problems")}
          onClick={() => setOpen(key, !open)}
        >
          {row.label}
        </button>
        <RowFacts row={row} />
        {!open && <span className={styles.summary}>{inside ?? summaryOf(form, row.path)}</span>}
        <RemoveButton row={row} focus={id} />
      </div>
      {open ? (
        <>
          <Help row={row} />
          <div className={styles.nested}>
            <Problems id={idOf(row.path, "own")} problems={strayProblems(form, row)} />
            {children}
          </div>
        </>
      ) : (
        <Problems id={idOf(row.path, "problems")} problems={row.problems} />
      )}
    </div>
  );
}

/** Problems within a message that belong to none of its fields, beside those that stand at its head. */
function strayProblems(form: ReadableForm, row: MessageLike) {
  return ownProblems(form, row.path).filter((problem) => !row.problems.includes(problem));
}

/** A folded message in a few words: its first values, or how many there are. */
export function summaryOf(form: ReadableForm, path: FormPath): string {
  const set = rowsOf(form, path).filter(({ presence }) => presence !== "unset");
  if (set.length === 0) return "empty";
  const values = set.flatMap((row) =>
    "value" in row && typeof row.value === "string" && row.value.length <= 24
      ? [`${row.label}: ${row.value}`]
      : [],
  );
  const count = `${set.length} ${set.length === 1 ? "field" : "fields"}`;
  return values.length === 0
    ? count
    : `${values.slice(0, 2).join(", ")}${set.length > 2 ? `, ${count} in all` : ""}`;
}

/** The content of a list's item or a map's entry: its control, or the fields of its message. */
export function ItemContent({
  row,
  label,
}: {
  readonly row: Exclude<FormRow, { kind: "oneof" }>;
  readonly label: string;
}) {
  switch (row.kind) {
    case "message":
      return <MessageFields path={row.path} />;
    case "any":
      return <AnyContent row={row} />;
    default:
      return <ValueControl row={row} label={label} />;
  }
}
