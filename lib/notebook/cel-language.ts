import type { Language } from "../editor/language.ts";
import {
  completeExpression,
  diagnoseExpression,
  type Expected,
  hoverExpression,
} from "./expression-language.ts";
import type { ContextNow } from "./placeholder-language.ts";

/** The language of a cell's expression, for the same editor as a request's. */
export function celLanguage(expected: Expected, now: ContextNow): Language {
  return {
    complete: (text, offset) => completeExpression(text, offset, now()),
    diagnose: (text) => diagnoseExpression(text, now(), expected),
    hover: (text, offset) => hoverExpression(text, offset, now()),
    hints: () => [],
    layout: () => [],
    folds: () => [],
    typeAt: () => null,
    bytesLenses: () => [],
    valueLenses: () => null,
    setRecents: () => {},
    setHeight: () => {},
    asksAfter: (character) => character === ".",
  };
}
