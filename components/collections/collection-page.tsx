"use client";

import { type FormEvent, type ReactNode, useRef, useState } from "react";
import {
  type Collection,
  findRequest,
  MOST_COLLECTION_BYTES,
  problemOfName,
  readCollection,
  type SavedRequest,
  withoutRequest,
  withRequest,
  writeCollection,
} from "../../lib/workspace/collection.ts";
import { nameSecrets, redact } from "../../lib/workspace/secrets.ts";
import historyStyles from "../history/history.module.css";
import { sendToPage } from "../run/incoming.ts";
import { useRouter } from "../shell/router.ts";
import { saveJson } from "../shell/save-file.ts";
import { type Change, changeCollection, reloadCollection, rememberOpened } from "./collection-store.ts";
import styles from "./collections.module.css";
import { ConflictNote } from "./conflict-note.tsx";
import { useCollection } from "./use-collection.ts";

interface Said {
  readonly text: string;
  readonly problem: boolean;
  /** Takes back what was done. */
  readonly undo?: Change;
}

/** The requests that were saved under a name. `pages`: the page of each method of the API, by its full name. */
export function CollectionPage({ pages }: { readonly pages: Readonly<Record<string, string>> }) {
  const router = useRouter();
  const state = useCollection();
  const file = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState<Said | null>(null);
  const [renaming, setRenaming] = useState<SavedRequest | null>(null);
  /** The name that was just given: its row is a new one, and takes the focus. */
  const [renamed, setRenamed] = useState<string | null>(null);

  async function attempt(change: Change, done: string, undo?: Change): Promise<boolean> {
    const outcome = await changeCollection(change);
    if (outcome.kind === "problem") setSaid({ text: outcome.message, problem: true });
    else if (outcome.kind === "conflict") setSaid(null);
    else setSaid({ text: done, problem: false, ...(undo === undefined ? {} : { undo }) });
    return outcome.kind === "ok";
  }

  function open(saved: SavedRequest, href: string) {
    rememberOpened(saved.method, saved);
    sendToPage(saved.method, {
      request: { text: saved.request, bytes: saved.bytes },
      origin: { from: `The saved request “${saved.name}”`, notes: [] },
    });
    router.push(href);
  }

  async function importFile(chosen: File | undefined) {
    if (chosen === undefined) return;
    if (chosen.size > MOST_COLLECTION_BYTES) {
      return setSaid({ text: `${chosen.name} is larger than 1 MiB.`, problem: true });
    }
    const reading = readCollection(await chosen.text());
    if (reading.kind === "problem") {
      return setSaid({ text: `${chosen.name}, ${reading.message}`, problem: true });
    }
    const { requests } = reading.collection;
    const found = requests.flatMap(({ request }) => redact(request).found);
    const left = found.length === 0 ? "" : ` What looks like ${nameSecrets(found)} was left out.`;
    await attempt(
      (before) =>
        requests.reduce(
          (all, saved) => withRequest(all, { ...saved, request: redact(saved.request).text }),
          before,
        ),
      `${requests.length} requests imported; those of the same folder and name were replaced.${left}`,
    );
  }

  const tools = (collection: Collection | null): ReactNode => (
    <div className={historyStyles.tools}>
      <button type="button" disabled={collection === null} onClick={() => file.current?.click()}>
        Import a file
      </button>
      <input
        ref={file}
        type="file"
        accept="application/json,.json"
        hidden
        aria-label="File to import"
        onChange={({ target }) => {
          void importFile(target.files?.[0]);
          target.value = "";
        }}
      />
      <button
        type="button"
        disabled={collection === null || collection.requests.length === 0}
        onClick={() =>
          collection !== null && saveJson("playground.collection.json", writeCollection(collection))
        }
      >
        Export
      </button>
      <button type="button" onClick={() => void reloadCollection()}>
        Read the file again
      </button>
    </div>
  );

  if (state.kind === "loading") return <p className={historyStyles.empty}>Reading the saved requests.</p>;
  if (state.kind === "unreadable") {
    return (
      <>
        <p className={historyStyles.problem} role="alert">
          The saved requests cannot be read: {state.message} The file is left as it is.
        </p>
        {tools(null)}
      </>
    );
  }
  const { collection } = state;
  const folders = [...new Set(collection.requests.map(({ folder }) => folder))];
  return (
    <>
      <p>
        {state.file === null ? (
          "This server keeps no file for them: they are gone with this page. Export them, and import them again."
        ) : (
          <>
            They are kept in <code>{state.file}</code>, in the folder where the playground was started. It is
            made to be read, reviewed and committed.
          </>
        )}
      </p>
      {tools(collection)}
      <p role="status" className={said?.problem === true ? historyStyles.problem : historyStyles.empty}>
        {said?.text ?? ""}{" "}
        {said?.undo !== undefined && (
          <button
            key={said.text}
            type="button"
            // biome-ignore lint/a11y/noAutofocus: the button that the reader pressed went with its row
            autoFocus
            onClick={() => said.undo !== undefined && void attempt(said.undo, "Undone.")}
          >
            Undo
          </button>
        )}
      </p>
      {state.conflict !== null && (
        <ConflictNote
          file={state.file ?? ""}
          conflict={state.conflict}
          theirs={collection}
          onSettled={(text, problem) => setSaid({ text, problem })}
        />
      )}
      {collection.requests.length === 0 && (
        <p className={historyStyles.empty}>
          Nothing saved yet: choose “Save request” in the menu above a method's editor.
        </p>
      )}
      {folders.map((folder) => (
        <section key={folder} aria-label={folder === "" ? "Without a folder" : folder}>
          {folder !== "" && <h2 className={styles.folder}>{folder}</h2>}
          <ul className={historyStyles.list}>
            {collection.requests
              .filter((saved) => saved.folder === folder)
              .map((saved) => {
                const href = pages[saved.method];
                return (
                  <li key={saved.name} className={styles.row}>
                    <span>
                      {saved.name}
                      <small>
                        {saved.method}
                        {href === undefined && " (not in this API)"}
                      </small>
                    </span>
                    <span className={historyStyles.actions}>
                      {href !== undefined && (
                        <button
                          type="button"
                          aria-label={`Open ${saved.name}`}
                          onClick={() => open(saved, href)}
                        >
                          Open
                        </button>
                      )}
                      <button
                        type="button"
                        aria-label={`Rename ${saved.name}`}
                        aria-expanded={renaming === saved}
                        // biome-ignore lint/a11y/noAutofocus: where the reader was before the form
                        autoFocus={renamed === saved.name}
                        onClick={() => {
                          setRenamed(null);
                          setRenaming(renaming === saved ? null : saved);
                        }}
                      >
                        Rename
                      </button>
                      <button
                        type="button"
                        aria-label={`Delete ${saved.name}`}
                        onClick={() =>
                          void attempt(
                            (before) => withoutRequest(before, saved),
                            `“${saved.name}” deleted.`,
                            (now) => withRequest(now, saved),
                          )
                        }
                      >
                        Delete
                      </button>
                    </span>
                    {renaming === saved && (
                      <RenameForm
                        saved={saved}
                        taken={(key) => findRequest(collection, key) !== undefined}
                        onDone={async (key) => {
                          if (key !== null) {
                            setRenamed(key.name);
                            const renamed = (before: Collection) =>
                              withRequest(withoutRequest(before, saved), { ...saved, ...key });
                            if (!(await attempt(renamed, `Renamed to “${key.name}”.`))) return;
                          }
                          setRenaming(null);
                        }}
                      />
                    )}
                  </li>
                );
              })}
          </ul>
        </section>
      ))}
    </>
  );
}

