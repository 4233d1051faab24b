import type { ReactNode } from "react";
import { addItem, moveItem, setMapKey, unset } from "../../lib/form/edit-form.ts";
import { type FormRow, type MapEntry, pathKey } from "../../lib/form/form.ts";
import { entriesOf, itemsOf, ownProblems } from "../../lib/form/read-form.ts";
import styles from "./form.module.css";
import { useForm } from "./form-context.ts";
import { ItemContent, summaryOf } from "./message-row.tsx";
import { Problems } from "./problems.tsx";
import { Help, RemoveButton, RowFacts } from "./row-parts.tsx";
import { pageKey, pageSize, showItem } from "./use-folds.ts";

type List = Extract<FormRow, { kind: "list" }>;
type MapRowData = Extract<FormRow, { kind: "map" }>;
type Item = Exclude<FormRow, { kind: "oneof" }>;

/** A repeated field: its items in order, each with buttons to move and remove it. */
export function ListRow({ row }: { readonly row: List }) {
  const { form, idOf, isOpen } = useForm();
  const shown = shownItems(row, isOpen);
  return (
    <RepeatedRow row={row} noun="item" shown={shown}>
      <ol className={styles.items}>
        {itemsOf(form, row.path, 0, shown).map((item, index) => (
          <ItemRow key={pathKey(item.path)} list={row} item={item as Item} index={index}>
            <span className={styles.index}>{index + 1}</span>
            <MoveButtons list={row} index={index} />
          </ItemRow>
        ))}
      </ol>
      <Problems id={idOf(row.path, "own")} problems={strayOf(row, ownProblems(form, row.path))} />
    </RepeatedRow>
  );
}

/** A map: its entries in the text's order, each with its key. */
export function MapRow({ row }: { readonly row: MapRowData }) {
  const { form, isOpen } = useForm();
  const shown = shownItems(row, isOpen);
  return (
    <RepeatedRow row={row} noun="entry" shown={shown}>
      <ol className={styles.items}>
        {entriesOf(form, row.path, 0, shown).map((entry, index) => (
          <ItemRow key={pathKey(entry.row.path)} list={row} item={entry.row} index={index}>
            <KeyInput row={row} entry={entry} />
          </ItemRow>
        ))}
      </ol>
    </RepeatedRow>
  );
}

function KeyInput({ row, entry }: { readonly row: MapRowData; readonly entry: MapEntry }) {
  const { idOf, change } = useForm();
  const id = idOf(entry.row.path, "key");
  return (
    <div className={styles.key}>
      <input
        id={id}
        type="text"
        inputMode={row.keyType === "string" || row.keyType === "bool" ? "text" : "numeric"}
        className={styles.mono}
        autoComplete="off"
        spellCheck={false}
        aria-label={`Key of ${row.label} entry ${Number(entry.row.label)}`}
        aria-invalid={entry.keyProblems.length > 0 || undefined}
        aria-describedby={entry.keyProblems.length > 0 ? `${id}-problems` : undefined}
        value={entry.key}
        onChange={({ target }) =>
          change((text, options) => setMapKey(text, options, entry.row.path, target.value))
        }
      />
      <Problems id={`${id}-problems`} problems={entry.keyProblems} />
    </div>
  );
}

function RepeatedRow({
  row,
  noun,
  shown,
  children,
}: {
  readonly row: List | MapRowData;
  readonly noun: "item" | "entry";
  readonly shown: number;
  readonly children: ReactNode;
}) {
  const { idOf, change, setOpen } = useForm();
  const add = idOf(row.path);
  const holdsMessages = !/^(repeated|map<\w+,) ?(u?int|s?fixed|sint|float|double|bool|string|bytes)/.test(
    row.type,
  );

  function addOne() {
    const path = [...row.path, row.count];
    setOpen(`${pathKey(row.path)}#touched`, true);
    setOpen(pathKey(path), true);
    showItem(row.path, row.count, setOpen);
    const focus = noun === "entry" ? idOf(path, "key") : holdsMessages ? idOf(path, "fold") : idOf(path);
    change((text, options) => addItem(text, options, row.path), { focus });
  }

  return (
    <fieldset className={styles.row} data-row={pathKey(row.path)} data-presence={row.presence}>
      <legend className={styles.legend}>
        <span className={styles.name}>{row.label}</span>
        <RowFacts row={row} />
        <span className={styles.summary}>
          {row.count === 0 ? "" : `${row.count} ${plural(noun, row.count)}`}
        </span>
      </legend>
      {row.presence !== "unset" && (
        <span className={styles.corner}>
          <RemoveButton row={row} focus={add} />
        </span>
      )}
      <Help row={row} />
      {children}
      {row.count > shown && (
        <button
          type="button"
          className={styles.quiet}
          onClick={() => setOpen(pageKey(row.path, shown), true)}
        >
          Show {Math.min(pageSize, row.count - shown)} more of {row.count.toLocaleString("en-US")}
        </button>
      )}
      <button id={add} type="button" className={styles.quiet} onClick={addOne}>
        Add {noun}
        <span className="visually-hidden"> to {row.label}</span>
      </button>
    </fieldset>
  );
}

