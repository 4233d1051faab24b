import type { Registry } from "@bufbuild/protobuf";
import { type Expression, parseExpression } from "../parse-expression.ts";
import { lowerCall } from "./lower-call.ts";
import { macroOf } from "./macro-shapes.ts";
import { type Term, type TermType, typeName, Untranslatable } from "./term.ts";
import { BOOL, BYTES, commonType, DOUBLE, fieldType, INT, STRING, UINT } from "./term-types.ts";

/** Names that stand for values. */
export type TermScope = ReadonlyMap<string, { readonly type: TermType; readonly local: boolean }>;

/** What names are looked up in. */
export interface Lowering {
  readonly registry: Registry;
  readonly scope: TermScope;
}

/** Reads CEL as a term. Throws `Untranslatable` with what of it no program could say exactly. */
export function lowerExpression(text: string, lowering: Lowering): Term {
  const parsed = parseExpression(text);
  if (parsed.kind === "error") throw new Untranslatable(parsed.message);
  return lower(parsed.expr, lowering);
}

function lower(expr: Expression, lowering: Lowering): Term {
  const { exprKind } = expr;
  switch (exprKind.case) {
    case "constExpr":
      return constant(exprKind.value.constantKind);
    case "identExpr":
      return named(exprKind.value.name, lowering);
    case "selectExpr":
      return select(expr, lowering);
    case "callExpr": {
      const { function: name, args, target } = exprKind.value;
      const all = target === undefined ? args : [target, ...args];
      return lowerCall(
        name,
        all.map((each) => lower(each, lowering)),
        target !== undefined,
      );
    }
    case "listExpr": {
      const items = exprKind.value.elements.map((each) => lower(each, lowering));
      return { kind: "list", items, type: { kind: "list", item: typeOfAll(items) } };
    }
    case "structExpr":
      return map(expr, lowering);
    case "comprehensionExpr":
      return each(expr, lowering);
    default:
      throw new Untranslatable("a part of it is empty");
  }
}

function typeOfAll(items: readonly Term[]): TermType {
  return items.reduce<TermType>((type, each) => commonType(type, each.type), { kind: "nothing" });
}

function constant(kind: { readonly case: string | undefined; readonly value?: unknown }): Term {
  switch (kind.case) {
    case "boolValue":
      return { kind: "constant", value: { kind: "bool", value: kind.value as boolean }, type: BOOL };
    case "int64Value":
    case "uint64Value": {
      const value = kind.value as bigint;
      const whole = kind.case === "int64Value" ? INT : UINT;
      const type: TermType = { ...whole, least: value, most: value };
      return { kind: "constant", value: { kind: "integer", value }, type };
    }
    case "doubleValue":
      return { kind: "constant", value: { kind: "double", value: kind.value as number }, type: DOUBLE };
    case "stringValue":
      return { kind: "constant", value: { kind: "string", value: kind.value as string }, type: STRING };
    case "bytesValue":
      return { kind: "constant", value: { kind: "bytes", value: kind.value as Uint8Array }, type: BYTES };
    case "nullValue":
      return { kind: "constant", value: { kind: "null" }, type: { kind: "null" } };
    default:
      throw new Untranslatable("it has a constant that is no number, text, bytes, true, false or null");
  }
}

function named(name: string, { scope }: Lowering): Term {
  const found = scope.get(name);
  if (found === undefined) throw new Untranslatable(`it needs \`${name}\`, which is not in this export`);
  return { kind: "name", name, local: found.local, type: found.type };
}