type Names = Pick<SavedRequest, "name" | "folder">;

function RenameForm({
  saved,
  taken,
  onDone,
}: {
  readonly saved: SavedRequest;
  readonly taken: (names: Names) => boolean;
  /** Null: left as it is. */
  readonly onDone: (names: Names | null) => void;
}) {
  const [name, setName] = useState(saved.name);
  const [folder, setFolder] = useState(saved.folder);
  const names = { name: name.trim(), folder: folder.trim() };
  const same = names.name === saved.name && names.folder === saved.folder;
  const problem =
    problemOfName(names.name, "name") ??
    problemOfName(names.folder, "folder") ??
    (!same && taken(names) ? "That name is taken in this folder." : null);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (problem !== null) return;
    if (same) leave(event.currentTarget);
    else onDone(names);
  }

  function leave(form: HTMLFormElement | null) {
    form?.closest("li")?.querySelector<HTMLElement>("[aria-expanded]")?.focus();
    onDone(null);
  }

  return (
    <form onSubmit={submit} onKeyDown={(event) => event.key === "Escape" && leave(event.currentTarget)}>
      <input
        aria-label="New name"
        // biome-ignore lint/a11y/noAutofocus: the reader asked for this field
        autoFocus
        value={name}
        onChange={({ target }) => setName(target.value)}
      />
      <input
        aria-label="Folder"
        placeholder="no folder"
        value={folder}
        onChange={({ target }) => setFolder(target.value)}
      />
      <span className={historyStyles.actions}>
        <button type="submit" disabled={problem !== null}>
          Rename
        </button>
        <button type="button" onClick={({ currentTarget }) => leave(currentTarget.form)}>
          Leave it
        </button>
      </span>
      <span role="status" className={historyStyles.problem}>
        {problem ?? ""}
      </span>
    </form>
  );
}
