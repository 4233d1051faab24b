import { parse } from "@bufbuild/cel";
import { explainError } from "./explain-error.ts";

export type Expression = ReturnType<typeof parse>["expr"];

/** The longest expression that is looked at, in UTF-16 units. */
const MAX_LENGTH = 10_000;
/** Deeper brackets would take the parser's stack. */
const MAX_DEPTH = 100;

export type ParsedExpression =
  /** `offsetOf`: where a part of it begins, in UTF-16 units; null where that is not known. */
  | {
      readonly kind: "ok";
      readonly expr: Expression;
      readonly offsetOf: (id: bigint | undefined) => number | null;
    }
  | { readonly kind: "error"; readonly message: string; readonly offset: number | null };

/** Reads a CEL expression. Bounded in length and depth; an error says where. */
export function parseExpression(text: string): ParsedExpression {
  if (text.length > MAX_LENGTH) {
    return { kind: "error", message: `an expression is at most ${MAX_LENGTH} characters long`, offset: null };
  }
  if (depthOf(text) > MAX_DEPTH) {
    return {
      kind: "error",
      message: `the brackets are more than ${MAX_DEPTH} deep: name parts of it first`,
      offset: null,
    };
  }
  if (text.trim() === "") return { kind: "error", message: "the expression is empty", offset: null };
  try {
    const { expr, sourceInfo } = parse(text);
    return { kind: "ok", expr, offsetOf: (id) => sourceInfo?.positions[String(id)] ?? null };
  } catch (thrown) {
    return syntaxError(text, thrown);
  }
}

function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const character of text) {
    if ("([{".includes(character)) deepest = Math.max(deepest, ++depth);
    else if (")]}".includes(character)) depth--;
  }
  return deepest;
}

/** `<input>:1:3: found = but expecting end of input` */
function syntaxError(text: string, thrown: unknown): ParsedExpression {
  const said = thrown instanceof Error ? thrown.message : String(thrown);
  const [, line, column, message] = /^<input>:(\d+):(\d+):\s*([\s\S]*)$/.exec(said) ?? [];
  if (message === undefined) return { kind: "error", message: explainError(said), offset: null };
  const before = text
    .split("\n")
    .slice(0, Number(line) - 1)
    .reduce((sum, each) => sum + each.length + 1, 0);
  const hint = message.startsWith("found = ") ? "; two values are compared with `==`" : "";
  return {
    kind: "error",
    message: `this is no expression: ${message}${hint}`,
    offset: before + Number(column) - 1,
  };
}
