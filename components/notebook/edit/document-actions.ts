import type { Profile } from "../../../lib/call/profile.ts";
import { copyOf, fileNameOf } from "../../../lib/notebook/edit-front-matter.ts";
import type { ExportFormat, NotebookExport } from "../../../lib/notebook/export/export-notebook.ts";
import type { Notebook } from "../../../lib/notebook/notebook.ts";
import { toNotebook } from "../../../lib/notebook/parse-notebook.ts";
import { redactNotebook } from "../../../lib/notebook/redact-notebook.ts";
import type { ScenarioCall } from "../../../lib/reference/api-config.ts";
import { saveFile } from "../../shell/save-file.ts";
import { type CellMethods, cellMethod } from "../cell-method.ts";
import { loadTypes } from "../load-types.ts";
import type { NotebookSession } from "../notebook-session.ts";
import { keepOwn, newOwnId } from "../own-store.ts";
import { notebookApis } from "./notebook-apis.ts";

/** What became of something that was asked for: the id of what there is now, or why not. */
export type Making =
  | { readonly kind: "ok"; readonly id: string }
  | { readonly kind: "problem"; readonly message: string };

/** Makes a notebook of the reader's own out of another. What nobody has let run yet is so in the copy too: `inert`. */
export function makeCopy(notebook: Notebook, inert: boolean): Making {
  const copy = toNotebook(redactNotebook(copyOf(notebook)).source);
  const id = newOwnId();
  const problem = keepOwn({
    id,
    source: copy.source,
    title: copy.info.title,
    description: copy.info.description,
    changedAt: Date.now(),
    from: `“${notebook.info.title}”`,
    inert,
  });
  return problem === null ? { kind: "ok", id } : { kind: "problem", message: problem };
}

/** Saves a notebook as a file, without what looks like a secret. Gives what there is to say of it. */
export function saveNotebook(notebook: Notebook): string {
  const { source, removed } = redactNotebook(notebook.source);
  const name = fileNameOf(notebook);
  saveFile(name, new Blob([source], { type: "text/markdown" }));
  return removed === null ? `Saved as ${name}.` : `Saved as ${name}, without ${removed}.`;
}

export interface ExportFrom {
  readonly notebook: Notebook;
  readonly profile: Profile;
  readonly session: NotebookSession | null;
  readonly methods: CellMethods;
  readonly apis: readonly string[];
  readonly scenarioCall: ScenarioCall | null;
}

/** A notebook in another form, with what it has come to on this page where the form has a place for it. */
export async function exportFrom(from: ExportFrom, format: ExportFormat): Promise<NotebookExport> {
  const { notebook, profile, session, methods, apis, scenarioCall } = from;
  const [{ exportNotebook }, { exportContext }, registry] = await Promise.all([
    import("../../../lib/notebook/export/export-notebook.ts"),
    import("../../../lib/notebook/export/export-context.ts"),
    loadTypes(apis),
  ]);
  const context = exportContext(notebook, {
    profile,
    apis: notebookApis(registry, methods),
    scenario: scenarioCall ?? undefined,
    isSecret: (name) => cellMethod(methods, name).safety.secretReply,
    run: session,
  });
  return exportNotebook(notebook, format, context, fileNameOf(notebook).replace(/\.mdx$/, ""));
}
