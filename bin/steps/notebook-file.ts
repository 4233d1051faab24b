import { readFile, stat } from "node:fs/promises";
import { checkNotebook } from "../../lib/notebook/check-notebook.ts";
import type { Notebook } from "../../lib/notebook/notebook.ts";
import { MAX_NOTEBOOK_LENGTH, parseNotebook } from "../../lib/notebook/parse-notebook.ts";
import type { StoredReply } from "../../lib/notebook/stored-reply.ts";
import { cellLines, problemLines, summaryLine } from "./notebook-lines.ts";
import { outputsFile, readOutputs, type StoredOutputs, writeOutputs } from "./notebook-outputs.ts";
import type { CellReport, FileProblem, NotebookReport } from "./notebook-report.ts";
import { hasPassed } from "./notebook-report.ts";
import { runNotebook } from "./notebook-run.ts";
import type { NotebookServer } from "./notebook-server.ts";
import { refusedWrite } from "./notebook-writes.ts";

/** A file that is a notebook, or what is wrong with it. */
export type NotebookFile =
  | { readonly kind: "notebook"; readonly notebook: Notebook }
  | { readonly kind: "problems"; readonly problems: readonly FileProblem[] };

/** Reads a notebook; nothing of it runs. A file that is too long to be one is not read. */
export async function readNotebookFile(path: string): Promise<NotebookFile> {
  const problem = (message: string): NotebookFile => ({
    kind: "problems",
    problems: [{ line: null, column: null, message }],
  });
  let source: string;
  try {
    // A character takes up to four bytes.
    const { size } = await stat(path);
    if (size > 4 * MAX_NOTEBOOK_LENGTH) return problem(`a notebook is not ${size} bytes long`);
    source = await readFile(path, "utf8");
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    return problem(code === "ENOENT" ? "there is no such file" : `it cannot be read (${code})`);
  }
  const read = parseNotebook(source);
  return read.kind === "ok" ? { kind: "notebook", notebook: read.notebook } : read;
}

export interface RunFileOptions {
  /** The path, and the file as it was named. */
  readonly path: string;
  readonly file: string;
  readonly notebook: Notebook;
  readonly server: NotebookServer;
  /** Write what was replied in place of comparing it. */
  readonly update: boolean;
  /** Takes what is said while it runs. */
  readonly log: (lines: string) => void;
  readonly signal?: AbortSignal;
}

/** Checks a notebook and runs it. With a problem in it, or a write that is not allowed, none of its calls is made. */
export async function runNotebookFile(options: RunFileOptions): Promise<NotebookReport> {
  const { path, file, notebook, server, update, log, signal } = options;
  const profile = server.profile.label;
  const isSandbox = server.profile.kind === "sandbox";
  log(`${file} on ${profile}`);
  const started = performance.now();
  const end = (problems: readonly FileProblem[], cells: readonly CellReport[]): NotebookReport => {
    const report = { file, notebook, profile, problems, cells, ms: performance.now() - started };
    for (const line of problemLines(report)) log(line);
    if (cells.length > 0) log(summaryLine(report));
    return report;
  };
  const problems = [...checkNotebook(notebook, server.apis), ...(await refusedWrites(notebook, server))];
  if (problems.length > 0) return end(problems, []);

  // Another daemon's replies are its own.
  let stored: StoredOutputs | null = null;
  if (isSandbox && !update) {
    stored = readOutputs(path);
    if (stored === null) log(`  ${outputsFile(file)} is not there: replies are not compared`);
  }
  const cells = await runNotebook(notebook, server, {
    stored,
    onCell: (cell) => log(cellLines(file, cell, server.apis.registry)),
    ...(signal !== undefined && { signal }),
  });
  const kept = new Map(
    cells.flatMap((cell): [string, StoredReply][] => (cell.stored === null ? [] : [[cell.id, cell.stored]])),
  );
  const report = end(stored === null ? [] : leftOver(file, stored, cells), cells);
  if (update && isSandbox) {
    if (!hasPassed(report)) log(`  ${outputsFile(file)} is left as it is: not every cell passed`);
    else log(`  ${outputsFile(file)} ${writeOutputs(path, kept) ? "is written" : "is as it was"}`);
  }
  return report;
}

/** Writes that would go to a real daemon, where nobody allowed them. */
async function refusedWrites(
  notebook: Notebook,
  { host, profile, allowWrite }: NotebookServer,
): Promise<readonly FileProblem[]> {
  if (profile.writes === "free" || allowWrite) return [];
  const problems: FileProblem[] = [];
  for (const cell of notebook.cells) {
    if (!("method" in cell) || !host.serves(cell.method.text)) continue;
    if ((await host.methodOf(cell.method.text))?.access === "read") continue;
    const { line, column } = cell.method.place;
    problems.push({ line, column, message: refusedWrite(cell.method.text, profile) });
  }
  return problems;
}

/** What is stored of cells that are gone. */
function leftOver(file: string, stored: StoredOutputs, cells: readonly CellReport[]): readonly FileProblem[] {
  const ids = new Set(cells.map(({ id }) => id));
  return [...stored.cells.keys()]
    .filter((id) => !ids.has(id))
    .map((id) => ({
      line: null,
      column: null,
      message: `${outputsFile(file)} has a reply of \`${id}\`, and there is no such cell: run with --update`,
    }));
}
