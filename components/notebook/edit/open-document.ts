import type { CellMethods } from "../cell-method.ts";
import type { DocumentHome } from "./document-state.ts";
import type { NotebookDocument } from "./notebook-document.ts";

const documents = new Map<string, NotebookDocument>();

const keyOf = (home: DocumentHome) => (home.kind === "lesson" ? `lesson ${home.slug}` : `own ${home.id}`);

/** The document of a notebook as it was left on this page; null where it was not opened for editing. */
export function openedDocument(home: DocumentHome): NotebookDocument | null {
  return documents.get(keyOf(home)) ?? null;
}

/** Opens a notebook for editing. What reads notebooks is loaded only now. */
export async function openDocument(
  home: DocumentHome,
  source: string,
  methods: CellMethods,
  apis: readonly string[],
): Promise<NotebookDocument> {
  // What shows its prose is wanted at the same time.
  const [{ NotebookDocument }] = await Promise.all([
    import("./notebook-document.ts"),
    import("./document-prose.tsx"),
  ]);
  const opened = openedDocument(home);
  if (opened !== null) return opened;
  const document = new NotebookDocument(home, source, methods, apis);
  documents.set(keyOf(home), document);
  return document;
}

/** Forgets a document: it is read anew when it is opened again. */
export function closeDocument(home: DocumentHome): void {
  documents.delete(keyOf(home));
}
