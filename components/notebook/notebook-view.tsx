"use client";

import { lazy, memo, Suspense, useEffect, useMemo, useRef, useState } from "react";
import type { Notebook, ProseCell } from "../../lib/notebook/notebook.ts";
import type { ScenarioCall } from "../../lib/reference/api-config.ts";
import { useProfiles } from "../shell/profile-context.tsx";
import styles from "./cell.module.css";
import { type CellMethods, cellMethod } from "./cell-method.ts";
import { CellView } from "./cell-view.tsx";
import { ConfirmWrite } from "./confirm-write.tsx";
import type { DocumentHome } from "./edit/document-state.ts";
import { useDocument } from "./edit/use-document.ts";
import { KeepProgress } from "./keep-progress.tsx";
import { NotebookBar } from "./notebook-bar.tsx";
import { NotebookContext } from "./notebook-context.ts";
import { leaveSession, openSession } from "./notebook-session.ts";
import { loadEditing, type NotebookMode, NotebookTools } from "./notebook-tools.tsx";
import { StartNote } from "./start-note.tsx";

const EditCells = lazy(() => loadEditing().then(({ EditCells }) => ({ default: EditCells })));
const WholeText = lazy(() =>
  import("./edit/whole-text.tsx").then(({ WholeText }) => ({ default: WholeText })),
);
const DocumentProse = lazy(() =>
  import("./edit/document-prose.tsx").then(({ DocumentProse }) => ({ default: DocumentProse })),
);

const NO_PROSE: Readonly<Record<string, string>> = {};

/** A notebook: prose and cells in reading order, and the bar that runs them. Opening it runs nothing. */
export function NotebookView({
  slug,
  own = null,
  held = false,
  notebook: given,
  prose = NO_PROSE,
  methods: known,
  scenarioCall,
  apis,
}: {
  readonly slug: string;
  /** The id of one of the reader's own; null: it is a lesson. */
  readonly own?: string | null;
  /** Whether nothing of it can be run yet. */
  readonly held?: boolean;
  /** As it came. */
  readonly notebook: Notebook;
  /** HTML of each prose cell, by its id: written from elements with every text escaped. */
  readonly prose?: Readonly<Record<string, string>>;
  readonly methods: CellMethods;
  readonly scenarioCall: ScenarioCall | null;
  /** Ids of the site's APIs. */
  readonly apis: readonly string[];
}) {
  const { current: profile } = useProfiles();
  const home = useMemo<DocumentHome>(
    () => (own === null ? { kind: "lesson", slug, original: given.source } : { kind: "own", id: own }),
    [slug, own, given],
  );
  const { opened, load } = useDocument(home, given.source, known, apis);
  const [chosen, setMode] = useState<NotebookMode>("read");
  const notebook = opened?.state.notebook ?? given;
  const methods = opened?.state.methods ?? known;
  const mode = opened !== null && opened.state.problems.length > 0 ? "text" : chosen;
  const latest = useRef(notebook);
  latest.current = notebook;
  const session = useMemo(
    () =>
      profile === null || held ? null : openSession(slug, latest.current, profile, { scenarioCall, apis }),
    [slug, profile, held, scenarioCall, apis],
  );
  useEffect(() => session?.update(notebook), [session, notebook]);
  const document = opened?.document ?? null;
  useEffect(() => {
    if (session !== null && document !== null) session.prepare = () => document.settle();
  }, [session, document]);

  const scope = useMemo(() => ({ session, profile, methods, apis }), [session, profile, methods, apis]);
  const secret = notebook.cells.some(
    (cell) => "method" in cell && cellMethod(methods, cell.method.text).safety.secretReply,
  );
  const keeps = useRef(secret);
  keeps.current = secret;
  useEffect(() => () => (session === null ? undefined : leaveSession(session, keeps.current)), [session]);
  const htmlOf = useMemo(() => {
    const cells = given.cells.filter((cell): cell is ProseCell => cell.kind === "prose");
    return new Map(cells.map((cell) => [cell.text, prose[cell.id]]));
  }, [given, prose]);
  let number = 0;
  return (
    <NotebookContext value={scope}>
      <NotebookBar cells={notebook.cells} />
      <NotebookTools
        home={home}
        notebook={notebook}
        opened={opened}
        load={load}
        mode={mode}
        onMode={setMode}
        isTemplate={slug.endsWith("-template")}
        scenarioCall={scenarioCall}
        apis={apis}
      />
      <StartNote info={notebook.info} cells={notebook.cells} scenarioCall={scenarioCall} />
      {opened !== null && mode !== "read" ? (
        <Suspense fallback={<p role="status">What edits it is loading.</p>}>
          {mode === "edit" ? (
            <EditCells document={opened.document} />
          ) : (
            <WholeText document={opened.document} />
          )}
        </Suspense>
      ) : (
        <div className={styles.cells}>
          {notebook.cells.map((cell) => {
            if (cell.kind === "prose") {
              const html = htmlOf.get(cell.text);
              if (html !== undefined) return <Prose key={cell.id} html={html} />;
              return (
                <div key={cell.id} className={styles.prose}>
                  <Suspense fallback={<p>{cell.text}</p>}>
                    <DocumentProse text={cell.text} />
                  </Suspense>
                </div>
              );
            }
            number += 1;
            return <CellView key={cell.id} cell={cell} number={number} />;
          })}
        </div>
      )}
      <ConfirmWrite />
      {own === null && opened?.state.edited !== true && <KeepProgress slug={slug} />}
    </NotebookContext>
  );
}

const Prose = memo(function Prose({ html }: { readonly html: string }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: written from elements with every text escaped
  return <div className={styles.prose} dangerouslySetInnerHTML={{ __html: html }} />;
});
