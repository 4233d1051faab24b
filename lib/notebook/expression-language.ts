import type { DescEnum, Registry } from "@bufbuild/protobuf";
import { type CompletionItem, codeBlock } from "../editor/completion-item.ts";
import type { Hover } from "../editor/hover.ts";
import type { Problem } from "../schema/problem.ts";
import { evaluate } from "./evaluate.ts";
import { expressionAt, nameAround } from "./expression-at.ts";
import { valueJson } from "./fill-request.ts";
import { type Expression, parseExpression } from "./parse-expression.ts";
import { referencedNames } from "./references.ts";
import { type Scope, type StaticType, typeOf, typeWord, UNKNOWN } from "./static-type.ts";
import type { Value, Values } from "./value.ts";

/** What the expressions of a notebook can speak of. */
export interface ExpressionContext {
  readonly scope: Scope;
  readonly registry: Registry;
  /** What the cells have given so far. */
  readonly values: Values;
}

/** What an expression is to come to; null: anything. */
export type Expected = "bool" | "list" | null;

const FUNCTIONS: readonly (readonly [name: string, detail: string])[] = [
  ["size", "how many items or characters"],
  ["hex", "bytes as hex"],
  ["unhex", "hex as bytes"],
  ["int", "as a signed integer"],
  ["uint", "as an unsigned integer"],
  ["double", "as a number with fractions"],
  ["string", "as text"],
  ["has", "whether a field is set"],
];
const OF_LISTS: readonly (readonly [name: string, detail: string])[] = [
  ["size", "size()"],
  ["exists", "exists(each, …): whether it holds for one"],
  ["all", "all(each, …): whether it holds for all"],
  ["filter", "filter(each, …): those that it holds for"],
  ["map", "map(each, …): what each comes to"],
];

/** What can be written at an offset of an expression: captures, fields, values of enums, functions. */
export function completeExpression(
  text: string,
  offset: number,
  context: ExpressionContext,
): readonly CompletionItem[] {
  const at = expressionAt(text, offset);
  if (at === null) return [];
  const scope = boundScope(at.bound, context);
  const item = itemAt(at.offset, at.length);
  if (at.operand !== null) {
    const type = typeOfText(at.operand, scope, context);
    if (type.kind === "message") {
      return type.desc.fields.map((field) => {
        const words = typeWords(typeOfText(`${at.operand}.${field.name}`, scope, context));
        const full = field.fieldKind === "enum" ? field.enum.typeName : words;
        return item(field.name, "field", full, field.name);
      });
    }
    if (type.kind === "list") {
      return OF_LISTS.map(([name, detail]) =>
        item(name, "value", detail, name === "size" ? "size()" : `${name}(\${1:each}, \${2:true})`),
      );
    }
    return constantsUnder(at.operand, context.registry).map(([name, detail, kind]) =>
      item(name, kind, detail, name),
    );
  }
  const compared = at.compared === null ? null : enumOf(at.compared, scope, context);
  const values = (compared?.values ?? []).map(({ name, number }) => {
    const full = `${compared?.typeName}.${name}`;
    return { ...item(full, "enum", String(number), full), filter: `${name} ${full}` };
  });
  const names = [...scope].map(([name, type]) => item(name, "recent", typeWords(type), name));
  const functions = FUNCTIONS.map(([name, detail]) => item(name, "value", detail, `${name}($1)`));
  const packages = constantsUnder("", context.registry).map(([name, detail, kind]) =>
    item(name, kind, detail, name),
  );
  return [...values, ...names, ...functions, ...packages];
}

/** What the name at an offset is: its type and, where it has one by now, its value. */
export function hoverExpression(text: string, offset: number, context: ExpressionContext): Hover | null {
  const found = nameAround(text, offset);
  if (found === null) return null;
  const scope = boundScope(expressionAt(text, offset)?.bound ?? [], context);
  const parsed = parseExpression(found.text);
  if (parsed.kind === "error") return null;
  const type = typeOfText(found.text, scope, context);
  const enumeration = enumOf(found.text, scope, context);
  const constant = constantOf(found.text, context.registry);
  const words = constant ?? (enumeration === null ? typeWords(type) : enumeration.typeName);
  if (type.kind === "unknown" && constant === null) return null;
  const value = isPath(parsed.expr) && constant === null ? pathValue(found.text, context) : null;
  const shown = value === null ? "" : `\n\n${codeBlock(shortened(value, context))}`;
  return {
    offset: found.offset,
    length: found.length,
    markdown: `\`${found.text}\`: ${words}${shown}`,
  };
}

/** What is wrong in an expression, as far as it can be told before it has a value. */
export function diagnoseExpression(
  text: string,
  context: ExpressionContext,
  expected: Expected,
): readonly Problem[] {
  const parsed = parseExpression(text);
  if (parsed.kind === "error") {
    return [problem(parsed.offset ?? 0, parsed.offset === null ? text.length : 1, parsed.message)];
  }
  const problems: Problem[] = [];
  const report = (id: bigint, message: string) => {
    const at = parsed.offsetOf(id) ?? 0;
    const offset = text[at] === "." ? at + 1 : at;
    const length = /^\w*/.exec(text.slice(offset))?.[0].length ?? 0;
    if (!problems.some((each) => each.offset === offset && each.message === message)) {
      problems.push(problem(offset, Math.max(1, length), message));
    }
  };
  const type = typeOf(parsed.expr, context.scope, { registry: context.registry, report });
  if (expected !== null && type.kind !== "unknown" && type.kind !== expected) {
    const needed = expected === "bool" ? "a condition is true or false" : "a list is needed here";
    problems.push(problem(0, text.length, `${needed}, and this is ${typeWord(type)}`));
  }
  return problems;
}

