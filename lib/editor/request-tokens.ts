export interface Token {
  readonly kind: "{" | "}" | "[" | "]" | "," | ":" | "string" | "word" | "comment";
  readonly offset: number;
  readonly end: number;
  /** A string's content or a word as it stands. */
  readonly value: string;
  /** Whether a string or comment has its end. A line comment has none before its line ends. */
  readonly closed: boolean;
}

const pattern =
  /(?<comment>\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|(?<string>"[^"\\\n]*(?:\\.[^"\\\n]*)*"?)|(?<mark>[{}[\],:])|(?<word>[^\s{}[\],:"/]+)/g;

/** The request's tokens, of an unfinished text too. A string that is not closed ends with its line. */
export function tokens(text: string): readonly Token[] {
  return Array.from(text.matchAll(pattern), (match) => {
    const [source] = match;
    const groups = match.groups ?? {};
    const place = { offset: match.index, end: match.index + source.length };
    if (groups.comment !== undefined) {
      return { kind: "comment", ...place, value: "", closed: source.endsWith("*/") && source.length > 3 };
    }
    if (groups.string !== undefined) {
      const closed = /^"[^"\\\n]*(?:\\.[^"\\\n]*)*"$/.test(source);
      return { kind: "string", ...place, value: unquote(source, closed), closed };
    }
    const kind = groups.mark === undefined ? "word" : (source as Token["kind"]);
    return { kind, ...place, value: source, closed: true };
  });
}

function unquote(source: string, closed: boolean): string {
  if (!closed) return source.slice(1);
  try {
    return String(JSON.parse(source));
  } catch {
    return source.slice(1, -1);
  }
}
