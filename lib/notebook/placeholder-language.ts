import type { BytesForm } from "../call/call.ts";
import type { CompletionItem } from "../editor/completion-item.ts";
import type { Language } from "../editor/language.ts";
import type { Problem } from "../schema/problem.ts";
import { sampleOf } from "./check-notebook.ts";
import { expressionAt } from "./expression-at.ts";
import {
  completeExpression,
  diagnoseExpression,
  type ExpressionContext,
  hoverExpression,
  pathValue,
  shortened,
  typeOfText,
} from "./expression-language.ts";
import { writePlaceholder } from "./fill-request.ts";
import { findPlaceholders, type Placeholder } from "./placeholders.ts";

/** What an editor of a cell asks about the notebook around it, as it is at that moment. */
export type ContextNow = () => ExpressionContext;

/**
 * The language of a request with values of cells in it: `{{expression}}` is completed, explained and checked as an expression, and
 * to all else the request's own language answers, as though a value of the expression's type stood there.
 */
export function placeholderLanguage(inner: Language, bytes: BytesForm, now: ContextNow): Language {
  return {
    complete(text, offset) {
      const open = openAt(text, offset);
      if (open === null) return inner.complete(mask(text, bytes, now()).text, offset);
      const items = completeExpression(open.expression, open.cursor, now());
      return items.map((item) => closed(item, text, offset, open.start));
    },
    diagnose(text) {
      const context = now();
      const masked = mask(text, bytes, context);
      const outer = inner.diagnose(masked.text).filter(({ offset, length }) => {
        return !masked.unknown.some((each) => overlaps(offset, length, each));
      });
      return [...outer, ...expressionProblems(text, context)].sort((a, b) => a.offset - b.offset);
    },
    hover(text, offset) {
      const part = partAt(text, offset);
      if (part === null) return inner.hover(mask(text, bytes, now()).text, offset);
      const found = hoverExpression(part.expression, offset - part.offset, now());
      return found === null ? null : { ...found, offset: found.offset + part.offset };
    },
    hints(text) {
      const context = now();
      const masked = mask(text, bytes, context);
      const placeholders = findPlaceholders(text);
      const isTheirs = (offset: number) =>
        placeholders.some(({ offset: from, length }) => {
          return (
            offset >= from &&
            text
              .slice(from + length, offset)
              .replace(/^\s*,/, "")
              .trim() === ""
          );
        });
      const outer = inner.hints(masked.text).filter(({ offset }) => !isTheirs(offset));
      return [...outer, ...valueHints(text, placeholders, context)].sort((a, b) => a.offset - b.offset);
    },
    layout: (text) => inner.layout(text),
    folds: (text) => inner.folds(text),
    typeAt: (text, offset) => inner.typeAt(mask(text, bytes, now()).text, offset),
    bytesLenses: (text, offset) => (isIn(text, offset) ? [] : inner.bytesLenses(masking(text), offset)),
    valueLenses: (text, offset) => (isIn(text, offset) ? null : inner.valueLenses(masking(text), offset)),
    setRecents: (recents) => inner.setRecents(recents),
    setHeight: (height) => inner.setHeight(height),
    asksAfter: (character, text, offset) => "{.".includes(character) && openAt(text, offset) !== null,
  };

  function masking(text: string): string {
    return mask(text, bytes, now()).text;
  }
}

interface Masked {
  readonly text: string;
  /** Placeholders of which it is not known what they will be. */
  readonly unknown: readonly Placeholder[];
}

/** The text with a sample in the place of each placeholder, filled up with blanks so that everything stays where it is. */
function mask(text: string, bytes: BytesForm, context: ExpressionContext): Masked {
  let masked = text;
  const unknown: Placeholder[] = [];
  for (const placeholder of findPlaceholders(text)) {
    const { offset, length, whole, parts } = placeholder;
    const [only] = parts;
    const sample =
      whole && only?.kind === "expression"
        ? sampleOf(typeOfText(only.expression, context.scope, context))
        : null;
    const written =
      sample === null ? null : writePlaceholder(placeholder, [sample], { bytes, registry: context.registry });
    if (written === null || written.length > length) unknown.push(placeholder);
    else masked = masked.slice(0, offset) + written.padEnd(length) + masked.slice(offset + length);
  }
  return { text: masked, unknown };
}

function expressionProblems(text: string, context: ExpressionContext): Problem[] {
  return findPlaceholders(text).flatMap(({ parts }) =>
    parts.flatMap((part) =>
      part.kind === "text"
        ? []
        : diagnoseExpression(part.expression, context, null).map((problem) => ({
            ...problem,
            offset: problem.offset + part.offset,
          })),
    ),
  );
}

function valueHints(text: string, placeholders: readonly Placeholder[], context: ExpressionContext) {
  return placeholders.flatMap(({ offset, length, whole, parts }) => {
    const [only] = parts;
    const value = whole && only?.kind === "expression" ? pathValue(only.expression, context) : null;
    if (value === null) return [];
    const comma = /^\s*,/.exec(text.slice(offset + length))?.[0].length ?? 0;
    return [{ offset: offset + length + comma, text: `= ${shortened(value, context, 40)}` }];
  });
}

/** The placeholder's expression that an offset lies in. */
function partAt(text: string, offset: number) {
  for (const { parts } of findPlaceholders(text)) {
    for (const part of parts) {
      if (part.kind === "text") continue;
      if (offset >= part.offset && offset <= part.offset + part.expression.length) return part;
    }
  }
  return null;
}

function isIn(text: string, offset: number): boolean {
  return findPlaceholders(text).some((each) => overlaps(offset, 0, each));
}

function overlaps(offset: number, length: number, each: Placeholder): boolean {
  return offset < each.offset + each.length && offset + length >= each.offset;
}

/** The `{{` before an offset of the same line that is not closed by then, and what of the expression stands after it. */
function openAt(text: string, offset: number) {
  const line = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
  const opening = line.lastIndexOf("{{");
  if (opening === -1 || line.indexOf("}}", opening) !== -1) return null;
  const before = line.slice(0, opening).replaceAll(/\\./g, "  ");
  if ((before.split('"').length - 1) % 2 === 0) return null;
  const start = offset - line.length + opening + 2;
  const rest = /^[^"\n]*?(?=\}\}|"|\n|$)/.exec(text.slice(offset))?.[0] ?? "";
  const expression = text.slice(start, offset) + rest;
  const cursor = offset - start;
  return expressionAt(expression, cursor) === null ? null : { start, expression, cursor };
}

/** The item in the request's text; it closes the placeholder where nothing does. */
function closed(item: CompletionItem, text: string, offset: number, start: number): CompletionItem {
  const rest = /^[^\n]*/.exec(text.slice(offset))?.[0] ?? "";
  const isClosed = /^[^"]*?\}/.test(rest);
  const goesOn = item.insert.includes("$") || item.kind === "skeleton";
  const insert = isClosed || goesOn ? item.insert : `${item.insert}}}`;
  return { ...item, insert, offset: item.offset + start };
}
