"use client";

import { lazy, Suspense, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import type { ScenarioCall } from "../../lib/reference/api-config.ts";
import { Lead } from "../guide/landing.tsx";
import head from "../reference/page-head.module.css";
import type { CellMethods } from "./cell-method.ts";
import type { DocumentHome } from "./edit/document-state.ts";
import { type OpenedDocument, useDocument } from "./edit/use-document.ts";
import { InertNote } from "./inert-note.tsx";
import lessons from "./lessons.module.css";
import { NotebookView } from "./notebook-view.tsx";
import { type OwnNotebook, onOwnNotebooks, readOwn } from "./own-store.ts";

const WholeText = lazy(() =>
  import("./edit/whole-text.tsx").then(({ WholeText }) => ({ default: WholeText })),
);

const NO_METHODS: CellMethods = {};

interface OwnPageProps {
  readonly scenarioCall: ScenarioCall | null;
  readonly apis: readonly string[];
}

/** The notebook of the reader's own whose id stands in the fragment. */
export function OwnPage(props: OwnPageProps) {
  const id = useSyncExternalStore(onFragment, () => location.hash.slice(1), noId);
  // What this browser keeps is known when the page is here.
  const [own, setOwn] = useState<OwnNotebook | null | undefined>(undefined);
  useEffect(() => {
    const read = () => setOwn(id === null ? undefined : readOwn(id));
    read();
    return onOwnNotebooks(read);
  }, [id]);
  return (
    <>
      <header className={lessons.head}>
        <nav aria-label="Breadcrumbs" className={head.breadcrumbs}>
          <ol>
            <li>
              <a href="/notebooks">Notebooks</a>
            </li>
            <li>Yours</li>
          </ol>
        </nav>
        <h1>{own?.title ?? "A notebook of yours"}</h1>
        {own != null && own.description !== "" && <Lead>{own.description}</Lead>}
      </header>
      {own === undefined && <p role="status">It is opened.</p>}
      {own === null && (
        <p role="status">
          This browser keeps no such notebook. <a href="/notebooks#yours">Look at those that it keeps</a>, or
          open its file there.
        </p>
      )}
      {own != null && <Opened key={own.id} own={own} {...props} />}
    </>
  );
}

function Opened({ own, scenarioCall, apis }: OwnPageProps & { readonly own: OwnNotebook }) {
  const home = useMemo<DocumentHome>(() => ({ kind: "own", id: own.id }), [own.id]);
  const [source] = useState(own.source);
  const { opened, load } = useDocument(home, source, NO_METHODS, apis);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    load().catch((cause: unknown) => setProblem(cause instanceof Error ? cause.message : String(cause)));
  }, [load]);
  if (opened === null) {
    return <p role="status">{problem === null ? "It is read." : `It cannot be shown: ${problem}.`}</p>;
  }
  return (
    <>
      {own.inert && <InertNote own={own} state={opened.state} />}
      <Readable own={own} opened={opened} scenarioCall={scenarioCall} apis={apis} />
    </>
  );
}

function Readable({
  own,
  opened: { document, state },
  scenarioCall,
  apis,
}: OwnPageProps & { readonly own: OwnNotebook; readonly opened: OpenedDocument }) {
  if (state.notebook === null) {
    return (
      <>
        <p>
          It cannot be read yet: what is wrong stands below its text, each with its line and column. Mend it
          here; it is shown as soon as it can be read.
        </p>
        <Suspense>
          <WholeText document={document} />
        </Suspense>
      </>
    );
  }
  return (
    <NotebookView
      slug={`mine/${own.id}`}
      own={own.id}
      held={own.inert}
      notebook={state.notebook}
      methods={state.methods}
      scenarioCall={scenarioCall}
      apis={apis}
    />
  );
}

function onFragment(listener: () => void): () => void {
  addEventListener("hashchange", listener);
  return () => removeEventListener("hashchange", listener);
}

function noId(): string | null {
  return null;
}
