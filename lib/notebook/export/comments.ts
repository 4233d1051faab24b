/** The longest line of a comment, without its mark. */
const WIDTH = 92;

/**
 * Lines of a comment in any language: nothing in the text can end it, and what cannot be seen is left out. `mark` is `#` or
 * `//`.
 */
export function commentLines(text: string, mark: string): string[] {
  return text
    .split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/)
    .map((line) => line.replace(/\t/g, "  ").replace(/\p{C}/gu, "").trimEnd())
    .flatMap(wrapped)
    .map((line) => (line === "" ? mark : `${mark} ${line}`));
}

/** A sentence as a comment. */
export function commentSentence(text: string, mark: string): string {
  return commentLines(text.replace(/\s+/g, " "), mark).join("\n");
}

function wrapped(line: string): string[] {
  const lead = /^\s*(?:[-*>]|\d+\.)?\s*/.exec(line)?.[0] ?? "";
  const lines: string[] = [];
  let current = lead;
  for (const word of line.slice(lead.length).split(" ")) {
    if (current.trim() !== lead.trim() && current.length + word.length + 1 > WIDTH) {
      lines.push(current);
      current = " ".repeat(lead.length) + word;
    } else current += current === lead ? word : ` ${word}`;
  }
  return [...lines, current.trimEnd()];
}

/** Prose of a notebook where no link leads anywhere: of `[text][ref]` and `[text](/page)` the text. */
export function plainProse(markdown: string): string {
  return markdown
    .replace(/(?<!!)\[([^\]]*)\]\[[^\]]*\]/g, "$1")
    .replace(/(?<!!)\[([^\]]*)\]\([/#][^)]*\)/g, "$1")
    .trim();
}

/** The same as a comment, a paragraph's lines filled anew. */
export function proseComment(markdown: string, mark: string): string {
  const filled = plainProse(markdown)
    .split(/(^```[\s\S]*?^```)/m)
    .map((part) => (part.startsWith("```") ? part : part.replace(/(\S)\n[ \t]*(?=[^\s#>|*\d-])/g, "$1 ")))
    .join("");
  return commentLines(filled, mark).join("\n");
}
