import { applyEdits, type TextEdit } from "../schema/problem.ts";
import { attributeEdits, attributesOf } from "./edit-notebook.ts";
import { type Cell, capturedName, type Notebook, type SourceText } from "./notebook.ts";
import { type Expression, parseExpression } from "./parse-expression.ts";
import { findPlaceholders } from "./placeholders.ts";
import { nameProblem } from "./read-cell.ts";
import { referencedNames } from "./references.ts";

/** The source with the new name everywhere, or why it cannot have it. */
export type Renaming =
  | { readonly kind: "ok"; readonly source: string }
  | { readonly kind: "refused"; readonly message: string };

type ComponentCell = Exclude<Cell, { kind: "prose" }>;

/** Gives a captured value another name, at its cell and in every expression that mentions it. */
export function renameCapture(notebook: Notebook, from: string, to: string): Renaming {
  const { cells, source } = notebook;
  const owner = cells.find((cell): cell is ComponentCell => capturedName(cell) === from);
  if (owner === undefined) return refused(`no cell gives \`${from}\``);
  if (from === to) return { kind: "ok", source };
  const problem = nameProblem(to);
  if (problem !== null) return refused(problem);
  if (cells.some((cell) => capturedName(cell) === to || cell.id === to)) {
    return refused(`\`${to}\` is already the name of another cell: take another`);
  }
  const edits = [...attributeEdits(notebook, owner, "as", to)];
  for (const cell of cells) {
    if (cell.kind === "prose" || cell.kind === "input") continue;
    const renamed = cellEdits(notebook, cell, from, to);
    if (renamed === null) {
      return refused(`an expression of \`${cell.id}\` already uses \`${to}\` for something else`);
    }
    edits.push(...renamed);
  }
  return { kind: "ok", source: applyEdits(source, edits) };
}

/** Null: the new name has another meaning there. */
function cellEdits(notebook: Notebook, cell: ComponentCell, from: string, to: string): TextEdit[] | null {
  switch (cell.kind) {
    case "input":
      return [];
    case "call":
      return all(cell.requests.map((request) => requestEdits(notebook, request, from, to)));
    case "wait":
      return all([
        ...cell.requests.map((request) => requestEdits(notebook, request, from, to)),
        blockEditsOf(cell.until, from, to),
      ]);
    case "expression":
      return blockEditsOf(cell.expression, from, to);
    case "check":
      return blockEditsOf(cell.condition, from, to);
    case "table":
    case "chart":
      return all(
        attributesOf(notebook, cell).map(({ name, text }) => {
          const renamed = renamedAttribute(name, text, from, to);
          return renamed === null ? null : attributeEdits(notebook, cell, name, renamed);
        }),
      );
  }
}

function all(parts: readonly (TextEdit[] | null)[]): TextEdit[] | null {
  return parts.every((part) => part !== null) ? parts.flat() : null;
}

function blockEditsOf({ text, place }: SourceText, from: string, to: string): TextEdit[] | null {
  const places = mentions(text, from, to);
  return places?.map((offset) => ({ offset: place.start + offset, length: from.length, text: to })) ?? null;
}

function requestEdits(
  { source }: Notebook,
  { text, place }: SourceText,
  from: string,
  to: string,
): TextEdit[] | null {
  return all(
    findPlaceholders(text).map(({ offset, length, parts }) => {
      const expressions = parts.flatMap((part) => (part.kind === "expression" ? [part] : []));
      const plain = expressions.every((part) =>
        source.startsWith(part.expression, place.start + part.offset),
      );
      if (plain) {
        return all(
          expressions.map((part) => {
            const places = mentions(part.expression, from, to);
            return (
              places?.map((at) => ({
                offset: place.start + part.offset + at,
                length: from.length,
                text: to,
              })) ?? null
            );
          }),
        );
      }
      // Something in the string is escaped: it is written anew.
      const renamed = parts.map((part) =>
        part.kind === "text" ? part.text : wrapped(renamedIn(part.expression, from, to)),
      );
      if (renamed.includes(null)) return null;
      if (expressions.every((part) => mentions(part.expression, from, to)?.length === 0)) return [];
      return [{ offset: place.start + offset, length, text: JSON.stringify(renamed.join("")) }];
    }),
  );
}

function wrapped(expression: string | null): string | null {
  return expression === null ? null : `{{${expression}}}`;
}

const EXPRESSIONS = ["of", "x", "y"];

function renamedAttribute(name: string, text: string, from: string, to: string): string | null {
  if (EXPRESSIONS.includes(name)) return renamedIn(text, from, to);
  if (name !== "columns") return text;
  const parts = text.split(";").map((part) => {
    const equals = part.indexOf(" = ");
    const value = renamedIn(part.slice(equals + 3), from, to);
    return equals === -1 ? part : value === null ? null : part.slice(0, equals + 3) + value;
  });
  return parts.includes(null) ? null : parts.join(";");
}

function renamedIn(text: string, from: string, to: string): string | null {
  const places = mentions(text, from, to);
  if (places === null) return null;
  return applyEdits(
    text,
    places.map((offset) => ({ offset, length: from.length, text: to })),
  );
}

/** Where an expression mentions the name; null where it mentions it and the new name means something else in it. */
function mentions(text: string, from: string, to: string): number[] | null {
  if (!referencedNames(text, new Set([from])).has(from)) return [];
  const parsed = parseExpression(text);
  const found = new Set<number>();
  // Of what is no expression yet the names are taken as they look.
  if (parsed.kind === "error") for (const { index } of text.matchAll(nameIn(from))) found.add(index);
  else {
    const idents: bigint[] = [];
    collect(parsed.expr, from, idents);
    for (const id of idents) {
      const offset = parsed.offsetOf(id);
      if (offset !== null && text.startsWith(from, offset)) found.add(offset);
    }
  }
  const clashes = found.size > 0 && referencedNames(text, new Set([to])).has(to);
  return clashes ? null : [...found];
}

function nameIn(name: string): RegExp {
  return new RegExp(`(?<![\\w.])${name}(?!\\w)`, "g");
}

/** The ids of the parts that are the name, but not where a macro binds it. */
function collect(expr: Expression | undefined, name: string, found: bigint[]): void {
  if (expr === undefined) return;
  const { exprKind } = expr;
  switch (exprKind.case) {
    case "identExpr":
      if (exprKind.value.name === name) found.push(expr.id);
      return;
    case "selectExpr":
      collect(exprKind.value.operand, name, found);
      return;
    case "callExpr":
      collect(exprKind.value.target, name, found);
      for (const arg of exprKind.value.args) collect(arg, name, found);
      return;
    case "listExpr":
      for (const element of exprKind.value.elements) collect(element, name, found);
      return;
    case "structExpr":
      for (const { keyKind, value } of exprKind.value.entries) {
        if (keyKind.case === "mapKey") collect(keyKind.value, name, found);
        collect(value, name, found);
      }
      return;
    case "comprehensionExpr": {
      const { iterRange, iterVar, accuInit, loopCondition, loopStep, result } = exprKind.value;
      collect(iterRange, name, found);
      collect(accuInit, name, found);
      if (iterVar === name) return;
      for (const part of [loopCondition, loopStep, result]) collect(part, name, found);
      return;
    }
    default:
      return;
  }
}

function refused(message: string): Renaming {
  return { kind: "refused", message };
}
