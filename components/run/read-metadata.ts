import type { MetadataEntry } from "../../lib/call/call.ts";

/** The rows of the metadata text. Lines without a colon are left out; names become lower case, as HTTP/2 wants. */
export function readMetadata(text: string): MetadataEntry[] {
  return text.split("\n").flatMap((line) => {
    const colon = line.indexOf(":");
    if (colon <= 0) return [];
    return [{ name: line.slice(0, colon).trim().toLowerCase(), value: line.slice(colon + 1).trim() }];
  });
}
