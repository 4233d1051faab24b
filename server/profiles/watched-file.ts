import { type Stats, statSync } from "node:fs";
import { readPlainFile } from "./read-plain-file.ts";

/** A file's parsed contents with a version that changes when the file does, or why there is none. */
export type FileReading<T> =
  | { readonly kind: "ok"; readonly value: T; readonly version: string }
  | { readonly kind: "unreadable"; readonly why: string };

/**
 * A file that may be replaced while the server runs. It is looked at on every read and parsed when it has changed;
 * only good contents are remembered. The look is synchronous: a stat of a local file costs less than a turn of the
 * event loop.
 */
export class WatchedFile<T> {
  readonly path: string;
  readonly #parse: (bytes: Buffer) => T | undefined;
  readonly #otherwise: string;
  #last: Extract<FileReading<T>, { readonly kind: "ok" }> | null = null;
  #seen: Stats | null = null;

  /** `parse` gives undefined for contents that are not what the file should hold, and `otherwise` says so. */
  constructor(path: string, parse: (bytes: Buffer) => T | undefined, otherwise: string) {
    this.path = path;
    this.#parse = parse;
    this.#otherwise = otherwise;
  }

  read(): FileReading<T> {
    try {
      const seen = statSync(this.path);
      if (this.#last !== null && this.#seen !== null && isSame(seen, this.#seen)) return this.#last;
      const { ino, size, mtimeMs, ctimeMs } = seen;
      const value = this.#parse(readPlainFile(this.path));
      const version = `${ino}:${size}:${mtimeMs}:${ctimeMs}`;
      this.#last = value === undefined ? null : { kind: "ok", value, version };
      this.#seen = seen;
      return (
        this.#last ?? {
          kind: "unreadable",
          why: size === 0 ? "it is empty" : this.#otherwise,
        }
      );
    } catch (error) {
      this.#last = null;
      return { kind: "unreadable", why: whyUnreadable(error) };
    }
  }
}

function isSame(a: Stats, b: Stats): boolean {
  return a.ino === b.ino && a.size === b.size && a.mtimeMs === b.mtimeMs && a.ctimeMs === b.ctimeMs;
}

/** A file system error in a few words, without the path. */
export function whyUnreadable(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "ENOENT" || code === "ENOTDIR") return "there is no such file";
  if (code === "EACCES" || code === "EPERM") return "reading it is not permitted";
  if (code === "EISDIR") return "it is a folder";
  if (code === "NOT_PLAIN" || code === "ENXIO") return "it is a pipe or a device, not a file";
  if (code === "TOO_LARGE") return "it is larger than 1 MiB";
  return code ?? "it cannot be read";
}
