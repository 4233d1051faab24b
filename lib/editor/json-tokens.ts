export type JsonTokenKind = "key" | "string" | "number" | "word" | "comment" | "plain";

export interface JsonToken {
  readonly kind: JsonTokenKind;
  readonly text: string;
}

const token =
  /(?<comment>\/\/.*)|(?<key>"[^"\\]*(?:\\.[^"\\]*)*"(?=\s*:))|(?<string>"[^"\\]*(?:\\.[^"\\]*)*"?)|(?<number>-?\d[\d.eE+-]*)|(?<word>\b(?:true|false|null)\b)/g;

/** The coloured pieces of one line of JSON, in order; together they are the line. Strings do not span lines. */
export function jsonTokens(line: string): readonly JsonToken[] {
  const tokens: JsonToken[] = [];
  let done = 0;
  for (const match of line.matchAll(token)) {
    if (match.index > done) tokens.push({ kind: "plain", text: line.slice(done, match.index) });
    tokens.push({ kind: kindOf(match.groups ?? {}), text: match[0] });
    done = match.index + match[0].length;
  }
  if (done < line.length) tokens.push({ kind: "plain", text: line.slice(done) });
  return tokens;
}

function kindOf(groups: Readonly<Record<string, string | undefined>>): JsonTokenKind {
  if (groups.comment !== undefined) return "comment";
  if (groups.key !== undefined) return "key";
  if (groups.string !== undefined) return "string";
  if (groups.number !== undefined) return "number";
  return "word";
}