/** The type of an expression that may be unfinished; unknown where it cannot be told. */
export function typeOfText(text: string, scope: Scope, { registry }: Pick<ExpressionContext, "registry">) {
  const parsed = parseExpression(text);
  return parsed.kind === "error" ? UNKNOWN : typeOf(parsed.expr, scope, { registry, report: () => {} });
}

/** `list of poolrpc.Account`, `uint`. */
function typeWords(type: StaticType): string {
  switch (type.kind) {
    case "message":
      return type.desc.typeName;
    case "list":
      return `list of ${typeWords(type.item)}`;
    case "map":
      return type.value.kind === "unknown" ? "map" : `map of ${typeWords(type.value)}`;
    case "unknown":
      return "known when it has run";
    default:
      return type.kind;
  }
}

/** A value in few characters: ProtoJSON, cut where it is long. */
export function shortened(
  value: Value,
  { registry }: Pick<ExpressionContext, "registry">,
  most = 400,
): string {
  const text = valueJson(value, { bytes: "hex", registry });
  return text.length > most ? `${text.slice(0, most)}…` : text;
}

/** The value of a path of names, fields and indexes, which takes no time; null where it has none. */
export function pathValue(text: string, { values, registry }: ExpressionContext): Value | null {
  const parsed = parseExpression(text);
  if (parsed.kind === "error" || !isPath(parsed.expr)) return null;
  const mentioned = referencedNames(text, new Set(values.keys()));
  const needed = new Map([...values].filter(([name]) => mentioned.has(name)));
  const evaluation = evaluate(text, needed, registry);
  return evaluation.kind === "ok" ? evaluation.value : null;
}

function boundScope(
  bound: readonly { readonly name: string; readonly list: string }[],
  context: ExpressionContext,
): Scope {
  let scope = context.scope;
  for (const { name, list } of bound) {
    const type = typeOfText(list, scope, context);
    scope = new Map(scope).set(name, type.kind === "list" ? type.item : UNKNOWN);
  }
  return scope;
}

/** The enum of a path's last field; null where that is none. */
function enumOf(text: string, scope: Scope, context: ExpressionContext): DescEnum | null {
  const dot = text.lastIndexOf(".");
  if (dot === -1) return null;
  const of = typeOfText(text.slice(0, dot), scope, context);
  if (of.kind !== "message") return null;
  const field = of.desc.fields.find(({ name }) => name === text.slice(dot + 1));
  if (field?.fieldKind === "enum") return field.enum;
  return field?.fieldKind === "list" && field.listKind === "enum" ? field.enum : null;
}

type Constant = readonly [name: string, detail: string, kind: CompletionItem["kind"]];

/** What follows a path among the names of enums: packages, enums, and their values. */
function constantsUnder(path: string, registry: Registry): readonly Constant[] {
  const exact = registry.getEnum(path);
  if (exact !== undefined) return exact.values.map(({ name, number }) => [name, String(number), "enum"]);
  const before = path === "" ? "" : `${path}.`;
  const found = new Map<string, Constant>();
  for (const type of registry) {
    if (type.kind !== "enum" || !type.typeName.startsWith(before)) continue;
    const name = type.typeName.slice(before.length).split(".")[0] ?? "";
    const detail = before + name === type.typeName ? "enum" : "names of enums";
    if (!found.has(name)) found.set(name, [name, detail, "skeleton"]);
  }
  return [...found.values()];
}

/** `poolrpc.AccountState.OPEN` → `3`; null where it is no value of an enum. */
function constantOf(text: string, registry: Registry): string | null {
  const dot = text.lastIndexOf(".");
  const found = registry
    .getEnum(text.slice(0, Math.max(0, dot)))
    ?.values.find(({ name }) => name === text.slice(dot + 1));
  return found === undefined ? null : `int ${found.number}`;
}

function isPath(expr: Expression): boolean {
  const { exprKind } = expr;
  switch (exprKind.case) {
    case "identExpr":
      return true;
    case "selectExpr":
      return exprKind.value.operand !== undefined && isPath(exprKind.value.operand);
    case "callExpr": {
      const [of, index] = exprKind.value.args;
      const isIndex = exprKind.value.function === "_[_]" && index?.exprKind.case === "constExpr";
      return isIndex && of !== undefined && isPath(of);
    }
    default:
      return false;
  }
}

function itemAt(offset: number, length: number) {
  return (label: string, kind: CompletionItem["kind"], detail: string, insert: string): CompletionItem => ({
    label,
    kind,
    detail,
    markdown: "",
    insert,
    offset,
    length,
    edits: [],
    filter: label,
    deprecated: false,
  });
}

function problem(offset: number, length: number, message: string): Problem {
  return { severity: "error", code: "value", message, offset, length, path: "" };
}
