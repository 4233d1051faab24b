import { useCallback, useEffect, useId, useRef, useState } from "react";
import { setBlock } from "../../../lib/notebook/edit-notebook.ts";
import { RequestEditor } from "../../editor/request-editor.tsx";
import { CellCode } from "../cell-editor.tsx";
import { useBusy, useNotebook } from "../notebook-context.ts";
import { blockLanguage } from "./block-language.ts";
import { type BlockName, blockOf } from "./block-of.ts";
import styles from "./edit.module.css";
import { useEditScope } from "./edit-context.ts";
import type { EditableCodeProps } from "./edit-seam.ts";

/** How long an editor rests until the notebook takes its text, ms. */
const REST_MS = 250;

/** Code of a cell that is edited: as it is read until it is opened, then with the editor of requests. */
export function EditCode(props: EditableCodeProps) {
  const { active, open } = useEditScope();
  const { cell, block, label } = props;
  if (active?.cell === cell && active.part === block) return <OpenCode {...props} />;
  const start = () => open({ cell, part: block });
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut to the button in it
    // biome-ignore lint/a11y/useKeyWithClickEvents: the button in it takes the keys
    <div
      className={styles.code}
      onClick={() => {
        if (getSelection()?.isCollapsed !== false) start();
      }}
    >
      <CellCode {...props} />
      <button type="button" className={styles.edit} aria-label={`Edit: ${label}`} onClick={start}>
        Edit
      </button>
    </div>
  );
}

function OpenCode({ cell, block, language, text: written, label }: EditableCodeProps) {
  const { document, open } = useEditScope();
  const { session } = useNotebook();
  // When a run has ended there are other values to be told of: the language is made anew.
  const busy = useBusy();
  const id = useId();
  const { text, change } = useHeldText(cell, block, written.replaceAll("\r\n", "\n"));
  useEffect(() => window.document.getElementById(id)?.focus(), [id]);

  const current = document.state().notebook?.cells.find((each) => each.id === cell);
  const method = current !== undefined && "method" in current ? current.method.text : "";
  const bytes = current !== undefined && "bytes" in current ? current.bytes : "hex";
  const schema = useCallback(
    () => blockLanguage({ document, session: () => session, method, bytes, language, block }),
    [document, session, method, bytes, language, block],
  );
  return (
    <div className={styles.open} data-language={language}>
      <RequestEditor
        key={`${method} ${bytes}`}
        id={id}
        label={label}
        method={`${method} ${block} ${busy}`}
        value={text}
        onChange={change}
        onRun={() => {
          document.settle();
          if (current !== undefined && current.kind !== "prose") void session?.runCell(current);
        }}
        bytes={bytes}
        schema={schema}
      />
      <button
        type="button"
        className={styles.close}
        onClick={() => {
          document.settle();
          open(null);
        }}
      >
        Done
        <span className="visually-hidden"> with {label}</span>
      </button>
    </div>
  );
}

/** What stands in an editor, which the notebook takes when the editor rests, is left, or something runs. */
function useHeldText(cell: string, block: BlockName, written: string) {
  const { document } = useEditScope();
  const [text, setText] = useState(written);
  const held = useRef<string | null>(null);
  const seen = useRef(written);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const take = useCallback(() => {
    clearTimeout(timer.current);
    const next = held.current;
    held.current = null;
    document.hold(null);
    const { notebook } = document.state();
    const found = notebook?.cells.find((each) => each.id === cell);
    const place = found === undefined ? null : blockOf(found, block);
    if (next === null || notebook === null || place === null) return;
    seen.current = next;
    document.edit(setBlock(notebook, place, next), `${cell} ${block}`);
  }, [document, cell, block]);

  // What changed elsewhere (undo, a name that is another now) is seen here.
  useEffect(() => {
    if (written === seen.current || held.current !== null) return;
    seen.current = written;
    setText(written);
  }, [written]);
  useEffect(() => take, [take]);

  const change = (next: string) => {
    setText(next);
    held.current = next;
    document.hold(take);
    clearTimeout(timer.current);
    timer.current = setTimeout(take, REST_MS);
  };
  return { text, change };
}
