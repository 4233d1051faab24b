import type { MetadataEntry } from "../../lib/call/call.ts";

export type MetadataReading =
  | { readonly kind: "ok"; readonly entries: readonly MetadataEntry[] }
  | { readonly kind: "problem"; readonly message: string };

/** Names that the connection sets itself: a browser or the bridge would drop them without a word. */
const NOT_OURS =
  /^(host|cookie|connection|te|trailer|origin|referer|user-agent|upgrade|via|date|expect|accept|(accept|access-control|connect|content|grpc|if|proxy|sec|x-forwarded|x-playground)-.*)$/;

/** The rows of the metadata text, or the first that cannot be sent. Names become lower case, as HTTP/2 wants. */
export function readMetadata(text: string): MetadataReading {
  const entries: MetadataEntry[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const colon = line.indexOf(":");
    const name = line.slice(0, Math.max(colon, 0)).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    const problem = colon < 0 ? "write name: value." : problemOf(name, value);
    if (problem !== null) return { kind: "problem", message: `metadata line ${index + 1}: ${problem}` };
    entries.push({ name, value });
  }
  return { kind: "ok", entries };
}

function problemOf(name: string, value: string): string | null {
  if (!/^[0-9a-z_.-]+$/.test(name)) return `"${name}" is no name: use a-z, 0-9, "-", "_" and ".".`;
  if (NOT_OURS.test(name)) return `${name} is set by the connection, not by a call: remove it.`;
  if (name.endsWith("-bin")) {
    return /^[0-9A-Za-z+/]*={0,2}$/.test(value) ? null : `${name} ends in -bin: give its value as base64.`;
  }
  return /^[\x20-\x7e]*$/.test(value)
    ? null
    : `the value of ${name} is not printable ASCII: name it ${name}-bin and give it as base64.`;
}
