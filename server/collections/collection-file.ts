import { createHash, randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, open, realpath, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { MOST_COLLECTION_BYTES } from "../../lib/workspace/collection.ts";

/** A collection's file as it is on disk. `version` names its content; null where there is no file yet. */
export interface FileContent {
  readonly text: string | null;
  readonly version: string | null;
}

export type FileReading = ({ readonly kind: "ok" } & FileContent) | FileProblem;

export type FileWriting =
  | { readonly kind: "ok"; readonly version: string }
  /** The file is not what `version` named: it was changed on disk meanwhile. Nothing was written. */
  | ({ readonly kind: "changed" } & FileContent)
  | FileProblem;

/** `message` says what is wrong with the file and what to do. It names the file, not its folder. */
export interface FileProblem {
  readonly kind: "problem";
  readonly message: string;
}

/** The one file that named requests are kept in. It is made when it is first written. */
export class CollectionFile {
  /** For display: the file's name without its folder. */
  readonly name: string;
  readonly #path: string;
  /** Writes go one by one: each compares and replaces. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(path: string) {
    this.#path = path;
    this.name = basename(path);
  }

  async read(): Promise<FileReading> {
    try {
      return { kind: "ok", ...(await readContent(this.#path)) };
    } catch (cause) {
      return this.#problem(cause, "read");
    }
  }

  /** Replaces the file, where its content is still the one that `version` names. A reader never sees a half of it. */
  write(text: string, version: string | null): Promise<FileWriting> {
    const writing = this.#last.then(() => this.#write(text, version));
    this.#last = writing;
    return writing;
  }

  async #write(text: string, version: string | null): Promise<FileWriting> {
    try {
      const before = await readContent(this.#path);
      if (before.version !== version) return { kind: "changed", ...before };
      // Where the file is a link, what it leads to is replaced.
      await replace(before.version === null ? this.#path : await realpath(this.#path), text);
      return { kind: "ok", version: versionOf(text) };
    } catch (cause) {
      return this.#problem(cause, "written");
    }
  }

  #problem(cause: unknown, verb: "read" | "written"): FileProblem {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
    if (code === "") throw cause;
    return {
      kind: "problem",
      message: `${this.name} cannot be ${verb}: ${REASONS[code] ?? `the system says ${code}`}.`,
    };
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "its permissions do not allow it",
  EPERM: "its permissions do not allow it",
  EROFS: "the disk is read-only",
  ENOSPC: "the disk is full",
  ENOENT: "its folder does not exist",
  EISDIR: "it is a folder",
  NOT_PLAIN: "it is not a plain file",
  TOO_LARGE: `it is larger than ${MOST_COLLECTION_BYTES >> 20} MiB`,
  NOT_TEXT: "it is not UTF-8 text",
};

async function readContent(path: string): Promise<FileContent> {
  let file: FileHandle;
  try {
    // A pipe would hold the reader until somebody writes to it.
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return { text: null, version: null };
    throw cause;
  }
  try {
    const stat = await file.stat();
    if (stat.isDirectory()) throw withCode("EISDIR");
    if (!stat.isFile()) throw withCode("NOT_PLAIN");
    if (stat.size > MOST_COLLECTION_BYTES) throw withCode("TOO_LARGE");
    const text = decode(await file.readFile());
    return { text, version: versionOf(text) };
  } finally {
    await file.close();
  }
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw withCode("NOT_TEXT");
  }
}

/** Writes beside the file and takes its place, so that it is the old or the new one whenever the power fails. */
async function replace(path: string, text: string): Promise<void> {
  const beside = join(dirname(path), `.${basename(path)}.${randomUUID()}`);
  try {
    const mode = await modeOf(path);
    const file = await open(beside, "wx", mode ?? 0o644);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (cause) {
    await rm(beside, { force: true });
    throw cause;
  }
}

async function modeOf(path: string): Promise<number | null> {
  let file: FileHandle;
  try {
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch {
    return null;
  }
  try {
    return (await file.stat()).mode & 0o777;
  } finally {
    await file.close();
  }
}

function versionOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}

function withCode(code: string): Error {
  return Object.assign(new Error(code), { code });
}
