import { useRef, useSyncExternalStore } from "react";
import styles from "./edit.module.css";
import { selectLine } from "./edit-text.tsx";
import type { NotebookDocument } from "./notebook-document.ts";
import { ProblemLines } from "./problem-lines.tsx";

/** The whole notebook as it stands in its file. What cannot be read is told with its line and column, and is mended here. */
export function WholeText({ document }: { readonly document: NotebookDocument }) {
  const area = useRef<HTMLTextAreaElement>(null);
  const { source, problems, found } = useSyncExternalStore(
    document.subscribe,
    document.state,
    document.state,
  );
  const crlf = /\r\n/.test(source);
  const shown = [...problems, ...found];
  return (
    <div className={styles.whole}>
      <textarea
        ref={area}
        aria-label="The notebook as it stands in its file"
        aria-describedby="whole-problems"
        aria-invalid={problems.length > 0}
        value={source.replaceAll("\r\n", "\n")}
        spellCheck={false}
        wrap="soft"
        onChange={({ target }) => document.write(crlf ? target.value.replaceAll("\n", "\r\n") : target.value)}
      />
      <div id="whole-problems" role="status" aria-label="Problems of the notebook">
        <ProblemLines
          problems={shown}
          onGoTo={({ line, column }) => selectLine(area.current, line, column)}
        />
      </div>
    </div>
  );
}
