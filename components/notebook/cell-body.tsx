import { useContext, useId, useSyncExternalStore } from "react";
import type { InputCell } from "../../lib/notebook/notebook.ts";
import styles from "./cell.module.css";
import { CellEditor } from "./cell-editor.tsx";
import { type RunnableCell, shortName } from "./cell-words.ts";
import { EditSeam } from "./edit/edit-seam.ts";
import { useCellState, useNotebook } from "./notebook-context.ts";

/** What a cell says that it does: its request, its expression, its condition, or the field for the reader's value. */
export function CellBody({ cell }: { readonly cell: RunnableCell }) {
  const edits = useContext(EditSeam) !== null;
  switch (cell.kind) {
    case "call":
      return cell.requests.map((request, index) => (
        <CellEditor
          // biome-ignore lint/suspicious/noArrayIndexKey: messages have nothing but their place
          key={index}
          cell={cell.id}
          block={`request ${index}`}
          language="json"
          text={request.text}
          label={
            cell.requests.length > 1
              ? `Message ${index + 1} of ${shortName(cell.method.text)}`
              : `Request of ${shortName(cell.method.text)}`
          }
        />
      ));
    case "wait":
      return (
        <>
          {cell.requests.map((request, index) =>
            request.text.trim() === "{}" && !edits ? null : (
              <CellEditor
                // biome-ignore lint/suspicious/noArrayIndexKey: there is one
                key={index}
                cell={cell.id}
                block={`request ${index}`}
                language="json"
                text={request.text}
                label={`Request of ${shortName(cell.method.text)}`}
              />
            ),
          )}
          <p className={styles.lead}>
            Asks every {seconds(cell.everyMs)}, for at most {seconds(cell.timeoutMs)}, until
          </p>
          <CellEditor
            cell={cell.id}
            block="until"
            language="cel"
            text={cell.until.text}
            label="What it waits for"
          />
        </>
      );
    case "expression":
      return (
        <CellEditor
          cell={cell.id}
          block="expression"
          language="cel"
          text={cell.expression.text}
          label={`What ${cell.as} is`}
        />
      );
    case "check":
      return (
        <CellEditor
          cell={cell.id}
          block="condition"
          language="cel"
          text={cell.condition.text}
          label="What must hold"
        />
      );
    case "table":
      return null;
    case "chart":
      return (
        <p className={styles.lead}>
          {cell.yLabel} against {cell.xLabel}, from <code>{cell.of.text}</code>
        </p>
      );
    case "input":
      return <InputField cell={cell} />;
  }
}

/** `200 ms`, `10 s` */
function seconds(ms: number): string {
  return ms < 1_000 ? `${ms} ms` : `${ms / 1_000} s`;
}

function InputField({ cell }: { readonly cell: InputCell }) {
  const { session } = useNotebook();
  const id = useId();
  const typed = useSyncExternalStore(
    session?.subscribe ?? never,
    () => session?.inputOf(cell.id) ?? cell.value,
    () => cell.value,
  );
  const state = useCellState(cell.id);
  const problem = state.kind === "failed" ? state.failure.message : null;
  const shared = {
    id,
    value: typed,
    disabled: session === null,
    "aria-invalid": problem !== null,
    "aria-describedby": `${id}-about`,
    onChange: ({ target }: { readonly target: { readonly value: string } }) =>
      session?.setInput(cell.id, target.value),
    // What looks at what is typed is loaded with the first touch.
    onFocus: () => session?.warmUp(),
  };
  return (
    <div className={styles.input}>
      <label htmlFor={id}>{cell.label}</label>
      <div className={styles.field}>
        {cell.type === "choice" ? (
          <select {...shared}>
            {cell.choices.map((choice) => (
              <option key={choice}>{choice}</option>
            ))}
          </select>
        ) : (
          <input
            {...shared}
            type="text"
            inputMode={cell.type === "int" ? "numeric" : "text"}
            autoComplete="off"
            spellCheck={false}
            data-type={cell.type}
          />
        )}
        {cell.unit !== null && <span className={styles.unit}>{cell.unit}</span>}
        {session !== null && typed !== cell.value && (
          <button
            type="button"
            className={styles.quiet}
            onClick={() => session.setInput(cell.id, cell.value)}
          >
            Back to {cell.value}
          </button>
        )}
      </div>
      <p id={`${id}-about`} className={problem === null ? styles.hint : styles.problem} role="status">
        {problem ?? rangeOf(cell)}
      </p>
    </div>
  );
}

const never = () => () => {};

function rangeOf({ type, min, max }: InputCell): string {
  if (type === "bytes") return "Bytes as hex";
  if (type !== "int") return "";
  const [low, high] = [min, max].map((each) => each?.toLocaleString("en-US"));
  if (low !== undefined && high !== undefined) return `${low} to ${high}`;
  if (low !== undefined) return `${low} or more`;
  return high === undefined ? "" : `${high} or less`;
}
