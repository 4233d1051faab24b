import { NEW_CELLS } from "../../../lib/notebook/cell-templates.ts";
import type { Cell } from "../../../lib/notebook/notebook.ts";
import { MenuButton } from "../../run/menu-button.tsx";
import { cellName } from "../cell-words.ts";
import styles from "./edit.module.css";

const WORDS: Readonly<Record<Cell["kind"], string>> = {
  prose: "What is to be said",
  call: "A method and its request",
  expression: "Worked out of others, with a name",
  check: "Something that must hold",
  wait: "A read, until something holds",
  input: "A value that the reader gives",
  table: "Rows of a list",
  chart: "A list drawn",
};

/** Between two cells: what puts another one there. */
export function AddCell({
  before,
  onAdd,
}: {
  /** The cell that follows; null: none does. */
  readonly before: Cell | null;
  readonly onAdd: (kind: Cell["kind"]) => void;
}) {
  const place =
    before === null
      ? "at the end"
      : `before ${before.kind === "prose" ? "the text below" : cellName(before)}`;
  return (
    <div className={styles.add} data-last={before === null}>
      <MenuButton
        label={`Add a cell ${place}`}
        entries={() =>
          NEW_CELLS.map(({ kind, label }) => ({
            kind: "item",
            label,
            detail: WORDS[kind],
            onChoose: () => onAdd(kind),
          }))
        }
      >
        <span aria-hidden="true">+</span> Add
      </MenuButton>
    </div>
  );
}
