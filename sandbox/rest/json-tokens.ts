/** A piece of JSON with the place where it starts. `raw` is its text. */
export interface JsonToken {
  readonly kind: "{" | "}" | "[" | "]" | "name" | "string" | "number" | "true" | "false" | "null" | "end";
  readonly raw: string;
  readonly at: number;
  /** What a name or a string says. */
  readonly text: string;
}

/** Reads tokens of a text that is known to be JSON, one after the other. Commas and colons are not told. */
export interface TokenReader {
  peek(): JsonToken;
  next(): JsonToken;
  /** `line 1:19`, in characters from 1. */
  place(at: number): string;
}

const TOKEN =
  /[ \t\r\n,]*(?:([{}[\]])|("(?:[^"\\]|\\.)*")([ \t\r\n]*:)?|(-?[\d][\d.eE+-]*)|(true|false|null)|$)/y;

/** A reader that stands before the text's first token. */
export function readTokens(text: string): TokenReader {
  let position = 0;
  let ahead: JsonToken | undefined;
  const read = (): JsonToken => {
    TOKEN.lastIndex = position;
    const found = TOKEN.exec(text);
    if (found === null) throw new Error("the text is no JSON");
    position = TOKEN.lastIndex;
    const [, bracket, quoted, colon, number, word] = found;
    const raw = bracket ?? quoted ?? number ?? word ?? "";
    const at = position - raw.length - (colon?.length ?? 0);
    if (quoted !== undefined) {
      return { kind: colon === undefined ? "string" : "name", raw, at, text: JSON.parse(quoted) as string };
    }
    const kind = bracket ?? (number === undefined ? word : "number") ?? "end";
    return { kind: kind as JsonToken["kind"], raw, at, text: "" };
  };
  const next = (): JsonToken => {
    const token = ahead ?? read();
    ahead = undefined;
    return token;
  };
  return {
    next,
    peek: () => {
      ahead ??= read();
      return ahead;
    },
    place: (at) => {
      const lines = text.slice(0, at).split("\n");
      return `line ${lines.length}:${[...(lines.at(-1) ?? "")].length + 1}`;
    },
  };
}
