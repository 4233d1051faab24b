import { writeMessage } from "../schema/message-text.ts";
import type { SnippetRequest } from "./snippet.ts";

/** The request as ProtoJSON that every reader of it takes: proto names, 64-bit integers in quotes, bytes in base64. */
export function requestJson({ method, message, registry }: SnippetRequest): string {
  return writeMessage(method.input, message, { bytes: "base64", registry, emitDefaults: false });
}
