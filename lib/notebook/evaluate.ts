import {
  type CelInput,
  CelScalar,
  type CelValue,
  celEnv,
  celFunc,
  celUint,
  isCelError,
  isCelList,
  isCelMap,
  isCelType,
  isCelUint,
  plan,
  unparse,
} from "@bufbuild/cel";
import { strings } from "@bufbuild/cel/ext";
import { fromBinary, type Registry, toBinary } from "@bufbuild/protobuf";
import { fromHex, toHex } from "../schema/bytes-text.ts";
import type { CheckPart } from "./cell-state.ts";
import { explainError } from "./explain-error.ts";
import type { Evaluation } from "./host.ts";
import { type Expression, parseExpression } from "./parse-expression.ts";
import type { Value, Values } from "./value.ts";

/** Beside CEL's own and its string functions: `hex(bytes)` and `unhex(string)`. */
const FUNCTIONS = [
  ...strings,
  celFunc("hex", [CelScalar.BYTES], CelScalar.STRING, (bytes) => toHex(bytes)),
  celFunc("unhex", [CelScalar.STRING], CelScalar.BYTES, (text) => {
    const bytes = fromHex(text);
    if (bytes === null) throw new Error(`"${text}" is not hex`);
    return bytes;
  }),
];

/**
 * Works out a CEL expression over captured values. `registry` knows the types of messages and the names of enums. It can take
 * as long as the expression wants it to: run it where it can be killed.
 */
export function evaluate(expression: string, values: Values, registry: Registry): Evaluation {
  const parsed = parseExpression(expression);
  if (parsed.kind === "error") return parsed;
  try {
    const context = Object.fromEntries([...values].map(([name, value]) => [name, toCel(value, registry)]));
    const env = celEnv({ registry, funcs: FUNCTIONS });
    const work = (expr: Expression) => plan(env, expr)(context);
    const result = work(parsed.expr);
    if (isCelError(result)) {
      return { kind: "error", message: explainError(result.message), offset: parsed.offsetOf(result.exprId) };
    }
    const value = fromCel(result);
    const parts = value.kind === "bool" && !value.value ? partsOf(parsed.expr, work) : [];
    return { kind: "ok", value, parts };
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return { kind: "error", message: explainError(message), offset: null };
  }
}

const COMPARISONS = new Set(["_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_", "@in"]);

/** The sides of the comparisons that a condition is made of, with what each came to; constants say nothing. */
function partsOf(
  expr: Expression,
  work: (expr: Expression) => ReturnType<ReturnType<typeof plan>>,
): CheckPart[] {
  if (expr.exprKind.case !== "callExpr") return [];
  const { function: name, args, target } = expr.exprKind.value;
  if (name === "_&&_" || name === "_||_") return args.flatMap((arg) => partsOf(arg, work));
  const sides = COMPARISONS.has(name) ? args : target === undefined ? [] : [target];
  return sides.flatMap((side) => {
    if (side.exprKind.case === "constExpr") return [];
    const value = work(side);
    return isCelError(value) ? [] : [{ expression: unparse(side), value: fromCel(value) }];
  });
}

function toCel(value: Value, registry: Registry): CelInput {
  switch (value.kind) {
    case "null":
      return null;
    case "uint":
      return celUint(value.value);
    case "message": {
      const desc = registry.getMessage(value.type);
      if (desc === undefined) throw new Error(`the type ${value.type} is not known here`);
      return fromBinary(desc, value.wire);
    }
    case "list":
      return value.items.map((item) => toCel(item, registry));
    case "map":
      return new Map(
        value.entries.map(([key, each]) => [toCel(key, registry) as string, toCel(each, registry)]),
      );
    default:
      return value.value;
  }
}

function fromCel(value: CelValue): Value {
  if (value === null) return { kind: "null" };
  if (typeof value === "boolean") return { kind: "bool", value };
  if (typeof value === "bigint") return { kind: "int", value };
  if (typeof value === "number") return { kind: "double", value };
  if (typeof value === "string") return { kind: "string", value };
  if (value instanceof Uint8Array) return { kind: "bytes", value };
  if (isCelUint(value)) return { kind: "uint", value: value.value };
  if (isCelList(value)) return { kind: "list", items: [...value].map(fromCel) };
  if (isCelMap(value)) {
    return {
      kind: "map",
      entries: [...value.entries()].map(([key, each]) => [fromCel(key as CelValue), fromCel(each)] as const),
    };
  }
  if (isCelType(value)) return { kind: "string", value: value.name };
  return { kind: "message", type: value.desc.typeName, wire: toBinary(value.desc, value.message) };
}