function ItemRow({
  list,
  item,
  index,
  children,
}: {
  readonly list: List | MapRowData;
  readonly item: Item;
  readonly index: number;
  readonly children: ReactNode;
}) {
  const { form, idOf, isOpen, setOpen, change, renumber } = useForm();
  const folds = item.kind === "message" || item.kind === "any";
  const key = pathKey(item.path);
  const open = !folds || isOpen(key, false);
  const name = `${list.label} ${index + 1}`;

  function remove() {
    renumber(list.path, (each) => (each === index ? null : each > index ? each - 1 : each));
    const next = index < list.count - 1 ? index : index - 1;
    const focus = next < 0 ? idOf(list.path) : idOf([...list.path, next], "remove");
    change((text, options) => unset(text, options, item.path), { removed: name, focus });
  }

  return (
    <li className={styles.item} data-row={key}>
      <div className={styles.itemHead}>
        {children}
        {folds ? (
          <button
            id={idOf(item.path, "fold")}
            type="button"
            className={styles.fold}
            aria-expanded={open}
            aria-label={`${name}, ${item.type}`}
            onClick={() => setOpen(key, !open)}
          >
            {item.inside > 0
              ? `${item.inside} ${item.inside === 1 ? "problem" : "problems"} inside`
              : summaryOf(form, item.path)}
          </button>
        ) : (
          <div className={styles.itemValue}>
            <ItemContent row={item} label={name} />
          </div>
        )}
        <button
          id={idOf(item.path, "remove")}
          type="button"
          className={styles.icon}
          aria-label={`Remove ${name}`}
          title="Remove"
          onClick={remove}
        >
          ×
        </button>
      </div>
      <Problems id={idOf(item.path, "problems")} problems={item.problems} />
      {folds && open && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a legend
        <div className={styles.nested} role="group" aria-label={name}>
          <Problems
            id={idOf(item.path, "own")}
            problems={ownProblems(form, item.path).filter((problem) => !item.problems.includes(problem))}
          />
          <ItemContent row={item} label={name} />
        </div>
      )}
    </li>
  );
}

function MoveButtons({ list, index }: { readonly list: List; readonly index: number }) {
  const { idOf, change, renumber } = useForm();
  function move(by: -1 | 1) {
    const to = index + by;
    renumber(list.path, (each) => (each === index ? to : each === to ? index : each));
    const atEnd = to === 0 || to === list.count - 1;
    const part = atEnd ? (by === -1 ? "down" : "up") : by === -1 ? "up" : "down";
    change((text, options) => moveItem(text, options, [...list.path, index], by), {
      focus: idOf([...list.path, to], part),
    });
  }
  const path = [...list.path, index];
  const name = `${list.label} ${index + 1}`;
  return (
    <>
      <button
        id={idOf(path, "up")}
        type="button"
        className={styles.icon}
        aria-label={`Move ${name} up`}
        title="Move up"
        disabled={index === 0}
        onClick={() => move(-1)}
      >
        ↑
      </button>
      <button
        id={idOf(path, "down")}
        type="button"
        className={styles.icon}
        aria-label={`Move ${name} down`}
        title="Move down"
        disabled={index === list.count - 1}
        onClick={() => move(1)}
      >
        ↓
      </button>
    </>
  );
}

function shownItems(row: List | MapRowData, isOpen: (key: string, byDefault: boolean) => boolean): number {
  let pages = 1;
  while (pages * pageSize < row.count && isOpen(pageKey(row.path, pages * pageSize), false)) pages++;
  return pages * pageSize;
}

function strayOf(row: List, problems: ReturnType<typeof ownProblems>) {
  return problems.filter((problem) => !row.problems.includes(problem));
}

function plural(noun: "item" | "entry", count: number): string {
  return count === 1 ? noun : noun === "item" ? "items" : "entries";
}
