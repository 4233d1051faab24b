"use client";

import { type KeyboardEvent, useEffect, useLayoutEffect, useRef } from "react";
import type { MenuEntry } from "./menu-button.tsx";
import styles from "./menu-list.module.css";

/** Pixels between the menu and its button, and the window's edge. */
const GAP = 4;

/** The open menu, over everything else. Arrows, Home, End and letters move in it; Esc and Tab leave it. */
export function MenuList({
  id,
  label,
  entries,
  start,
  anchor,
  onClose,
}: {
  readonly id: string;
  readonly label: string;
  readonly entries: readonly MenuEntry[];
  /** Which row has the focus at first; the checked one where there is one. */
  readonly start: "first" | "last";
  readonly anchor: () => HTMLElement | null;
  /** `refocus`: whether the button takes the focus again. */
  readonly onClose: (refocus: boolean) => void;
}) {
  const list = useRef<HTMLDivElement>(null);
  const close = useRef(onClose);
  close.current = onClose;

  // biome-ignore lint/correctness/useExhaustiveDependencies: only when it opens
  useLayoutEffect(() => {
    const box = list.current;
    if (box === null) return;
    box.showPopover();
    place(box, anchor());
    const rows = rowsOf(box);
    const checked = rows.find((row) => row.getAttribute("aria-checked") === "true");
    (checked ?? rows.at(start === "first" ? 0 : -1))?.focus();
  }, []);

  // It goes where its button goes, and away with it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: for as long as it is open
  useEffect(() => {
    const follow = (event: Event) => {
      const box = list.current;
      if (box === null || (event.target instanceof Node && box.contains(event.target))) return;
      const button = anchor()?.getBoundingClientRect();
      const seen = button !== undefined && button.bottom > 0 && button.top < window.innerHeight;
      if (seen) place(box, anchor());
      else close.current(false);
    };
    addEventListener("scroll", follow, { capture: true });
    addEventListener("resize", follow);
    return () => {
      removeEventListener("scroll", follow, { capture: true });
      removeEventListener("resize", follow);
    };
  }, []);

  function onKeyDown(event: KeyboardEvent) {
    const rows = list.current === null ? [] : rowsOf(list.current);
    const at = rows.indexOf(document.activeElement as HTMLElement);
    const next = nextRow(event.key, at, rows);
    if (next !== null) {
      event.preventDefault();
      rows[next]?.focus();
    } else if (event.key === "Escape" || event.key === "Tab") {
      // Esc closes the menu and nothing behind it.
      event.stopPropagation();
      if (event.key === "Escape") event.preventDefault();
      onClose(true);
    }
  }

  return (
    <div
      ref={list}
      id={id}
      role="menu"
      aria-label={label}
      popover="auto"
      className={styles.menu}
      onKeyDown={onKeyDown}
      onToggle={({ newState }) => {
        // What closes it here is a click elsewhere, which moves the focus itself.
        if (newState === "closed") onClose(false);
      }}
    >
      {entries.map((entry, at) =>
        entry.kind === "heading" ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows do not change while it is open
          <p key={at} role="presentation" className={styles.heading}>
            {entry.label}
          </p>
        ) : (
          <button
            // biome-ignore lint/suspicious/noArrayIndexKey: the rows do not change while it is open
            key={at}
            type="button"
            {...(entry.checked === undefined
              ? { role: "menuitem" }
              : { role: "menuitemradio", "aria-checked": entry.checked })}
            aria-disabled={entry.disabled}
            tabIndex={-1}
            className={styles.item}
            onClick={() => {
              if (entry.disabled === true) return;
              onClose(true);
              entry.onChoose();
            }}
          >
            <span aria-hidden="true">{entry.checked === true ? "✓" : ""}</span>
            <span>{entry.label}</span>
            {entry.detail !== undefined && <small>{entry.detail}</small>}
          </button>
        ),
      )}
    </div>
  );
}

/** Which row a key leads to, or null for a key that leads to none. */
function nextRow(key: string, at: number, rows: readonly HTMLElement[]): number | null {
  const last = rows.length - 1;
  switch (key) {
    case "ArrowDown":
      return at >= last ? 0 : at + 1;
    case "ArrowUp":
      return at <= 0 ? last : at - 1;
    case "Home":
      return 0;
    case "End":
      return last;
    default: {
      if (key.length !== 1 || key === " ") return null;
      const starts = (row: HTMLElement) =>
        row.textContent?.replace("✓", "").toLowerCase().startsWith(key.toLowerCase()) === true;
      const after = rows.findIndex((row, index) => index > at && starts(row));
      const found = after === -1 ? rows.findIndex(starts) : after;
      return found === -1 ? null : found;
    }
  }
}

function rowsOf(menu: HTMLElement): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>("[role^=menuitem]")];
}

/** Below the button, or above where there is more room; within the window. */
function place(menu: HTMLElement, anchor: HTMLElement | null): void {
  const button = anchor?.getBoundingClientRect();
  if (button === undefined) return;
  const { innerWidth, innerHeight } = window;
  const above = button.top;
  const below = innerHeight - button.bottom;
  const room = Math.max(above, below) - 2 * GAP;
  menu.style.maxHeight = `${room}px`;
  const { width, height } = menu.getBoundingClientRect();
  const top = height <= below - 2 * GAP || below >= above ? button.bottom + GAP : button.top - GAP - height;
  menu.style.top = `${Math.max(GAP, top)}px`;
  menu.style.left = `${Math.max(GAP, Math.min(button.left, innerWidth - width - GAP))}px`;
}
