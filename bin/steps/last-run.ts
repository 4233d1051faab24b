import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { PageTraces } from "../../lib/pages/trace.ts";
import { listFiles } from "./file-set.ts";

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
  const states: Record<string, string> = {};
  for (const path of folders.flatMap((folder) => listFiles(root, folder))) {
    const { size, mtimeMs } = statSync(join(root, path));
    states[path] = `${size} ${mtimeMs}`;
  }
  return states;
}

/** Whether two sets of files are the same ones in the same state. */
export function sameStates(a: FileStates, b: FileStates): boolean {
  const paths = Object.keys(a);
  return paths.length === Object.keys(b).length && paths.every((path) => a[path] === b[path]);
}
