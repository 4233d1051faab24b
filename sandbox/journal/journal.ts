import { join } from "node:path";
import { crc32 } from "node:zlib";
import type { Operation } from "../ledger/operations.ts";
import { Refusal } from "../ledger/refusal.ts";
import type { WorldState } from "../ledger/state.ts";
import type { Disk, GrowingFile } from "./disk.ts";
import { readPlain, writePlain } from "./plain.ts";

/** A world as it was kept: its last snapshot, and the operations since. */
export interface Kept {
  readonly snapshot: Snapshot | null;
  readonly operations: readonly Operation[];
}

/** A world's state after its first `number` operations. */
export interface Snapshot {
  readonly number: number;
  readonly state: WorldState;
}

/**
 * What happened in one world, in its own folder: `journal`, a line for each operation, and `snapshot`, the state at some
 * point of it. A line is `crc32 json`. An operation is on the disk before it is carried out; one that could not be written
 * is refused. A last line that is not whole was never acknowledged and is dropped.
 */
export class Journal {
  readonly snapshotEvery: number;
  readonly #disk: Disk;
  readonly #path: string;
  readonly #snapshotPath: string;
  #file: GrowingFile | null = null;
  #bytes = 0;
  #torn = false;

  constructor(disk: Disk, folder: string, snapshotEvery = 1_000) {
    this.snapshotEvery = snapshotEvery;
    this.#disk = disk;
    this.#path = join(folder, "journal");
    this.#snapshotPath = join(folder, "snapshot");
  }

  /** Reads what there is, and makes the journal ready to be written. Throws where it was damaged before its end. */
  open(): Kept {
    const snapshot = this.#readSnapshot();
    const { operations, bytes, whole } = this.#readOperations();
    this.#file = this.#disk.grow(this.#path);
    if (!whole) this.#file.cut(bytes);
    this.#bytes = bytes;
    const after = operations.filter(({ number }) => number > (snapshot?.number ?? 0));
    const first = after[0];
    if (first !== undefined && first.number !== (snapshot?.number ?? 0) + 1) {
      throw new Error(damaged(this.#path, `operation ${first.number} is the first after the snapshot`));
    }
    return { snapshot, operations: after };
  }

  /** Keeps an operation that is about to be carried out. Refuses it where the disk does not take it. */
  append(operation: Operation): void {
    const file = this.#file;
    if (file === null) throw new Error("the journal is not open");
    const line = encodeLine(operation);
    try {
      if (this.#torn) file.cut(this.#bytes);
      this.#torn = true;
      file.append(line);
      this.#torn = false;
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? "an unknown error";
      throw new Refusal(
        `the sandbox could not write its journal (${code}), so nothing was changed: make room on the disk, or start it with --ephemeral`,
      );
    }
    this.#bytes += line.length;
  }

  /** Puts the state in the place of all that led to it. A crash in between leaves both, which is the same. */
  compact(snapshot: Snapshot): void {
    const text = writePlain(snapshot);
    this.#disk.replace(this.#snapshotPath, Buffer.from(`${checksum(text)} ${text}\n`));
    this.#file?.cut(0);
    this.#bytes = 0;
    this.#torn = false;
  }

  close(): void {
    this.#file?.close();
    this.#file = null;
  }

  #readSnapshot(): Snapshot | null {
    const bytes = this.#disk.read(this.#snapshotPath);
    if (bytes === null) return null;
    const snapshot = decodeLine(Buffer.from(bytes).toString().trimEnd());
    if (snapshot === null) throw new Error(damaged(this.#snapshotPath, "its checksum does not fit"));
    return snapshot as Snapshot;
  }

  #readOperations(): { readonly operations: Operation[]; readonly bytes: number; readonly whole: boolean } {
    const all = Buffer.from(this.#disk.read(this.#path) ?? []);
    const operations: Operation[] = [];
    let bytes = 0;
    while (bytes < all.length) {
      const end = all.indexOf("\n", bytes);
      const operation = end < 0 ? null : decodeLine(all.toString("utf8", bytes, end));
      if (operation === null) {
        const isLast = end < 0 || end === all.length - 1;
        if (isLast) return { operations, bytes, whole: false };
        throw new Error(damaged(this.#path, `line ${operations.length + 1} is not what was written`));
      }
      operations.push(operation as Operation);
      bytes = end + 1;
    }
    return { operations, bytes, whole: true };
  }
}

function encodeLine(operation: Operation): Buffer {
  const text = writePlain(operation);
  return Buffer.from(`${checksum(text)} ${text}\n`);
}

/** The value of a line, or null where the line is not whole. */
function decodeLine(line: string): unknown {
  const text = line.slice(9);
  return line[8] === " " && line.slice(0, 8) === checksum(text) ? readPlain(text) : null;
}

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, "0");
}

function damaged(path: string, why: string): string {
  return `${path} is damaged: ${why}. Move the folder away to begin a new world, or bring back a copy.`;
}
