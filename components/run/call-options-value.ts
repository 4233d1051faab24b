import type { Compression } from "../../lib/call/call.ts";

/** One row of metadata as typed. `form`: how the value of a `-bin` name is written. */
export interface MetadataRow {
  readonly name: string;
  readonly value: string;
  readonly form: "base64" | "hex";
}

/** What a call has beside its request, as typed. */
export interface CallOptionsValue {
  /** Seconds; empty: as long as the server allows. */
  readonly deadline: string;
  readonly compression: Compression;
  readonly metadata: readonly MetadataRow[];
}

const DEFAULT_OPTIONS: CallOptionsValue = { deadline: "", compression: "identity", metadata: [] };

const kept = new Map<string, CallOptionsValue>();

/** A method's options as they were left on an earlier visit, until the page is loaded anew. They are stored nowhere. */
export function recallOptions(method: string): CallOptionsValue {
  return kept.get(method) ?? DEFAULT_OPTIONS;
}

export function keepOptions(method: string, options: CallOptionsValue): void {
  kept.set(method, options);
}

/** What is set, in a few words: `deadline 5 s · 2 metadata · gzip`. */
export function summarizeOptions({ deadline, compression, metadata }: CallOptionsValue): string {
  const rows = metadata.filter(isUsed).length;
  return [
    deadline.trim() === "" ? "" : `deadline ${deadline.trim()} s`,
    rows === 0 ? "" : `${rows} metadata`,
    compression === "identity" ? "" : compression,
  ]
    .filter((part) => part !== "")
    .join(" · ");
}

/** Whether anything stands in the row: an empty one is not sent. */
export function isUsed({ name, value }: MetadataRow): boolean {
  return name.trim() !== "" || value.trim() !== "";
}
