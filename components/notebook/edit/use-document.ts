import { useCallback, useEffect, useState, useSyncExternalStore } from "react";
import type { CellMethods } from "../cell-method.ts";
import { readDraft } from "../own-store.ts";
import type { DocumentHome, DocumentState } from "./document-state.ts";
import type { NotebookDocument } from "./notebook-document.ts";
import { openDocument, openedDocument } from "./open-document.ts";

const never = () => () => {};

export interface OpenedDocument {
  readonly document: NotebookDocument;
  readonly state: DocumentState;
}

/**
 * A notebook as its reader edits it; null while nobody does. What a reader has made of a lesson before is opened again by
 * itself; else nothing of what edits is loaded before `load`.
 */
export function useDocument(
  home: DocumentHome,
  source: string,
  methods: CellMethods,
  apis: readonly string[],
): { readonly opened: OpenedDocument | null; readonly load: () => Promise<NotebookDocument> } {
  const [document, setDocument] = useState(() => openedDocument(home));
  const load = useCallback(async () => {
    const draft = home.kind === "lesson" ? readDraft(home.slug) : null;
    const loaded = await openDocument(home, draft ?? source, methods, apis);
    setDocument(loaded);
    return loaded;
  }, [home, source, methods, apis]);

  useEffect(() => {
    const draft = home.kind === "lesson" && document === null ? readDraft(home.slug) : null;
    if (draft === null) return;
    let current = true;
    openDocument(home, draft, methods, apis).then(
      (loaded) => current && setDocument(loaded),
      // The lesson is read as it came then; the draft stays kept.
      () => {},
    );
    return () => {
      current = false;
    };
  }, [home, document, methods, apis]);

  const state = useSyncExternalStore(
    document?.subscribe ?? never,
    () => document?.state() ?? null,
    () => null,
  );
  return { opened: document === null || state === null ? null : { document, state }, load };
}
