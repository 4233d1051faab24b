import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";

/** No certificate or macaroon is nearly as large. */
const MOST_BYTES = 1 << 20;

/**
 * The bytes of a credential's file. Throws as `node:fs` does, and with the codes `NOT_PLAIN` and `TOO_LARGE`: reading a
 * pipe would hold the whole server until somebody writes to it, and give other bytes, or none, the next time.
 */
export function readPlainFile(path: string): Buffer {
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stat = fstatSync(file);
    if (!stat.isFile() && !stat.isDirectory()) throw Object.assign(new Error(path), { code: "NOT_PLAIN" });
    if (stat.size > MOST_BYTES) throw Object.assign(new Error(path), { code: "TOO_LARGE" });
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}
