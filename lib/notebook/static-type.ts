import { type DescField, type DescMessage, type Registry, ScalarType } from "@bufbuild/protobuf";
import { nearestName } from "../schema/nearest-name.ts";
import type { Expression } from "./parse-expression.ts";

/** What is known of an expression's value before it has one. */
export type StaticType =
  | { readonly kind: "unknown" }
  | { readonly kind: "bool" | "int" | "uint" | "double" | "string" | "bytes" | "null" }
  | { readonly kind: "message"; readonly desc: DescMessage }
  | { readonly kind: "list"; readonly item: StaticType }
  | { readonly kind: "map"; readonly value: StaticType };

export const UNKNOWN: StaticType = { kind: "unknown" };
const BOOL: StaticType = { kind: "bool" };

/** Names that stand for values, with what is known of each. */
export type Scope = ReadonlyMap<string, StaticType>;

/** What an expression is looked at with. `report` hears of what cannot be right, by the part's id. */
export interface TypeContext {
  readonly registry: Registry;
  readonly report: (id: bigint, message: string) => void;
}

/** Infers the type of an expression and reports names, fields and enum values that do not exist. */
export function typeOf(expr: Expression, scope: Scope, context: TypeContext): StaticType {
  const { exprKind, id } = expr;
  switch (exprKind.case) {
    case "constExpr":
      return constantType(exprKind.value.constantKind.case);
    case "identExpr": {
      const { name } = exprKind.value;
      const found = scope.get(name);
      if (found === undefined) context.report(id, unknownName(name, scope));
      return found ?? UNKNOWN;
    }
    case "selectExpr":
      return selectType(expr, scope, context);
    case "callExpr":
      return callType(expr, scope, context);
    case "listExpr": {
      const items = exprKind.value.elements.map((element) => typeOf(element, scope, context));
      return { kind: "list", item: items[0] ?? UNKNOWN };
    }
    case "structExpr": {
      const { messageName, entries } = exprKind.value;
      for (const { value } of entries) if (value !== undefined) typeOf(value, scope, context);
      if (messageName === "") return { kind: "map", value: UNKNOWN };
      const desc = context.registry.getMessage(messageName);
      if (desc === undefined) context.report(id, `there is no message ${messageName}`);
      return desc === undefined ? UNKNOWN : { kind: "message", desc };
    }
    case "comprehensionExpr": {
      const { iterRange, iterVar, accuInit, accuVar, loopStep, result } = exprKind.value;
      const range = iterRange === undefined ? UNKNOWN : typeOf(iterRange, scope, context);
      const item =
        range.kind === "list" ? range.item : range.kind === "map" ? { kind: "string" as const } : UNKNOWN;
      const start = accuInit === undefined ? UNKNOWN : typeOf(accuInit, scope, context);
      const inside = new Map(scope).set(iterVar, item).set(accuVar, start);
      const step = loopStep === undefined ? UNKNOWN : typeOf(loopStep, inside, context);
      return result === undefined ? step : typeOf(result, new Map(inside).set(accuVar, step), context);
    }
    default:
      return UNKNOWN;
  }
}

function selectType(expr: Expression, scope: Scope, context: TypeContext): StaticType {
  const path = dottedPath(expr);
  if (path !== null && !scope.has(path[0] ?? "")) return constantNamed(expr, path, scope, context);
  if (expr.exprKind.case !== "selectExpr") return UNKNOWN;
  const { operand, field, testOnly } = expr.exprKind.value;
  const of = operand === undefined ? UNKNOWN : typeOf(operand, scope, context);
  if (of.kind === "map") return testOnly ? BOOL : of.value;
  if (of.kind === "unknown") return testOnly ? BOOL : UNKNOWN;
  if (of.kind !== "message") {
    context.report(expr.id, `there is no field \`${field}\` in ${typeWord(of)}`);
    return UNKNOWN;
  }
  const found = of.desc.fields.find(({ name }) => name === field);
  if (found === undefined) {
    const names = of.desc.fields.map(({ name }) => name);
    const near = nearestName(field, names);
    const meant = near === null ? `it has ${names.join(", ")}` : `did you mean \`${near}\`?`;
    context.report(expr.id, `${of.desc.typeName} has no field \`${field}\`; ${meant}`);
    return UNKNOWN;
  }
  return testOnly ? BOOL : fieldType(found);
}

/** `poolrpc.AccountState.OPEN`, or a type by its name. */
function constantNamed(
  expr: Expression,
  path: readonly string[],
  scope: Scope,
  { registry, report }: TypeContext,
): StaticType {
  const name = path.join(".");
  const enumeration = registry.getEnum(path.slice(0, -1).join("."));
  const last = path.at(-1) ?? "";
  if (enumeration !== undefined) {
    const names = enumeration.values.map((value) => value.name);
    if (names.includes(last)) return { kind: "int" };
    const near = nearestName(last, names);
    report(
      expr.id,
      `${enumeration.typeName} has no value ${last}; ${near === null ? `it has ${names.join(", ")}` : `did you mean ${near}?`}`,
    );
  } else if (registry.getMessage(name) === undefined && registry.getEnum(name) === undefined) {
    const first = path[0] ?? "";
    const near = nearestName(first, [...scope.keys()]);
    if (near === null) report(rootOf(expr).id, `\`${name}\` is neither a value of a cell nor one of an enum`);
    else report(rootOf(expr).id, unknownName(first, scope));
  }
  return UNKNOWN;
}

