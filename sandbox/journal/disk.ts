import {
  closeSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";

/** A file that only grows, unless it is cut back. */
export interface GrowingFile {
  /** On the disk when this returns. Throws the system's error, and then a part of it may be there. */
  append(bytes: Uint8Array): void;
  /** Cuts it back to so many bytes, on the disk when this returns. */
  cut(bytes: number): void;
  close(): void;
}

/** What a journal needs of a file system: a test puts one that fails, or dies, in its place. */
export interface Disk {
  /** The file's bytes, or null where there is none. */
  read(path: string): Uint8Array | null;
  grow(path: string): GrowingFile;
  /** The whole new contents or the whole old ones: never anything between, whatever happens. */
  replace(path: string, bytes: Uint8Array): void;
}

/** The file system of this machine. Folders are made where they are missing; files are readable by their owner only. */
export const realDisk: Disk = {
  read: (path) => {
    try {
      return readFileSync(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
      throw error;
    }
  },
  grow: (path) => {
    mkdirSync(dirname(path), { recursive: true });
    const file = openSync(path, "a", 0o600);
    syncFolder(path);
    return {
      append: (bytes) => {
        writeAll(file, bytes);
        fsyncSync(file);
      },
      cut: (bytes) => {
        ftruncateSync(file, bytes);
        fsyncSync(file);
      },
      close: () => closeSync(file),
    };
  },
  replace: (path, bytes) => {
    mkdirSync(dirname(path), { recursive: true });
    const beside = `${path}.new`;
    const file = openSync(beside, "w", 0o600);
    try {
      writeAll(file, bytes);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(beside, path);
    syncFolder(path);
  },
};

function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}

/** A new name is only sure to be found again once its folder is on the disk too. */
function syncFolder(path: string): void {
  const folder = openSync(dirname(path), "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
