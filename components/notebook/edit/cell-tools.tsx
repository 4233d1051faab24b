import type { Cell } from "../../../lib/notebook/notebook.ts";
import styles from "./edit.module.css";

/** What can be done with a cell as a whole. `name`: what it is called where it is spoken of. */
export function CellTools({
  name,
  kind,
  open,
  first,
  last,
  onOpen,
  onMove,
  onRemove,
}: {
  readonly name: string;
  readonly kind: Cell["kind"];
  /** The part that is open; null: none is. */
  readonly open: string | null;
  readonly first: boolean;
  readonly last: boolean;
  readonly onOpen: (part: string | null) => void;
  /** `button`: the one that was pressed, which has the focus again where the cell is then. */
  readonly onMove: (by: -1 | 1, button: string) => void;
  readonly onRemove: () => void;
}) {
  const toggle = (part: string) => () => onOpen(open === part ? null : part);
  return (
    <div className={styles.tools} role="toolbar" aria-label={`Edit ${name}`}>
      {kind !== "prose" && (
        <button
          type="button"
          data-tool="settings"
          aria-expanded={open === "settings"}
          aria-label={`Settings: ${name}`}
          onClick={toggle("settings")}
        >
          Settings
        </button>
      )}
      <button
        type="button"
        data-tool="text"
        aria-expanded={open === "text"}
        aria-label={kind === "prose" ? `Edit: ${name}` : `As text: ${name}`}
        onClick={toggle("text")}
      >
        {kind === "prose" ? "Edit" : "As text"}
      </button>
      <button
        type="button"
        data-tool="up"
        aria-disabled={first}
        aria-label={`Move up: ${name}`}
        onClick={() => !first && onMove(-1, "up")}
      >
        Up
      </button>
      <button
        type="button"
        data-tool="down"
        aria-disabled={last}
        aria-label={`Move down: ${name}`}
        onClick={() => !last && onMove(1, "down")}
      >
        Down
      </button>
      <button type="button" data-tool="remove" aria-label={`Remove: ${name}`} onClick={onRemove}>
        Remove
      </button>
    </div>
  );
}
