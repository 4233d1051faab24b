/** A replacement of `length` UTF-16 units at `offset` by `text`. Offsets refer to the text before any edit. */
export interface TextEdit {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

/** One thing that is wrong with a request's text. An `error` keeps the request from being sent. */
export interface Problem {
  readonly severity: "error" | "warning";
  readonly code: ProblemCode;
  /** What is wrong, and what to write instead. Plain text. */
  readonly message: string;
  /** In UTF-16 units from the start of the text. */
  readonly offset: number;
  readonly length: number;
  /** Where in the message: `bid.details.allowed_node_ids[0]`; empty for the whole of it. */
  readonly path: string;
  readonly fix?: Fix;
}

/** Edits that remove the problem, with the words for the button that applies them. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

export type ProblemCode =
  | "empty"
  | "too-large"
  | "too-deep"
  | "syntax"
  | "unknown-field"
  | "duplicate-field"
  | "oneof"
  | "wrong-type"
  | "range"
  | "not-integer"
  | "bytes"
  | "enum"
  | "map-key"
  | "value"
  | "limit"
  | "hazard";

/** The text after the edits, which must not overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const lastFirst = [...edits].sort((a, b) => b.offset - a.offset);
  return lastFirst.reduce(
    (result, edit) => result.slice(0, edit.offset) + edit.text + result.slice(edit.offset + edit.length),
    text,
  );
}

/** Line and column of an offset, both from 1. Lines end with `\n`. */
export function positionAt(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let lineStart = 0;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", lineStart)) {
    line++;
    lineStart = at + 1;
  }
  return { line, column: offset - lineStart + 1 };
}

/** The problem with its place, for where no editor marks it: `line 2, column 5: …`. */
export function describeProblem(text: string, { offset, message }: Problem): string {
  const { line, column } = positionAt(text, offset);
  return `line ${line}, column ${column}: ${message}`;
}
