import { format as formatEdits } from "jsonc-parser";
import { applyEdits, type TextEdit } from "../schema/problem.ts";

/** The edits that lay a request out in lines of two spaces a level. Comments stay. */
export function layoutEdits(text: string): readonly TextEdit[] {
  const layout = { tabSize: 2, insertSpaces: true, eol: "\n", insertFinalNewline: false };
  return formatEdits(text, undefined, layout).map(({ offset, length, content }) => ({
    offset,
    length,
    text: content,
  }));
}

/** A request laid out. */
export function format(text: string): string {
  return applyEdits(text, layoutEdits(text));
}
