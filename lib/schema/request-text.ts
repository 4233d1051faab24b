import { type DescMessage, fromJson, type Message, type Registry, toBinary } from "@bufbuild/protobuf";
import type { Node } from "jsonc-parser";
import type { BytesForm } from "../call/call.ts";
import type { Problem } from "./problem.ts";
import { messageOf, messageValue } from "./request-message.ts";
import { type ReadBytes, type Reading, startReading } from "./request-reading.ts";
import { parseRequest } from "./request-syntax.ts";

export interface RequestOptions {
  /** How `bytes` fields are written in the text. */
  readonly bytes: BytesForm;
  /** Types for `google.protobuf.Any` and extensions. */
  readonly registry: Registry;
}

export type RequestReading =
  | {
      readonly kind: "ok";
      readonly message: Message;
      readonly wire: Uint8Array;
      /** What is allowed and still worth a look. */
      readonly warnings: readonly Problem[];
    }
  /** At least one is an error. In the order of their offsets. */
  | { readonly kind: "problems"; readonly problems: readonly Problem[] };

/** A reading with the tree that it was made from: what an editor needs to speak of places in the text. */
export interface RequestTreeReading {
  readonly result: RequestReading;
  /** What could be parsed; null where nothing could. */
  readonly root: Node | null;
  /** Every `bytes` value that could be read, in the text's order. */
  readonly bytesRead: readonly ReadBytes[];
}

/**
 * Reads a request's text into the message to send. The text is ProtoJSON with field names as in the proto file or in
 * lowerCamelCase, comments and trailing commas; integers are exact, bare or in quotes; `bytes` are in the form of the
 * options, or after a prefix of their own (`BytesLens`). Never throws for a text.
 */
export function readRequest(text: string, desc: DescMessage, options: RequestOptions): RequestReading {
  return readRequestTree(text, desc, options).result;
}

/** The same with the tree. */
export function readRequestTree(
  text: string,
  desc: DescMessage,
  options: RequestOptions,
): RequestTreeReading {
  const { root, problems: syntax } = parseRequest(text);
  if (root === null) return { result: { kind: "problems", problems: syntax }, root, bytesRead: [] };
  const reading = startReading(text, options.bytes, options.registry);
  const value = messageValue(reading, desc, root, "");
  const meaning = reading.problems.filter((problem) => !syntax.some((each) => overlaps(each, problem)));
  const problems = [...syntax, ...meaning].sort((a, b) => a.offset - b.offset);
  const { bytesRead } = reading;
  if (value === undefined || problems.some((problem) => problem.severity === "error")) {
    return { result: { kind: "problems", problems }, root, bytesRead };
  }
  try {
    const message = fromJson(desc, value, { registry: options.registry });
    const wire = toBinary(desc, message);
    return { result: { kind: "ok", message, wire, warnings: problems }, root, bytesRead };
  } catch (error) {
    return {
      result: { kind: "problems", problems: [...problems, refusal(reading, error)] },
      root,
      bytesRead,
    };
  }
}

function overlaps(a: Problem, b: Problem): boolean {
  return a.offset < b.offset + b.length && b.offset < a.offset + a.length;
}

/** What protobuf-es refused and the readers let pass: told at the first use of the field it names. */
function refusal(reading: Reading, error: unknown): Problem {
  const cause = error instanceof Error ? error.cause : undefined;
  const name = fieldName(cause);
  const at = name === null ? -1 : reading.text.indexOf(`"${name}"`);
  const place = at === -1 ? { offset: 0, length: 1 } : { offset: at, length: (name?.length ?? 0) + 2 };
  return { severity: "error", code: "value", message: messageOf(error), path: name ?? "", ...place };
}

function fieldName(cause: unknown): string | null {
  if (typeof cause !== "object" || cause === null || !("field" in cause)) return null;
  if (typeof cause.field !== "function") return null;
  const field: unknown = cause.field();
  if (typeof field !== "object" || field === null || !("name" in field)) return null;
  return String(field.name);
}
