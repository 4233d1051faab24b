"use client";

import { type KeyboardEvent, memo, useId } from "react";
import type { CellState } from "../../lib/notebook/cell-state.ts";
import styles from "./cell.module.css";
import { CellBody } from "./cell-body.tsx";
import { cellMethod } from "./cell-method.ts";
import { CellResult } from "./cell-result.tsx";
import { cellName, kindWord, type RunnableCell, shortName } from "./cell-words.ts";
import { useBusy, useCellState, useNotebook } from "./notebook-context.ts";
import { useSettled } from "./use-settled.ts";

/** One cell: what it does, what runs it, where it stands and what it came to. */
export const CellView = memo(function CellView({
  cell,
  number,
}: {
  readonly cell: RunnableCell;
  /** Its place among the cells, from 1. */
  readonly number: number;
}) {
  const { session, methods } = useNotebook();
  const state = useCellState(cell.id);
  const titleId = useId();

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    if (event.key !== "Enter" || event.altKey || session === null) return;
    const runs = event.ctrlKey || event.metaKey;
    // With Shift the next cell has the focus afterwards. A link or a button is not pressed by it.
    if (!runs && !event.shiftKey) return;
    event.preventDefault();
    if (!event.repeat && cell.kind !== "input") void session.runCell(cell);
    if (event.shiftKey) focusNext(event.currentTarget);
  }

  return (
    <section
      id={`cell-${cell.id}`}
      className={styles.cell}
      data-kind={cell.kind}
      data-state={shownState(state)}
      aria-labelledby={titleId}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      <header className={styles.head}>
        <span className={styles.ordinal} aria-hidden="true">
          {number}
        </span>
        <div id={titleId} className={styles.title}>
          <span className={styles.kind}>
            <span className="visually-hidden">Cell {number}: </span>
            {kindWord(cell)}
          </span>{" "}
          <CellTitle cell={cell} />
        </div>
        {(cell.kind === "call" || cell.kind === "wait") && (
          <MethodMarks
            access={cellMethod(methods, cell.method.text).access}
            expect={"expect" in cell ? cell.expect : null}
          />
        )}
        {cell.kind !== "input" && <CellButtons cell={cell} state={state} />}
      </header>
      <CellBody cell={cell} />
      <CellResult cell={cell} state={state} />
    </section>
  );
});

function CellTitle({ cell }: { readonly cell: RunnableCell }) {
  const { methods } = useNotebook();
  switch (cell.kind) {
    case "call":
    case "wait": {
      const name = cell.method.text;
      const service = name.slice(0, name.lastIndexOf(".") + 1).replace(/^(?:[a-z_]\w*\.)+(?=[A-Z])/, "");
      const { href } = cellMethod(methods, name);
      const words = (
        <code>
          <span className={styles.service}>{service}</span>
          {shortName(name)}
        </code>
      );
      return (
        <>
          {href === null ? (
            words
          ) : (
            <a href={href} title={name}>
              {words}
            </a>
          )}
          {cell.as !== null && <Captured name={cell.as} />}
        </>
      );
    }
    case "expression":
      return <Captured name={cell.as} />;
    case "input":
      return <Captured name={cell.as} />;
    case "table":
      return <code className={styles.of}>{cell.of.text}</code>;
    default:
      return <span className={styles.say}>{cellName(cell)}</span>;
  }
}

/** The name under which later cells find what it gives. */
function Captured({ name }: { readonly name: string }) {
  return (
    <span className={styles.captured} title={`Later cells call it ${name}`}>
      <span className="visually-hidden">, named </span>
      <span aria-hidden="true">→ </span>
      <code>{name}</code>
    </span>
  );
}

function MethodMarks({
  access,
  expect,
}: {
  readonly access: "read" | "write";
  readonly expect: string | null;
}) {
  return (
    <span className={styles.marks}>
      {expect !== null && <span className={styles.mark}>expects {expect}</span>}
      <span className={styles.mark} data-access={access}>
        {access}
      </span>
    </span>
  );
}

/** What runs the cell, and what runs all that comes before it too. */
function CellButtons({
  cell,
  state,
}: {
  readonly cell: Exclude<RunnableCell, { kind: "input" }>;
  readonly state: CellState;
}) {
  const { session, methods } = useNotebook();
  const busy = useBusy();
  const stoppable = useSettled(state.kind === "running");
  const off = session === null || busy;
  const name = cellName(cell);
  const again = state.kind === "done" || state.kind === "failed";
  const write = cell.kind === "call" && cellMethod(methods, cell.method.text).access === "write";
  const word = !write ? "Run" : again ? "Run again" : "Run write";
  return (
    <div className={styles.buttons}>
      <button
        type="button"
        className={styles.quiet}
        aria-disabled={off}
        aria-label={`Run to here: ${name}`}
        onClick={() => !off && void session.runTo(cell.id)}
      >
        Run to here
      </button>
      {stoppable ? (
        <button key="run" type="button" className={styles.stop} onClick={() => session?.stop()}>
          Stop
        </button>
      ) : (
        <button
          key="run"
          type="button"
          className={styles.run}
          aria-disabled={off}
          aria-label={`${word}: ${name}`}
          onPointerEnter={() => session?.warmUp()}
          onFocus={() => session?.warmUp()}
          onClick={() => !off && void session.runCell(cell)}
        >
          {word}
        </button>
      )}
    </div>
  );
}

function shownState(state: CellState): string {
  if (state.kind !== "done" && state.kind !== "failed") return state.kind;
  return state.fresh === "stale" ? "stale" : state.kind;
}

/** Puts the focus on what runs the next cell, or into its field. */
function focusNext(section: HTMLElement): void {
  let next = section.nextElementSibling;
  while (next !== null && !next.matches("section[data-kind]")) next = next.nextElementSibling;
  const target = next?.querySelector<HTMLElement>("input, select, button:last-of-type");
  target?.focus();
  next?.scrollIntoView({ block: "nearest" });
}
