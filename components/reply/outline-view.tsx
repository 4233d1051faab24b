"use client";

import { type KeyboardEvent, type ReactNode, useEffect, useId, useState } from "react";
import styles from "./reply.module.css";
import type { Rows } from "./use-rows.ts";
import type { OutlinePlace } from "./worker-protocol.ts";

/** Height of a row, px. */
export const ROW_HEIGHT = 24;

/** Rows that open and close, of which only those in sight are in the page: a tree for the keyboard and for those who listen. */
export function OutlineView<R extends OutlinePlace>({
  label,
  rows,
  from,
  shown,
  total,
  onToggle,
  onActive,
  children,
}: {
  readonly label: string;
  readonly rows: Rows;
  /** Number of the first of the rows that are here. */
  readonly from: number;
  readonly shown: readonly R[];
  readonly total: number;
  readonly onToggle: (row: R) => void;
  /** The row that the keyboard is at, where it is here. */
  readonly onActive: (row: R | null) => void;
  /** What is on a row. */
  readonly children: (row: R) => ReactNode;
}) {
  const id = useId();
  const [active, setActive] = useState(0);
  const at = Math.min(active, Math.max(0, total - 1));
  const row = shown[at - from] ?? null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: told once for each row that it comes to
  useEffect(() => onActive(row), [row]);

  function move(to: number) {
    const next = Math.max(0, Math.min(total - 1, to));
    setActive(next);
    rows.reveal(next);
  }

  function onKeyDown(event: KeyboardEvent) {
    const act = action(event.key);
    if (act === null || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  }

  function action(key: string): (() => void) | null {
    switch (key) {
      case "ArrowDown":
        return () => move(at + 1);
      case "ArrowUp":
        return () => move(at - 1);
      case "PageDown":
        return () => move(at + 15);
      case "PageUp":
        return () => move(at - 15);
      case "Home":
        return () => move(0);
      case "End":
        return () => move(total - 1);
      case "ArrowRight":
        return () => {
          if (row?.opens !== true) return;
          if (row.open) move(at + 1);
          else onToggle(row);
        };
      case "ArrowLeft":
        return () => {
          if (row?.open === true) return onToggle(row);
          const above = shown.slice(0, at - from).findLastIndex(({ depth }) => depth < (row?.depth ?? 0));
          if (above >= 0) move(from + above);
        };
      case "Enter":
      case " ":
        return () => {
          if (row?.opens === true) onToggle(row);
        };
      default:
        return null;
    }
  }

  return (
    <div
      ref={rows.scroller}
      className={styles.scroll}
      role="tree"
      aria-label={label}
      tabIndex={0}
      aria-activedescendant={row === null ? undefined : `${id}-${at}`}
      onScroll={rows.onScroll}
      onKeyDown={onKeyDown}
    >
      <div className={styles.box} style={{ height: rows.height }} role="presentation">
        <div className={styles.rows} style={{ top: rows.offsetOf(from) }} role="presentation">
          {shown.map((each, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the tree itself has the keys
            <div
              key={each.key}
              id={`${id}-${from + index}`}
              role="treeitem"
              tabIndex={-1}
              aria-level={each.depth + 1}
              aria-expanded={each.opens ? each.open : undefined}
              aria-selected={from + index === at}
              className={`${styles.row} ${from + index === at ? styles.active : ""}`}
              style={{ height: ROW_HEIGHT, paddingLeft: 8 + each.depth * 16 }}
              onClick={() => {
                setActive(from + index);
                if (each.opens) onToggle(each);
              }}
            >
              <span className={styles.twist} aria-hidden="true">
                {each.opens ? (each.open ? "▾" : "▸") : ""}
              </span>
              {children(each)}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}
