import { closeSync, fstatSync, ftruncateSync, mkdirSync, openSync, writeSync } from "node:fs";
import { dirname } from "node:path";

const MAX_BYTES = 5 * 1024 * 1024;

/** A text file that begins anew when a line would take it past 5 MB. */
export interface LogFile {
  write(line: string): void;
  close(): void;
}

/** Opens the file for appending, making its folder. A full disk loses lines, never a call. */
export function openLogFile(path: string, maxBytes = MAX_BYTES): LogFile {
  mkdirSync(dirname(path), { recursive: true, mode: 0o755 });
  const file = openSync(path, "a", 0o644);
  let size = fstatSync(file).size;
  return {
    write: (line) => {
      const bytes = Buffer.from(`${line}\n`, "utf8");
      try {
        if (size + bytes.length > maxBytes) {
          ftruncateSync(file, 0);
          size = 0;
        }
        size += writeSync(file, bytes);
      } catch {
        // Nothing useful is left to do with a line that cannot be written.
      }
    },
    close: () => closeSync(file),
  };
}
