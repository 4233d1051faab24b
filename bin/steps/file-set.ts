import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, sep } from "node:path";

/** Files by path relative to a root, with `/`. Null: the file is there and stays as it is. */
export type FileSet = ReadonlyMap<string, string | Uint8Array | null>;

/** What differs between a folder and the files it should have, sorted. */
export interface FileChanges {
  readonly written: readonly string[];
  readonly deleted: readonly string[];
}

/** The files below a folder (or the file itself) as paths relative to `root`, sorted. */
export function listFiles(root: string, path: string): string[] {
  const full = join(root, path);
  if (!existsSync(full)) {
    return [];
  }
  if (statSync(full).isFile()) {
    return [path];
  }
  return readdirSync(full, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(full.length + 1))
    .map((name) => `${path}/${name.split(sep).join("/")}`)
    .sort();
}

/** What would have to be written and deleted so that `folders` hold exactly `wanted`. Files elsewhere are only written. */
export function compareFiles(root: string, folders: readonly string[], wanted: FileSet): FileChanges {
  const written = [...wanted].filter(
    ([path, content]) => content !== null && !hasContent(join(root, path), content),
  );
  const deleted = folders.flatMap((folder) => listFiles(root, folder)).filter((path) => !wanted.has(path));
  return { written: written.map(([path]) => path).sort(), deleted: deleted.sort() };
}

/** Carries the changes out. A file that is there is replaced whole, so that a reader never sees half of one. */
export function applyChanges(root: string, changes: FileChanges, wanted: FileSet): void {
  const folders = new Set<string>();
  for (const path of changes.written) {
    const full = join(root, path);
    const folder = dirname(full);
    if (!folders.has(folder)) mkdirSync(folder, { recursive: true });
    folders.add(folder);
    writeWhole(full, wanted.get(path) ?? "");
  }
  for (const path of changes.deleted) {
    rmSync(join(root, path));
    removeEmptyParents(root, dirname(path));
  }
}

/** A hash over the names and contents of all files at or below the paths. */
export function hashFiles(root: string, paths: readonly string[]): string {
  const hash = createHash("sha256");
  for (const file of paths.flatMap((path) => listFiles(root, path))) {
    const content = readFileSync(join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

function writeWhole(path: string, content: string | Uint8Array): void {
  try {
    writeFileSync(path, content, { flag: "wx" });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    const temporary = `${path}.${process.pid}.tmp`;
    writeFileSync(temporary, content);
    renameSync(temporary, path);
  }
}

function hasContent(path: string, content: string | Uint8Array): boolean {
  return existsSync(path) && readFileSync(path).equals(Buffer.from(content));
}

function removeEmptyParents(root: string, folder: string): void {
  if (folder !== "." && readdirSync(join(root, folder)).length === 0) {
    rmSync(join(root, folder), { recursive: true });
    removeEmptyParents(root, dirname(folder));
  }
}
