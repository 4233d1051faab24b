import { lazy, type ReactNode, Suspense, useId, useRef, useState } from "react";
import styles from "./try-it.module.css";

/** A row of a menu. `checked`: one of a group, and whether it is the one at hand. */
export type MenuEntry =
  | {
      readonly kind: "item";
      readonly label: string;
      readonly detail?: string;
      readonly checked?: boolean;
      readonly disabled?: boolean;
      readonly onChoose: () => void;
    }
  | { readonly kind: "heading"; readonly label: string };

const loadList = () => import("./menu-list.tsx");
const MenuList = lazy(() => loadList().then(({ MenuList }) => ({ default: MenuList })));

/** A button that opens a menu. The menu's code is loaded when the reader comes near. */
export function MenuButton({
  label,
  children,
  entries,
}: {
  /** What the menu is for, for those who do not see what is on the button. */
  readonly label: string;
  readonly children: ReactNode;
  /** The rows, as they are when the menu opens. */
  readonly entries: () => readonly MenuEntry[] | Promise<readonly MenuEntry[]>;
}) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const closing = useRef(false);
  const [open, setOpen] = useState<{
    readonly start: "first" | "last";
    readonly entries: readonly MenuEntry[];
  } | null>(null);

  async function show(start: "first" | "last") {
    const [rows] = await Promise.all([entries(), loadList()]);
    setOpen({ start, entries: rows });
  }

  function close(refocus: boolean) {
    setOpen(null);
    if (refocus) button.current?.focus();
  }

  return (
    <>
      <button
        ref={button}
        type="button"
        className={styles.menuButton}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open !== null}
        aria-controls={open === null ? undefined : id}
        onPointerEnter={() => void loadList()}
        onFocus={() => void loadList()}
        onPointerDown={() => {
          // Pressing it closes the menu before the click comes: that click must not open it again.
          closing.current = open !== null;
        }}
        onClick={() => {
          if (open === null && !closing.current) void show("first");
          else setOpen(null);
          closing.current = false;
        }}
        onKeyDown={(event) => {
          if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
          event.preventDefault();
          void show(event.key === "ArrowDown" ? "first" : "last");
        }}
      >
        {children}
      </button>
      {open !== null && (
        <Suspense fallback={null}>
          <MenuList
            id={id}
            label={label}
            entries={open.entries}
            start={open.start}
            anchor={() => button.current}
            onClose={close}
          />
        </Suspense>
      )}
    </>
  );
}
