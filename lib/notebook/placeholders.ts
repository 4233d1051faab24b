/** A string of a request's text that holds expressions of earlier cells. */
export interface Placeholder {
  /** The string with its quotes, in UTF-16 units of the text. */
  readonly offset: number;
  readonly length: number;
  /** Whether the string is one expression and nothing else: the value then keeps its type. */
  readonly whole: boolean;
  /** What the string is made of. `offset` of an expression is where it begins in the text, where nothing in it is escaped. */
  readonly parts: readonly PlaceholderPart[];
}

export type PlaceholderPart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "expression"; readonly expression: string; readonly offset: number };

/** Comments and strings of JSON. */
const TOKEN = /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"(?:[^"\\\n]|\\.)*"/g;
const OPENING = "{{";
const EXPRESSION = /\{\{([\s\S]*?)\}\}/g;

/** The strings of a request's text that hold `{{expression}}`, in their order. Names of fields are never one. */
export function findPlaceholders(text: string): Placeholder[] {
  if (!text.includes(OPENING)) return [];
  const found: Placeholder[] = [];
  for (const { 0: token, index: offset } of text.matchAll(TOKEN)) {
    const length = token.length;
    const value = token.startsWith('"') && token.includes(OPENING) ? stringOf(token) : null;
    if (value === null || /^\s*:/.test(text.slice(offset + length))) continue;
    const parts = splitParts(value, offset + 1);
    if (parts.every((part) => part.kind === "text")) continue;
    found.push({ offset, length, whole: parts.length === 1, parts });
  }
  return found;
}

/** The string of a JSON token; null where it has an escape that JSON does not know. */
function stringOf(token: string): string | null {
  try {
    return JSON.parse(token) as string;
  } catch {
    return null;
  }
}

function splitParts(value: string, offset: number): PlaceholderPart[] {
  const parts: PlaceholderPart[] = [];
  let at = 0;
  for (const match of value.matchAll(EXPRESSION)) {
    if (match.index > at) parts.push({ kind: "text", text: value.slice(at, match.index) });
    const written = match[1] ?? "";
    const expression = written.trim();
    const leading = written.length - written.trimStart().length;
    parts.push({ kind: "expression", expression, offset: offset + match.index + OPENING.length + leading });
    at = match.index + match[0].length;
  }
  if (at < value.length) parts.push({ kind: "text", text: value.slice(at) });
  return parts;
}

/** The expressions of a request's text. */
export function placeholderExpressions(text: string): string[] {
  return findPlaceholders(text).flatMap(({ parts }) =>
    parts.flatMap((part) => (part.kind === "expression" ? [part.expression] : [])),
  );
}
