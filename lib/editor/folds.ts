import { positionAt } from "../schema/problem.ts";
import { tokens } from "./request-tokens.ts";

/** Lines from 1, both shown while folded: between them nothing is. */
export interface Fold {
  readonly start: number;
  readonly end: number;
  readonly comment: boolean;
}

/** What can be folded: brackets over several lines, up to the line before the closing one, and block comments. */
export function folds(text: string): readonly Fold[] {
  const found: Fold[] = [];
  const open: number[] = [];
  let line = 1;
  let at = 0;
  const lineOf = (offset: number) => {
    line += positionAt(text.slice(at, offset), offset - at).line - 1;
    at = offset;
    return line;
  };
  for (const token of tokens(text)) {
    if (token.kind === "{" || token.kind === "[") open.push(lineOf(token.offset));
    else if (token.kind === "}" || token.kind === "]") {
      const start = open.pop();
      const end = lineOf(token.offset) - 1;
      if (start !== undefined && end > start) found.push({ start, end, comment: false });
    } else if (token.kind === "comment" && token.closed) {
      const start = lineOf(token.offset);
      const end = lineOf(token.end);
      if (end > start) found.push({ start, end, comment: true });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}