function rootOf(expr: Expression): Expression {
  const operand = expr.exprKind.case === "selectExpr" ? expr.exprKind.value.operand : undefined;
  return operand === undefined ? expr : rootOf(operand);
}

function dottedPath(expr: Expression): string[] | null {
  if (expr.exprKind.case === "identExpr") return [expr.exprKind.value.name];
  if (expr.exprKind.case !== "selectExpr" || expr.exprKind.value.testOnly) return null;
  const { operand, field } = expr.exprKind.value;
  const before = operand === undefined ? null : dottedPath(operand);
  return before === null ? null : [...before, field];
}

const COMPARED = new Set(
  ["_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_", "_&&_", "_||_", "!_", "@in", "_in_"].concat([
    "startsWith",
    "endsWith",
    "contains",
    "matches",
    "@not_strictly_false",
  ]),
);
const ARITHMETIC = new Set(["_+_", "_-_", "_*_", "_/_", "_%_"]);
const RESULTS: Readonly<Record<string, StaticType>> = {
  size: { kind: "int" },
  int: { kind: "int" },
  uint: { kind: "uint" },
  double: { kind: "double" },
  string: { kind: "string" },
  bytes: { kind: "bytes" },
  hex: { kind: "string" },
  unhex: { kind: "bytes" },
};

function callType(expr: Expression, scope: Scope, context: TypeContext): StaticType {
  if (expr.exprKind.case !== "callExpr") return UNKNOWN;
  const { function: name, args, target } = expr.exprKind.value;
  const on = target === undefined ? null : typeOf(target, scope, context);
  const types = args.map((arg) => typeOf(arg, scope, context));
  const [first = UNKNOWN, second = UNKNOWN] = types;
  if (COMPARED.has(name)) return BOOL;
  if (name === "_[_]")
    return first.kind === "list" ? first.item : first.kind === "map" ? first.value : UNKNOWN;
  if (name === "_?_:_") return second;
  if (ARITHMETIC.has(name)) {
    const kinds = [first.kind, second.kind];
    if (kinds.includes("int") && kinds.includes("uint")) {
      const message = `an unsigned and a signed integer: write \`10u\` instead of \`10\`, or \`int(…)\` around the field`;
      context.report(expr.id, message);
    }
    return first.kind === "list" && first.item.kind === "unknown" ? second : first;
  }
  return on === null || name === "size" ? (RESULTS[name] ?? UNKNOWN) : UNKNOWN;
}

function constantType(kind: string | undefined): StaticType {
  switch (kind) {
    case "boolValue":
      return BOOL;
    case "int64Value":
      return { kind: "int" };
    case "uint64Value":
      return { kind: "uint" };
    case "doubleValue":
      return { kind: "double" };
    case "stringValue":
      return { kind: "string" };
    case "bytesValue":
      return { kind: "bytes" };
    default:
      return { kind: "null" };
  }
}

function fieldType(field: DescField): StaticType {
  switch (field.fieldKind) {
    case "scalar":
      return scalarType(field.scalar);
    case "enum":
      return { kind: "int" };
    case "message":
      return messageType(field.message);
    case "list":
      return { kind: "list", item: elementType(field.listKind, field) };
    case "map":
      return { kind: "map", value: elementType(field.mapKind, field) };
  }
}

/** Of the elements of a list, or the values of a map. */
function elementType(
  kind: "scalar" | "enum" | "message",
  { scalar, message }: Pick<DescField, "scalar" | "message">,
): StaticType {
  if (kind === "enum") return { kind: "int" };
  if (message !== undefined) return messageType(message);
  return scalar === undefined ? UNKNOWN : scalarType(scalar);
}

/** CEL reads wrappers, `Struct` and `Any` as what they hold. */
function messageType(desc: DescMessage): StaticType {
  return desc.typeName.startsWith("google.protobuf.") ? UNKNOWN : { kind: "message", desc };
}

function scalarType(type: ScalarType): StaticType {
  switch (type) {
    case ScalarType.BOOL:
      return BOOL;
    case ScalarType.STRING:
      return { kind: "string" };
    case ScalarType.BYTES:
      return { kind: "bytes" };
    case ScalarType.DOUBLE:
    case ScalarType.FLOAT:
      return { kind: "double" };
    case ScalarType.UINT32:
    case ScalarType.UINT64:
    case ScalarType.FIXED32:
    case ScalarType.FIXED64:
      return { kind: "uint" };
    default:
      return { kind: "int" };
  }
}

function unknownName(name: string, scope: Scope): string {
  const names = [...scope.keys()].filter((each) => !each.startsWith("@"));
  const near = nearestName(name, names);
  if (near !== null) return `no cell gives \`${name}\`; did you mean \`${near}\`?`;
  const known = names.length === 0 ? "no cell captures anything" : `known here: ${names.join(", ")}`;
  return `no cell gives \`${name}\`; ${known}`;
}

/** `a string`, for sentences. */
export function typeWord(type: StaticType): string {
  if (type.kind === "message") return `a ${type.desc.typeName}`;
  return type.kind === "int" ? "an int" : `a ${type.kind}`;
}
