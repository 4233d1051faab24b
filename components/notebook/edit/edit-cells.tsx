import {
  Fragment,
  type KeyboardEvent,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { newCell } from "../../../lib/notebook/cell-templates.ts";
import { insertCell, moveCell, removeCell } from "../../../lib/notebook/edit-notebook.ts";
import type { Cell } from "../../../lib/notebook/notebook.ts";
import cells from "../cell.module.css";
import { CellView } from "../cell-view.tsx";
import { cellName } from "../cell-words.ts";
import { useBusy } from "../notebook-context.ts";
import { AddCell } from "./add-cell.tsx";
import { CellSettings } from "./cell-settings.tsx";
import { CellTools } from "./cell-tools.tsx";
import { DocumentProse } from "./document-prose.tsx";
import styles from "./edit.module.css";
import { EditCode } from "./edit-code.tsx";
import { type ActivePart, EditContext } from "./edit-context.ts";
import { EditSeam } from "./edit-seam.ts";
import { EditText } from "./edit-text.tsx";
import type { NotebookDocument } from "./notebook-document.ts";
import { ProblemLines } from "./problem-lines.tsx";

/** What a reader sees of a cell to speak of it. */
const nameOf = (cell: Cell) => (cell.kind === "prose" ? "this text" : cellName(cell));

/** The cells of a notebook, each with what edits it. */
export function EditCells({ document }: { readonly document: NotebookDocument }) {
  const state = useSyncExternalStore(document.subscribe, document.state, document.state);
  const [active, setActive] = useState<ActivePart | null>(null);
  const [said, setSaid] = useState("");
  const busy = useBusy();
  const root = useRef<HTMLDivElement>(null);
  /** Where the focus goes once an edit is shown. */
  const goal = useRef<(() => HTMLElement | null | undefined) | null>(null);
  const scope = useMemo(
    () => ({
      document,
      active,
      open: (part: ActivePart | null) => {
        document.settle();
        setActive(part);
      },
    }),
    [document, active],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: after each change of the text
  useEffect(() => {
    const target = goal.current?.();
    goal.current = null;
    target?.focus();
    target?.scrollIntoView({ block: "nearest" });
  }, [state.source]);
  useEffect(() => () => document.settle(), [document]);

  const slot = (index: number) => root.current?.querySelector<HTMLElement>(`[data-slot="${index}"]`);

  /** Carries out an edit of the order of cells, with the words that tell of it. */
  function restructure(words: string, edit: () => string, open: ActivePart | null = null) {
    if (busy) {
      setSaid("Cells stay where they are while something runs.");
      return;
    }
    document.settle();
    setActive(open);
    const [problem] = document.edit(edit());
    setSaid(problem === undefined ? words : `That cannot be done: ${problem.message}`);
  }

  function add(index: number, kind: Cell["kind"]) {
    document.settle();
    const { notebook } = document.state();
    if (notebook === null) return;
    const method = lastMethod(notebook.cells) ?? "";
    const text = newCell(notebook, kind, { name: method, request: "{}" });
    const source = insertCell(notebook, index, text);
    restructure(`Added a ${kind === "prose" ? "text" : kind}.`, () => source);
    const cells = document.state().notebook?.cells ?? [];
    // A text beside a text becomes one with it.
    const at = [index, index - 1].find((each) => cells[each]?.kind === kind);
    const added = at === undefined ? undefined : cells[at];
    if (at === undefined || added === undefined) return;
    setActive({ cell: added.id, part: firstPart(added) });
    goal.current = () => slot(at)?.querySelector<HTMLElement>("textarea, form input, [data-part] button");
  }

  function move(cell: Cell, index: number, by: -1 | 1, button: string) {
    const { notebook } = document.state();
    if (notebook === null || notebook.cells[index + by] === undefined) return;
    goal.current = () => slot(index + by)?.querySelector<HTMLElement>(`[data-tool="${button}"]`);
    restructure(`Moved ${nameOf(cell)} ${by === 1 ? "down" : "up"}.`, () => moveCell(notebook, cell.id, by));
  }

  function remove(cell: Cell, index: number) {
    const { notebook } = document.state();
    if (notebook === null) return;
    goal.current = () =>
      (slot(index) ?? slot(index - 1))?.querySelector<HTMLElement>("[data-tool]") ??
      root.current?.querySelector<HTMLElement>("button");
    restructure(`Removed ${nameOf(cell)}.`, () => removeCell(notebook, cell.id));
  }

  function onKeyDown(event: KeyboardEvent) {
    const isText = (event.target as HTMLElement).matches(
      "input, textarea, select, [contenteditable], .monaco-editor *",
    );
    if (event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !isText) {
      event.preventDefault();
      document.undo();
      setSaid("The last change is undone.");
    }
  }

  let number = 0;
  const { notebook } = state;
  if (notebook === null) return null;
  return (
    <EditContext value={scope}>
      <EditSeam value={EditCode}>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: a shortcut to the button that undoes */}
        <div ref={root} className={cells.cells} onKeyDown={onKeyDown}>
          <p role="status" className="visually-hidden">
            {said}
          </p>
          <AddCell before={notebook.cells[0] ?? null} onAdd={(kind) => add(0, kind)} />
          {notebook.cells.map((cell, index) => {
            if (cell.kind !== "prose") number += 1;
            const part = active?.cell === cell.id ? active.part : null;
            const done = () => scope.open(null);
            const isText = part === "text";
            return (
              <Fragment key={cell.id}>
                <div className={styles.slot} data-slot={index} data-kind={cell.kind}>
                  <CellTools
                    name={nameOf(cell)}
                    kind={cell.kind}
                    open={part}
                    first={index === 0}
                    last={index === notebook.cells.length - 1}
                    onOpen={(next) => scope.open(next === null ? null : { cell: cell.id, part: next })}
                    onMove={(by, button) => move(cell, index, by, button)}
                    onRemove={() => remove(cell, index)}
                  />
                  {isText ? (
                    <EditText key="text" cell={cell} onDone={done} />
                  ) : cell.kind === "prose" ? (
                    <div className={cells.prose}>
                      <DocumentProse text={cell.text} />
                    </div>
                  ) : (
                    <>
                      {part === "settings" && <CellSettings cell={cell} onDone={done} />}
                      <CellView cell={cell} number={number} />
                    </>
                  )}
                  {part === null && (
                    <ProblemLines
                      problems={state.found.filter(
                        ({ offset }) => offset >= cell.place.start && offset <= cell.place.end,
                      )}
                      onGoTo={null}
                    />
                  )}
                </div>
                <AddCell before={notebook.cells[index + 1] ?? null} onAdd={(kind) => add(index + 1, kind)} />
              </Fragment>
            );
          })}
        </div>
      </EditSeam>
    </EditContext>
  );
}

/** What a new cell begins with being edited. */
function firstPart(cell: Cell): string {
  switch (cell.kind) {
    case "prose":
      return "text";
    case "expression":
      return "expression";
    default:
      return "settings";
  }
}

/** The method that a new call begins with: the last that the notebook calls. */
function lastMethod(cells: readonly Cell[]): string | null {
  return cells.flatMap((cell) => ("method" in cell ? [cell.method.text] : [])).at(-1) ?? null;
}
