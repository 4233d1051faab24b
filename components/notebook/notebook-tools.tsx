import { type ComponentProps, lazy, Suspense, useState } from "react";
import type { Notebook } from "../../lib/notebook/notebook.ts";
import type { ScenarioCall } from "../../lib/reference/api-config.ts";
import { MenuButton, type MenuEntry } from "../run/menu-button.tsx";
import { useRouter } from "../shell/router.ts";
import type { DocumentHome } from "./edit/document-state.ts";
import type { NotebookDocument } from "./edit/notebook-document.ts";
import { closeDocument } from "./edit/open-document.ts";
import type { OpenedDocument } from "./edit/use-document.ts";
import { useNotebook } from "./notebook-context.ts";
import { forgetOwn, readOwn } from "./own-store.ts";
import styles from "./tools.module.css";

const loadActions = () => import("./edit/document-actions.ts");
const loadDialog = () => import("./edit/export-dialog.tsx");
const ExportDialog = lazy(() => loadDialog().then(({ ExportDialog }) => ({ default: ExportDialog })));

/** How a notebook is shown: to be read and run, with what edits its cells, or as the text of its file. */
export type NotebookMode = "read" | "edit" | "text";

/** What makes a notebook the reader's own: edit, copy, save, export. */
export function NotebookTools({
  home,
  notebook,
  opened,
  load,
  mode,
  onMode,
  isTemplate,
  scenarioCall,
  apis,
}: {
  readonly home: DocumentHome;
  /** As it is now. */
  readonly notebook: Notebook;
  readonly opened: OpenedDocument | null;
  readonly load: () => Promise<NotebookDocument>;
  readonly mode: NotebookMode;
  readonly onMode: (mode: NotebookMode) => void;
  /** Whether it is there to be copied. */
  readonly isTemplate: boolean;
  readonly scenarioCall: ScenarioCall | null;
  readonly apis: readonly string[];
}) {
  const router = useRouter();
  const { session, profile, methods } = useNotebook();
  const [said, setSaid] = useState("");
  const [exporting, setExporting] = useState<ComponentProps<typeof ExportDialog> | null>(null);
  const state = opened?.state ?? null;

  function attempt(work: () => Promise<unknown>) {
    setSaid("");
    work().catch((cause: unknown) => {
      setSaid(`That did not work: ${cause instanceof Error ? cause.message : String(cause)}. Try again.`);
    });
  }

  const show = (next: NotebookMode) =>
    attempt(async () => {
      opened?.document.settle();
      if (next !== "read") await load();
      onMode(next);
    });

  const copy = () =>
    attempt(async () => {
      opened?.document.settle();
      const { makeCopy } = await loadActions();
      const inert = home.kind === "own" && readOwn(home.id)?.inert !== false;
      const made = makeCopy(opened?.document.state().notebook ?? notebook, inert);
      if (made.kind === "problem") setSaid(made.message);
      // From one of the reader's own to another only the fragment changes, and a router's push is no event of that.
      else if (home.kind === "own") location.hash = made.id;
      else router.push(`/notebooks/mine#${made.id}`);
    });

  const save = () =>
    attempt(async () => {
      opened?.document.settle();
      const { saveNotebook } = await loadActions();
      setSaid(saveNotebook(opened?.document.state().notebook ?? notebook));
    });

  async function entries(): Promise<readonly MenuEntry[]> {
    const { EXPORT_FORMATS } = await import("../../lib/notebook/export/export-notebook.ts");
    void loadDialog();
    return [
      { kind: "item", label: "Save as a file", detail: "Plain .mdx", onChoose: save },
      mode === "text"
        ? { kind: "item", label: "Show the cells", onChoose: () => show("edit") }
        : { kind: "item", label: "Edit the whole text", onChoose: () => show("text") },
      { kind: "heading", label: "Export" },
      ...EXPORT_FORMATS.map(({ id, label }) => ({
        kind: "item" as const,
        label,
        disabled: profile === null,
        onChoose: () => {
          if (profile === null) return;
          const from = { notebook, profile, session, methods, apis, scenarioCall };
          setExporting({ format: id, label, from, onClose: () => setExporting(null) });
        },
      })),
      ...(home.kind === "own"
        ? [
            { kind: "heading" as const, label: "In this browser" },
            {
              kind: "item" as const,
              label: "Delete this notebook",
              detail: "It cannot be brought back",
              onChoose: () => {
                if (!confirm(`Delete “${notebook.info.title}” from this browser?`)) return;
                forgetOwn(home.id);
                closeDocument(home);
                router.push("/notebooks");
              },
            },
          ]
        : []),
    ];
  }

  return (
    <section className={styles.tools} aria-label="This notebook">
      {mode === "read" ? (
        <button
          type="button"
          className={styles.button}
          onPointerEnter={() => void loadEditing()}
          onFocus={() => void loadEditing()}
          onClick={() => show("edit")}
        >
          Edit
        </button>
      ) : (
        <>
          <button
            type="button"
            className={styles.main}
            aria-disabled={(state?.problems.length ?? 0) > 0}
            onClick={() => (state?.problems.length ?? 0) === 0 && show("read")}
          >
            Done editing
          </button>
          <button
            type="button"
            className={styles.button}
            aria-disabled={state?.canUndo !== true}
            onClick={() => opened?.document.undo()}
          >
            Undo
          </button>
        </>
      )}
      {state?.edited === true && (
        <button type="button" className={styles.button} onClick={() => opened?.document.discard()}>
          Discard changes
        </button>
      )}
      <button type="button" className={styles.button} onFocus={() => void loadActions()} onClick={copy}>
        {isTemplate ? "Start your team’s notebook from this" : "Make a copy"}
      </button>
      <MenuButton label="More for this notebook" entries={entries}>
        More <span aria-hidden="true">▾</span>
      </MenuButton>
      <p role="status" className={styles.said}>
        {state?.notKept ?? said}
        {state?.edited === true && said === "" && state.notKept === null && (
          <>
            <strong>Edited.</strong> Your changes are kept in this browser.
          </>
        )}
      </p>
      {exporting !== null && (
        <Suspense>
          <ExportDialog {...exporting} />
        </Suspense>
      )}
    </section>
  );
}

/** What edits a notebook; loaded when it is wanted. */
export function loadEditing() {
  return import("./edit/edit-cells.tsx");
}
