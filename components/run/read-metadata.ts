import type { MetadataEntry } from "../../lib/call/call.ts";
import { fromBase64, fromHex, toBase64 } from "../../lib/schema/bytes-text.ts";
import { isUsed, type MetadataRow } from "./call-options-value.ts";

export type MetadataReading =
  | { readonly kind: "ok"; readonly entries: readonly MetadataEntry[] }
  /** `row`: the first that cannot be sent, from 0. */
  | { readonly kind: "problem"; readonly row: number; readonly message: string };

export type RowReading =
  | { readonly kind: "ok"; readonly entry: MetadataEntry }
  | { readonly kind: "problem"; readonly message: string };

/** Names that the connection sets itself: a browser or the bridge would drop them without a word. */
const NOT_OURS =
  /^(host|cookie|connection|te|trailer|origin|referer|user-agent|upgrade|via|date|expect|accept|(accept|access-control|connect|content|grpc|if|proxy|sec|x-forwarded|x-playground)-.*)$/;

/** The rows as they are sent, or the first that cannot be. Rows without name and value are left out. */
export function readMetadata(rows: readonly MetadataRow[]): MetadataReading {
  const entries: MetadataEntry[] = [];
  for (const [at, row] of rows.entries()) {
    if (!isUsed(row)) continue;
    const reading = readRow(row);
    if (reading.kind === "problem") {
      return { kind: "problem", row: at, message: `metadata row ${at + 1}: ${reading.message}` };
    }
    entries.push(reading.entry);
  }
  return { kind: "ok", entries };
}

/** One row as it is sent. Its name becomes lower case, as HTTP/2 wants, and the bytes of a `-bin` name base64. */
export function readRow(row: MetadataRow): RowReading {
  const name = row.name.trim().toLowerCase();
  const value = row.value.trim();
  if (name === "") return problem("give it a name.");
  if (!/^[0-9a-z_.-]+$/.test(name)) return problem(`"${name}" is no name: use a-z, 0-9, "-", "_" and ".".`);
  if (NOT_OURS.test(name)) return problem(`${name} is set by the connection, not by a call: remove it.`);
  if (isBinary(name)) {
    const bytes = row.form === "hex" ? fromHex(value.replace(/\s+/g, "")) : fromBase64(value);
    return bytes === null
      ? problem(`${name} holds bytes: give its value as ${row.form}.`)
      : { kind: "ok", entry: { name, value: toBase64(bytes) } };
  }
  return /^[\x20-\x7e]*$/.test(value)
    ? { kind: "ok", entry: { name, value } }
    : problem(`the value of ${name} is not printable ASCII: name it ${name}-bin and give its bytes.`);
}

/** Whether values of this name are bytes. */
export function isBinary(name: string): boolean {
  return name.trim().toLowerCase().endsWith("-bin");
}

function problem(message: string): RowReading {
  return { kind: "problem", message };
}
