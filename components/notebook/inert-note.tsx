import { type CellMethods, cellMethod } from "./cell-method.ts";
import { cellName } from "./cell-words.ts";
import type { DocumentState } from "./edit/document-state.ts";
import { keepOwn, type OwnNotebook, readOwn } from "./own-store.ts";
import styles from "./tools.module.css";

/** Of a notebook from elsewhere: where it came from, what it would do, and what lets it. */
export function InertNote({ own, state }: { readonly own: OwnNotebook; readonly state: DocumentState }) {
  const { notebook, methods, problems, lookedUp } = state;
  return (
    <aside className={styles.note} aria-label="It came from elsewhere">
      <p>
        <strong>{own.from ?? "This notebook"} came from elsewhere.</strong> Nothing of it has run, and nothing
        can until you say so. Look through it first.
      </p>
      {notebook !== null && problems.length === 0 && (
        <>
          <p role="status">{lookedUp ? wouldDo(notebook.cells, methods) : "What it calls is looked up."}</p>
          {notebook.info.scenario !== null && (
            <p>
              On a sandbox it begins the world anew, with the scenario <code>{notebook.info.scenario}</code>:
              what is in it then is gone.
            </p>
          )}
          <button type="button" onClick={() => keepOwn({ ...(readOwn(own.id) ?? own), inert: false })}>
            I have looked through it: let it run
          </button>
        </>
      )}
    </aside>
  );
}

function wouldDo(cells: NonNullable<DocumentState["notebook"]>["cells"], methods: CellMethods): string {
  const calls = cells.flatMap((cell) => (cell.kind === "call" || cell.kind === "wait" ? [cell] : []));
  // A method of which nothing is known counts as one that writes.
  const writes = calls.filter(({ method }) => cellMethod(methods, method.text).access === "write");
  const names = [...new Set(writes.map(cellName))].join(", ");
  const count = writes.length === 1 ? "1 cell writes" : `${writes.length} cells write`;
  if (writes.length === 0) return `It calls ${calls.length} times, and no cell writes.`;
  return `${count}: ${names}. Of ${calls.length} calls the others only read.`;
}
