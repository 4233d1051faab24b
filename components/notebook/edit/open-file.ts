import { MAX_NOTEBOOK_LENGTH, parseNotebook } from "../../../lib/notebook/parse-notebook.ts";
import { redactNotebook } from "../../../lib/notebook/redact-notebook.ts";
import { keepOwn, newOwnId } from "../own-store.ts";
import type { Making } from "./document-actions.ts";

/** What a new notebook begins as. */
const BLANK = `---
title: My notebook
description: What it shows, in one sentence.
---

Write here what it is about. Add calls, values and checks with the buttons between the cells.
`;

/** Takes a file as a notebook of the reader's own. Nothing of it runs, and nothing can until its reader says so. */
export async function openFile(file: File): Promise<Making> {
  if (file.size > MAX_NOTEBOOK_LENGTH) {
    const message = `${file.name} is not opened: it has ${file.size.toLocaleString("en-US")} bytes, and a notebook at most ${MAX_NOTEBOOK_LENGTH.toLocaleString("en-US")}.`;
    return { kind: "problem", message };
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
    return keep(redactNotebook(text).source, file.name, true, file.name);
  } catch {
    return { kind: "problem", message: `${file.name} is not opened: it is no text in UTF-8.` };
  }
}

/** Begins a notebook. */
export function newNotebook(): Making {
  return keep(BLANK, null, false, "My notebook");
}

function keep(source: string, from: string | null, inert: boolean, otherwise: string): Making {
  const reading = parseNotebook(source);
  const { title, description } =
    reading.kind === "ok" ? reading.notebook.info : { title: otherwise, description: "" };
  const id = newOwnId();
  const problem = keepOwn({ id, source, title, description, changedAt: Date.now(), from, inert });
  return problem === null ? { kind: "ok", id } : { kind: "problem", message: problem };
}