function select(expr: Expression, lowering: Lowering): Term {
  if (expr.exprKind.case !== "selectExpr") throw new Error("no selection");
  const path = dottedPath(expr);
  if (path !== null && !lowering.scope.has(path[0] ?? "")) return enumValue(path, lowering);
  const { operand, field: name, testOnly } = expr.exprKind.value;
  if (operand === undefined) throw new Untranslatable("a part of it is empty");
  const of = lower(operand, lowering);
  switch (of.type.kind) {
    case "message": {
      const { fields, typeName: parent } = of.type.desc;
      const field = fields.find((each) => each.name === name);
      if (field === undefined) throw new Untranslatable(`${parent} has no field \`${name}\``);
      if (testOnly) return { kind: "has", of, field, type: BOOL };
      return { kind: "field", of, field, type: fieldType(field) };
    }
    case "map": {
      const key: Term = { kind: "constant", value: { kind: "string", value: name }, type: STRING };
      if (of.type.key.kind !== "string") throw new Untranslatable(`the keys of the map are no strings`);
      return testOnly
        ? { kind: "in", item: key, of, type: BOOL }
        : { kind: "index", of, at: key, type: of.type.value };
    }
    case "record":
      return testOnly
        ? { kind: "constant", value: { kind: "bool", value: of.type.values.has(name) }, type: BOOL }
        : lowerCall(
            "_[_]",
            [of, { kind: "constant", value: { kind: "string", value: name }, type: STRING }],
            false,
          );
    case "refusal":
      if (!testOnly && (name === "code" || name === "name" || name === "message")) {
        return { kind: "refusal-part", of, part: name, type: name === "code" ? INT : STRING };
      }
      throw new Untranslatable(`of a refusal there are \`code\`, \`name\` and \`message\``);
    default:
      throw new Untranslatable(`there is no field \`${name}\` in ${typeName(of.type)}`);
  }
}

/** `poolrpc.AccountState.OPEN` */
function enumValue(path: readonly string[], { registry, scope }: Lowering): Term {
  const desc = registry.getEnum(path.slice(0, -1).join("."));
  const value = desc?.values.find(({ name }) => name === path.at(-1));
  if (desc === undefined || value === undefined) {
    const [first = ""] = path;
    if (path.length > 1 && desc === undefined && registry.getMessage(path.join(".")) === undefined) {
      named(first, { registry, scope });
    }
    throw new Untranslatable(`\`${path.join(".")}\` is no value of an enum`);
  }
  const number = BigInt(value.number);
  const type: TermType = { kind: "int", bits: 32, least: number, most: number, enum: desc };
  return { kind: "enum", desc, number: value.number, type };
}

function dottedPath(expr: Expression): string[] | null {
  if (expr.exprKind.case === "identExpr") return [expr.exprKind.value.name];
  if (expr.exprKind.case !== "selectExpr" || expr.exprKind.value.testOnly) return null;
  const { operand, field } = expr.exprKind.value;
  const before = operand === undefined ? null : dottedPath(operand);
  return before === null ? null : [...before, field];
}

function map(expr: Expression, lowering: Lowering): Term {
  if (expr.exprKind.case !== "structExpr") throw new Error("no structure");
  const { messageName, entries } = expr.exprKind.value;
  if (messageName !== "") throw new Untranslatable(`it makes a message (${messageName}) of its own`);
  const pairs = entries.map(({ keyKind, value }): readonly [Term, Term] => {
    if (keyKind.case !== "mapKey" || value === undefined) throw new Untranslatable("a part of it is empty");
    return [lower(keyKind.value, lowering), lower(value, lowering)];
  });
  return { kind: "map", entries: pairs, type: mapType(pairs) };
}

function mapType(pairs: readonly (readonly [Term, Term])[]): TermType {
  const key = typeOfAll(pairs.map(([each]) => each));
  try {
    return { kind: "map", key, value: typeOfAll(pairs.map(([, each]) => each)) };
  } catch (cause) {
    const values = pairs.flatMap(([name, { type }]) =>
      name.kind === "constant" && name.value.kind === "string" ? [[name.value.value, type] as const] : [],
    );
    if (values.length < pairs.length) throw cause;
    return { kind: "record", values: new Map(values) };
  }
}

function each(expr: Expression, lowering: Lowering): Term {
  const macro = macroOf(expr);
  if (macro === null) throw new Untranslatable("it has a comprehension that is none of CEL's own macros");
  const of = lower(macro.of, lowering);
  if (of.type.kind !== "list" && of.type.kind !== "map") {
    throw new Untranslatable(`it goes through ${typeName(of.type)}, and a list or a map is needed`);
  }
  const item = of.type.kind === "list" ? of.type.item : of.type.key;
  const scope = new Map(lowering.scope).set(macro.variable, { type: item, local: true });
  const inside = { ...lowering, scope };
  const condition = macro.condition === null ? null : lower(macro.condition, inside);
  if (condition !== null && condition.type.kind !== "bool") {
    throw new Untranslatable(`its condition is ${typeName(condition.type)}`);
  }
  const result = macro.result === null ? null : lower(macro.result, inside);
  const type: TermType = result === null ? BOOL : { kind: "list", item: result.type };
  return { kind: "each", form: macro.form, of, variable: macro.variable, condition, result, type };
}
