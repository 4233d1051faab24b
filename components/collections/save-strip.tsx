"use client";

import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { findRequest, problemOfName, withRequest } from "../../lib/workspace/collection.ts";
import { nameSecrets, redact } from "../../lib/workspace/secrets.ts";
import type { RequestText } from "../run/use-request.ts";
import styles from "../share/strip.module.css";
import { changeCollection, lastOpened, rememberOpened } from "./collection-store.ts";
import { ConflictNote } from "./conflict-note.tsx";
import { useCollection } from "./use-collection.ts";

/** Saves the request in the editor under a name. */
export function SaveStrip({
  method,
  request,
  onClose,
}: {
  readonly method: string;
  readonly request: RequestText;
  readonly onClose: () => void;
}) {
  const id = useId();
  const state = useCollection();
  const first = useRef<HTMLInputElement>(null);
  const [name, setName] = useState(lastOpened(method)?.name ?? "");
  const [folder, setFolder] = useState(lastOpened(method)?.folder ?? "");
  const [said, setSaid] = useState<{ readonly problem: boolean; readonly text: string } | null>(null);
  const [saving, setSaving] = useState(false);
  const last = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  useEffect(() => {
    if (said?.problem === false) last.current?.focus();
  }, [said]);

  const key = { name: name.trim(), folder: folder.trim() };
  const collection = state.kind === "ready" ? state.collection : null;
  const replaces = collection !== null && findRequest(collection, key) !== undefined;
  const folders = [...new Set(collection?.requests.map(({ folder }) => folder) ?? [])].filter(Boolean);

  async function save(event: FormEvent) {
    event.preventDefault();
    const problem = problemOfName(key.name, "name") ?? problemOfName(key.folder, "folder");
    if (problem !== null) {
      first.current?.focus();
      return setSaid({ problem: true, text: problem });
    }
    const { text, found } = redact(request.text);
    setSaving(true);
    const saved = { ...key, method, bytes: request.bytes, request: text };
    // Pressed before the collection was there, the button could not say that it replaces.
    let unasked = false;
    const outcome = await changeCollection((before) => {
      unasked = collection === null && findRequest(before, key) !== undefined;
      return unasked ? before : withRequest(before, saved);
    });
    setSaving(false);
    if (unasked) {
      const text = `“${key.name}” is there already. Press Replace to put this request in its place.`;
      return setSaid({ problem: true, text });
    }
    if (outcome.kind === "problem") return setSaid({ problem: true, text: outcome.message });
    if (outcome.kind === "conflict") return setSaid(null);
    rememberOpened(method, key);
    const file = state.kind === "ready" && state.file !== null ? ` in ${state.file}` : "";
    const left =
      found.length === 0 ? "" : ` It held what looks like ${nameSecrets(found)}: that was left out.`;
    setSaid({ problem: false, text: `Saved as “${key.name}”${file}.${left}` });
  }

  if (state.kind === "unreadable") {
    return (
      <div className={styles.strip}>
        <p className={styles.problem} role="status">
          The saved requests cannot be changed: {state.message}
        </p>
        <button type="button" onClick={onClose}>
          Close
        </button>
      </div>
    );
  }
  if (said?.problem === false && (state.kind !== "ready" || state.conflict === null)) {
    return (
      <div className={styles.strip}>
        <p role="status">
          {said.text}
          {state.kind === "ready" && state.file === null && " This server keeps no file: export it."}
        </p>
        <button ref={last} type="button" onClick={onClose}>
          Close
        </button>
      </div>
    );
  }
  return (
    <form className={styles.strip} aria-label="Save the request" onSubmit={(event) => void save(event)}>
      <label htmlFor={`${id}-name`}>
        Name
        <input
          ref={first}
          id={`${id}-name`}
          type="text"
          autoComplete="off"
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
      </label>
      <label htmlFor={`${id}-folder`}>
        Folder, if you like
        <input
          id={`${id}-folder`}
          type="text"
          autoComplete="off"
          list={`${id}-folders`}
          value={folder}
          onChange={({ target }) => setFolder(target.value)}
        />
        <datalist id={`${id}-folders`}>
          {folders.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
      </label>
      <button type="submit" className={styles.primary} disabled={saving}>
        {replaces ? "Replace" : "Save"}
      </button>
      <button type="button" onClick={onClose}>
        Close
      </button>
      <p role="status" className={styles.problem}>
        {said?.text ?? ""}
      </p>
      {state.kind === "ready" && state.conflict !== null && (
        <ConflictNote
          file={state.file ?? ""}
          conflict={state.conflict}
          theirs={state.collection}
          onSettled={(text, problem) => setSaid({ problem, text })}
        />
      )}
    </form>
  );
}
