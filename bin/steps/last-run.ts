import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { PageTraces } from "../../lib/pages/trace.ts";
import { type FileChanges, listFiles } from "./file-set.ts";

/** What a run of `generate` leaves for the next one, so that it need not do again what would come out the same. */
export interface LastRun {
  /** Hash of the code that made the files: with other code nothing is known of them. */
  readonly code: string;
  /** Hash of all that the files follow from. */
  readonly inputs: string;
  readonly files: FileStates;
  /** By id. */
  readonly apis: Readonly<Record<string, LastApi>>;
}

/** What is known of the files of one API. */
export interface LastApi {
  readonly pages: PageTraces;
  /** Method → hash of what its slice and docs follow from. */
  readonly schemas: Readonly<Record<string, string>>;
}

/** Path → size and time of change: one that was edited, replaced or touched differs. */
export type FileStates = Readonly<Record<string, string>>;

/** The last run, or null where there was none or its file is not one. */
export function readLastRun(file: string): LastRun | null {
  if (!existsSync(file)) return null;
  try {
    const run: unknown = JSON.parse(readFileSync(file, "utf8"));
    return typeof run === "object" && run !== null && "files" in run && "apis" in run
      ? (run as LastRun)
      : null;
  } catch {
    return null;
  }
}

/** The state of each file below the folders. */
export function fileStates(root: string, folders: readonly string[]): FileStates {
  const paths = folders.flatMap((folder) => listFiles(root, folder));
  return Object.fromEntries(paths.map((path) => [path, stateOf(root, path)]));
}

/** The states of files that were `before`, once changes to them were carried out. */
export function statesAfter(root: string, before: FileStates, { written, deleted }: FileChanges): FileStates {
  const states = new Map(Object.entries(before));
  for (const path of written) states.set(path, stateOf(root, path));
  for (const path of deleted) states.delete(path);
  return Object.fromEntries(states);
}

function stateOf(root: string, path: string): string {
  const { size, mtimeMs } = statSync(join(root, path));
  return `${size} ${mtimeMs}`;
}

/** Whether two sets of files are the same ones in the same state. */
export function sameStates(a: FileStates, b: FileStates): boolean {
  const paths = Object.keys(a);
  return paths.length === Object.keys(b).length && paths.every((path) => a[path] === b[path]);
}
