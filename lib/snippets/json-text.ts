import { writeMessage } from "../schema/message-text.ts";
import type { SnippetRequest } from "./snippet.ts";

/** The request as ProtoJSON that every reader of it takes: proto names, 64-bit integers in quotes, bytes in base64. */
export function requestJson({
  method,
  message,
  registry,
}: Pick<SnippetRequest, "method" | "message" | "registry">): string {
  return seen(writeMessage(method.input, message, { bytes: "base64", registry, emitDefaults: false }));
}

/** JSON in which what cannot be seen is written as its code: nothing hides in a text that is pasted. */
export function seen(json: string): string {
  return json.replace(/[^\P{C}\n]|[\u2028\u2029\u00a0]/gu, (hidden) =>
    Array.from({ length: hidden.length }, (_, at) => unitText(hidden.charCodeAt(at))).join(""),
  );
}

function unitText(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, "0")}`;
}
