import { useEffect, useState } from "react";
import type { ExportFormat, NotebookExport } from "../../../lib/notebook/export/export-notebook.ts";
import modal from "../../safety/modal.module.css";
import { Modal } from "../../safety/modal.tsx";
import { saveFile } from "../../shell/save-file.ts";
import { type ExportFrom, exportFrom } from "./document-actions.ts";
import styles from "./edit.module.css";

/** Says what an export does and does not do before it is saved. */
export function ExportDialog({
  format,
  label,
  from,
  onClose,
}: {
  readonly format: ExportFormat;
  readonly label: string;
  readonly from: ExportFrom;
  readonly onClose: () => void;
}) {
  const [made, setMade] = useState<NotebookExport | string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is made once, when the dialog opens
  useEffect(() => {
    let current = true;
    exportFrom(from, format).then(
      (result) => current && setMade(result),
      (cause: unknown) => current && setMade(cause instanceof Error ? cause.message : String(cause)),
    );
    return () => {
      current = false;
    };
  }, []);
  return (
    <Modal title={`Export as ${label}`} onCancel={onClose}>
      <div role="status">
        {made === null && <p>It is being written.</p>}
        {typeof made === "string" && <p>It cannot be written: {made}</p>}
        {made !== null && typeof made !== "string" && (
          <>
            {made.notes.length > 0 && (
              <>
                <p>What it does not do as the notebook does:</p>
                <ul>
                  {made.notes.map((note) => (
                    <li key={note}>{note}</li>
                  ))}
                </ul>
              </>
            )}
            {made.setup !== "" && (
              <>
                <p>Once:</p>
                <Commands text={made.setup} />
              </>
            )}
            {made.run !== "" && (
              <>
                <p>{made.setup === "" ? "It is run with" : "Then:"}</p>
                <Commands text={made.run} />
              </>
            )}
          </>
        )}
      </div>
      <div className={modal.actions}>
        <button type="button" data-first-focus onClick={onClose}>
          Cancel
        </button>
        {made !== null && typeof made !== "string" && (
          <button
            type="button"
            className={modal.go}
            onClick={() => {
              saveFile(made.fileName, new Blob([made.text], { type: "text/plain" }));
              onClose();
            }}
          >
            Save {made.fileName}
          </button>
        )}
      </div>
    </Modal>
  );
}

function Commands({ text }: { readonly text: string }) {
  return (
    <pre className={styles.commands}>
      <code>{text}</code>
    </pre>
  );
}
