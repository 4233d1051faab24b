import type { FileRegistry } from "@bufbuild/protobuf";
import { findMethod } from "../schema/registry.ts";
import { SourceError } from "./source-error.ts";

/** What a method answered when it was called with an example. */
export interface RecordedReply {
  /** Title of the example that was sent. */
  readonly example: string;
  /** ProtoJSON with bytes in hex, as lines: the messages of the request below each other. */
  readonly request: readonly string[];
  /** ProtoJSON with bytes in hex, as lines of two spaces a level; one for each message of the reply. */
  readonly replies: readonly (readonly string[])[];
}

/** Reads recorded replies. `file` is its path, for errors. Throws a SourceError for one of no method or of a wrong shape. */
export function readReplies(
  json: string,
  file: string,
  registry: FileRegistry,
): Readonly<Record<string, RecordedReply>> {
  const fail = (reason: string): never => {
    throw new SourceError(file, null, reason);
  };
  const { replies: all }: { readonly replies?: unknown } = JSON.parse(json);
  if (typeof all !== "object" || all === null) return fail("has no replies");
  for (const [method, recorded] of Object.entries(all)) {
    if (findMethod(registry, method) === undefined) fail(`${method} is no method`);
    if (!isRecorded(recorded)) fail(`the reply of ${method} is not {example, request, replies}`);
  }
  return all as Readonly<Record<string, RecordedReply>>;
}

function isRecorded(value: unknown): value is RecordedReply {
  if (typeof value !== "object" || value === null) return false;
  const { example, request, replies } = value as Partial<Record<keyof RecordedReply, unknown>>;
  return (
    typeof example === "string" && areLines(request) && Array.isArray(replies) && replies.every(areLines)
  );
}

function areLines(value: unknown): boolean {
  return Array.isArray(value) && value.every((line) => typeof line === "string");
}
