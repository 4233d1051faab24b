import { isDeepStrictEqual } from "node:util";
import type { JsonValue } from "@bufbuild/protobuf";
import { SERVED, type TranscriptLine } from "./run-script.ts";
import { SCRIPT } from "./script.ts";
import type { ScriptAnswer } from "./script-client.ts";

/** Where a transcript is not that of the first client, or not what its step says; a sentence each. */
export function compareTranscripts(
  expected: readonly TranscriptLine[],
  actual: readonly TranscriptLine[],
): string[] {
  return actual.flatMap(({ step, answer }, at) => {
    const wanted = expected[at]?.answer;
    if (answer === null || wanted === undefined || wanted === null) return [];
    const meant = { code: 0, message: "", ...step.refused };
    if (answer.code !== meant.code || answer.message !== meant.message) {
      return [`${step.method} ended with ${told(answer)}, not with ${told(meant)}`];
    }
    const difference = firstDifference(wanted.replies as JsonValue, answer.replies as JsonValue);
    return difference === null ? [] : [`${step.method}: ${difference}`];
  });
}

function told({ code, message }: Pick<ScriptAnswer, "code" | "message">): string {
  return `${code} ${JSON.stringify(message)}`;
}

/** The path of the first value that differs, and both values. */
function firstDifference(expected: JsonValue, actual: JsonValue, path = "reply"): string | null {
  if (isDeepStrictEqual(expected, actual)) return null;
  const isNode = (value: JsonValue) => value !== null && typeof value === "object";
  if (!isNode(expected) || !isNode(actual)) {
    return `${path} is ${short(actual)}, of the first client ${short(expected)}`;
  }
  const [before, after] = [expected, actual] as unknown as [Fields, Fields];
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const found = firstDifference(before[name] ?? null, after[name] ?? null, `${path}.${name}`);
    if (found !== null) return found;
  }
  return null;
}

type Fields = { readonly [name: string]: JsonValue };

function short(value: JsonValue): string {
  const text = JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}

/** Methods that the sandbox serves and the script never calls with success. The first call of each run is CreateWorld. */
export function uncoveredMethods(): string[] {
  const answered = SCRIPT.filter(({ refused }) => refused === undefined).map(({ method }) => method);
  const called = new Set([...answered, "sandbox.v1.Control.CreateWorld"]);
  return [...SERVED]
    .flatMap((type) => (type.kind === "service" ? type.methods : []))
    .map(({ parent, name }) => `${parent.typeName}.${name}`)
    .filter((method) => !called.has(method));
}
