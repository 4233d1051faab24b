import { useEffect, useId, useRef, useState } from "react";
import { setCellText, setProse } from "../../../lib/notebook/edit-notebook.ts";
import type { Cell, NotebookProblem } from "../../../lib/notebook/notebook.ts";
import { DocumentProse } from "./document-prose.tsx";
import styles from "./edit.module.css";
import { useEditScope } from "./edit-context.ts";
import { ProblemLines } from "./problem-lines.tsx";

const REST_MS = 250;

/**
 * The text of a cell in a text area: prose with what becomes of it beside it, or any cell as it stands in the file. What cannot
 * be read stays in the area with what is wrong, until it can.
 */
export function EditText({ cell, onDone }: { readonly cell: Cell; readonly onDone: () => void }) {
  const { document } = useEditScope();
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const { source } = document.state();
  const [text, setText] = useState(source.slice(cell.place.start, cell.place.end).replaceAll("\r\n", "\n"));
  const [problems, setProblems] = useState<readonly NotebookProblem[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const held = useRef<string | null>(null);
  const first = useRef(cell);

  function take() {
    clearTimeout(timer.current);
    const next = held.current;
    held.current = null;
    document.hold(null);
    const { notebook } = document.state();
    const now = notebook?.cells.find((each) => each.id === cell.id);
    if (next === null || notebook === null || now === undefined || next.trim() === "") return;
    const edited = now.kind === "prose" ? setProse(notebook, now, next) : setCellText(notebook, now, next);
    setProblems(
      document
        .edit(edited, `${cell.id} text`)
        .map((problem) => ({ ...problem, line: Math.max(1, problem.line - now.place.line + 1) })),
    );
  }
  const latest = useRef(take);
  latest.current = take;

  useEffect(() => {
    area.current?.focus();
    return () => latest.current();
  }, []);

  function change(next: string) {
    setText(next);
    held.current = next;
    document.hold(() => latest.current());
    clearTimeout(timer.current);
    timer.current = setTimeout(() => latest.current(), REST_MS);
  }

  const isProse = first.current.kind === "prose";
  return (
    <div className={styles.text}>
      <textarea
        ref={area}
        aria-label={isProse ? "Text, in Markdown" : "The cell as it stands in the file"}
        aria-describedby={`${id}-problems`}
        aria-invalid={problems.length > 0}
        value={text}
        rows={Math.min(24, Math.max(3, text.split("\n").length + 1))}
        spellCheck={isProse}
        onChange={({ target }) => change(target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || event.nativeEvent.isComposing) return;
          event.stopPropagation();
          onDone();
        }}
      />
      <div id={`${id}-problems`} role="status" aria-label="Problems of the text">
        <ProblemLines
          problems={problems}
          onGoTo={({ line, column }) => selectLine(area.current, line, column)}
        />
      </div>
      {isProse && text.trim() !== "" && (
        <section className={styles.preview} aria-label="As it is read">
          <DocumentProse text={text} />
        </section>
      )}
      <button type="button" className={styles.close} onClick={onDone}>
        Done
        <span className="visually-hidden"> with the text</span>
      </button>
    </div>
  );
}

/** Puts the cursor of a text area at a line and column, both from 1. */
export function selectLine(area: HTMLTextAreaElement | null, line: number, column: number): void {
  if (area === null) return;
  const lines = area.value.split("\n");
  const before = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  area.focus();
  area.setSelectionRange(before + column - 1, before + column - 1);
}
