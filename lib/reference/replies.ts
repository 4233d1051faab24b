import type { FileRegistry } from "@bufbuild/protobuf";
import { findMethod } from "../schema/registry.ts";
import { SourceError } from "./source-error.ts";

/** What a method answered when it was called with an example. */
export interface RecordedReply {
  /** Title of the example that was sent. */
  readonly example: string;
  /** ProtoJSON with bytes in hex, without comments. */
  readonly request: string;
  /** ProtoJSON with bytes in hex, one for each message of the reply. */
  readonly replies: readonly string[];
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
  const all: unknown = JSON.parse(json);
  if (typeof all !== "object" || all === null) return fail("expected an object");
  for (const [method, recorded] of Object.entries(all)) {
    if (findMethod(registry, method) === undefined) fail(`${method} is no method`);
    if (!isRecorded(recorded)) fail(`the reply of ${method} is not {example, request, replies}`);
  }
  return all as Readonly<Record<string, RecordedReply>>;
}

function isRecorded(value: unknown): value is RecordedReply {
  if (typeof value !== "object" || value === null) return false;
  const { example, request, replies } = value as Partial<Record<keyof RecordedReply, unknown>>;
  const isText = (each: unknown) => typeof each === "string";
  return isText(example) && isText(request) && Array.isArray(replies) && replies.every(isText);
}
