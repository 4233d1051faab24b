"use client";

import { memo, useEffect, useMemo } from "react";
import type { Notebook } from "../../lib/notebook/notebook.ts";
import type { ScenarioCall } from "../../lib/reference/api-config.ts";
import { useProfiles } from "../shell/profile-context.tsx";
import styles from "./cell.module.css";
import { type CellMethods, cellMethod } from "./cell-method.ts";
import { CellView } from "./cell-view.tsx";
import { ConfirmWrite } from "./confirm-write.tsx";
import { KeepProgress } from "./keep-progress.tsx";
import { NotebookBar } from "./notebook-bar.tsx";
import { NotebookContext } from "./notebook-context.ts";
import { leaveSession, openSession } from "./notebook-session.ts";
import { StartNote } from "./start-note.tsx";

/** A notebook: prose and cells in reading order, and the bar that runs them. Opening it runs nothing. */
export function NotebookView({
  slug,
  notebook,
  prose,
  methods,
  scenarioCall,
  apis,
}: {
  readonly slug: string;
  readonly notebook: Notebook;
  /** HTML of each prose cell, by its id: written from elements with every text escaped. */
  readonly prose: Readonly<Record<string, string>>;
  readonly methods: CellMethods;
  readonly scenarioCall: ScenarioCall | null;
  /** Ids of the site's APIs. */
  readonly apis: readonly string[];
}) {
  const { current: profile } = useProfiles();
  const session = useMemo(
    () => (profile === null ? null : openSession(slug, notebook, profile, { scenarioCall, apis })),
    [slug, notebook, profile, scenarioCall, apis],
  );
  const scope = useMemo(() => ({ session, profile, methods }), [session, profile, methods]);
  const secret = notebook.cells.some(
    (cell) => "method" in cell && cellMethod(methods, cell.method.text).safety.secretReply,
  );
  useEffect(() => () => (session === null ? undefined : leaveSession(session, secret)), [session, secret]);
  let number = 0;
  return (
    <NotebookContext value={scope}>
      <NotebookBar cells={notebook.cells} />
      <StartNote info={notebook.info} cells={notebook.cells} scenarioCall={scenarioCall} />
      <div className={styles.cells}>
        {notebook.cells.map((cell) => {
          if (cell.kind === "prose") {
            return <Prose key={cell.id} html={prose[cell.id] ?? ""} />;
          }
          number += 1;
          return <CellView key={cell.id} cell={cell} number={number} />;
        })}
      </div>
      <ConfirmWrite />
      <KeepProgress slug={slug} />
    </NotebookContext>
  );
}

const Prose = memo(function Prose({ html }: { readonly html: string }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: written from elements with every text escaped
  return <div className={styles.prose} dangerouslySetInnerHTML={{ __html: html }} />;
});
