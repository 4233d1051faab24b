import { type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { isDecimal } from "./exact-number.ts";
import type { Problem } from "./problem.ts";

/** The largest request text, in bytes of UTF-8. */
const maxRequestBytes = 1024 * 1024;

/** How many brackets of a request may be open at once. */
export const maxNesting = 100;

export interface RequestTree {
  /** What could be read, also of a text with syntax problems; null where nothing could. */
  readonly root: Node | null;
  readonly problems: readonly Problem[];
}

/** Parses JSON with comments and trailing commas, in linear time and bounded depth. */
export function parseRequest(text: string): RequestTree {
  const refused = refuse(text);
  if (refused !== null) return { root: null, problems: [refused] };
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true, allowEmptyContent: true }) ?? null;
  if (root === null && errors.length === 0) return { root: null, problems: [empty(text)] };
  return { root, problems: syntaxProblems(text, errors) };
}

function refuse(text: string): Problem | null {
  const whole = { severity: "error", path: "" } as const;
  if (text.length > maxRequestBytes || utf8Length(text) > maxRequestBytes) {
    const message = "The request is longer than 1 MiB: shorten it.";
    return { ...whole, code: "too-large", message, offset: 0, length: 1 };
  }
  const deep = offsetOfNesting(text, maxNesting);
  if (deep === null) return null;
  const message = `The request is nested deeper than ${maxNesting} levels here: take levels out.`;
  return { ...whole, code: "too-deep", message, offset: deep, length: 1 };
}

function utf8Length(text: string): number {
  if (text.length * 3 <= maxRequestBytes) return text.length;
  return new TextEncoder().encode(text).length;
}

/** Where the first bracket beyond `limit` open ones is, outside strings and comments. */
function offsetOfNesting(text: string, limit: number): number | null {
  const token = /"[^"\\\n]*(?:\\.[^"\\\n]*)*"?|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|[[\]{}]/g;
  let depth = 0;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    if (match[0] === "{" || match[0] === "[") depth++;
    else if (match[0] === "}" || match[0] === "]") depth--;
    if (depth > limit) return match.index;
  }
  return null;
}

function empty(text: string): Problem {
  const edits = [{ offset: 0, length: text.length, text: "{}" }];
  return {
    severity: "error",
    code: "empty",
    message: "The request is empty: write {} for a message without fields.",
    offset: 0,
    length: Math.max(1, text.length),
    path: "",
    fix: { title: "Write {}", edits },
  };
}

/** One problem per place: what the parser says about the rest of an unreadable word is left out. */
function syntaxProblems(text: string, errors: readonly ParseError[]): Problem[] {
  const problems: Problem[] = [];
  let readTo = -1;
  for (const error of errors) {
    if (error.offset < readTo || (readTo >= 0 && text.slice(readTo, error.offset).trim() === "")) continue;
    const problem = bareWord(text, error.offset) ?? plainProblem(text, error);
    problems.push(problem);
    readTo = problem.offset + problem.length;
    if (problems.length === 20) break;
  }
  return problems;
}

const wordCharacter = /[A-Za-z0-9_+\-.=']/;

/** Hex, an enum value or a name without its quotes. */
function bareWord(text: string, offset: number): Problem | null {
  let start = offset;
  while (start > 0 && wordCharacter.test(text[start - 1] ?? "")) start--;
  let end = offset;
  while (end < text.length && wordCharacter.test(text[end] ?? "")) end++;
  const word = text.slice(start, end);
  if (!/[A-Za-z0-9]/.test(word) || /^(true|false|null)$/.test(word) || isDecimal(word)) return null;
  if (text[start - 1] === '"' || text[end] === '"') return null;
  const quoted = JSON.stringify(word.replaceAll("'", ""));
  const shown = quoted.length > 40 ? `${quoted.slice(0, 39)}…"` : quoted;
  return {
    severity: "error",
    code: "syntax",
    message: `This needs double quotes: ${shown}.`,
    offset: start,
    length: word.length,
    path: "",
    fix: { title: "Put it in quotes", edits: [{ offset: start, length: word.length, text: quoted }] },
  };
}

const syntaxMessages: Readonly<Record<string, string>> = {
  InvalidSymbol: "This is no JSON.",
  InvalidNumberFormat: "This number is not complete.",
  PropertyNameExpected: 'A field name in double quotes is missing here: "name": value.',
  ValueExpected: "A value is missing here.",
  ColonExpected: "A colon is missing between the field's name and its value.",
  CommaExpected: "A comma is missing before this.",
  CloseBraceExpected: "A closing } is missing.",
  CloseBracketExpected: "A closing ] is missing.",
  EndOfFileExpected: "The request ends before this: a request is one { … }.",
  InvalidCommentToken: "This comment is not complete.",
  UnexpectedEndOfComment: "The comment is not closed: write */.",
  UnexpectedEndOfString: "The closing double quote is missing.",
  UnexpectedEndOfNumber: "This number is not complete.",
  InvalidUnicode: "\\u takes four hex digits.",
  InvalidEscapeCharacter: "This escape is not known in JSON: write \\\\ for a backslash.",
  InvalidCharacter: "Control characters are written as escapes in strings: \\n, \\t, \\u0007.",
};

const inserted: Readonly<Record<string, string>> = {
  CommaExpected: ",",
  CloseBraceExpected: "}",
  CloseBracketExpected: "]",
};

function plainProblem(text: string, error: ParseError): Problem {
  const name = printParseErrorCode(error.error);
  const message = syntaxMessages[name] ?? "This is no JSON.";
  const end = Math.min(text.length, error.offset);
  const problem = { severity: "error", code: "syntax", message, path: "" } as const;
  const missing = inserted[name];
  if (missing === undefined) {
    return { ...problem, offset: end, length: Math.max(error.length, end < text.length ? 1 : 0) };
  }
  const offset = name === "CommaExpected" ? endOfLastToken(text, end) : end;
  const fix = { title: `Write ${missing}`, edits: [{ offset, length: 0, text: missing }] };
  return { ...problem, offset: end, length: Math.max(error.length, 1), fix };
}

/** Where the value before `offset` ends: the comma belongs there, not on the next line. */
function endOfLastToken(text: string, offset: number): number {
  return text.slice(0, offset).trimEnd().length;
}
