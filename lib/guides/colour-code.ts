export interface CodePart {
  readonly kind: "key" | "string" | "number" | "comment" | null;
  readonly text: string;
}

const JSON_PARTS =
  /(\/\/[^\n]*|\/\*[\s\S]*?\*\/)|("(?:[^"\\]|\\.)*")(\s*:)?|(-?\b\d[\d.eE+-]*\b|\b(?:true|false|null)\b)/g;
const SHELL_PARTS = /((?:^|(?<=\s))#[^\n]*)|("(?:[^"\\]|\\.)*"|'[^']*')/gm;

/** Divides code into parts that have a colour of their own. Of languages that it does not know, all is plain. */
export function colourCode(language: string | null, text: string): CodePart[] {
  if (language === "json" || language === "jsonc") return divide(text, JSON_PARTS, jsonKind);
  if (language === "sh" || language === "ini" || language === "toml")
    return divide(text, SHELL_PARTS, ([, comment]) => (comment === undefined ? "string" : "comment"));
  if (language === "js")
    return divide(text, JSON_PARTS, (found) => (jsonKind(found) === "key" ? "string" : jsonKind(found)));
  return [{ kind: null, text }];
}

function jsonKind([, comment, string, colon]: RegExpMatchArray): CodePart["kind"] {
  if (comment !== undefined) return "comment";
  if (string !== undefined) return colon === undefined ? "string" : "key";
  return "number";
}

function divide(
  text: string,
  pattern: RegExp,
  kindOf: (found: RegExpMatchArray) => CodePart["kind"],
): CodePart[] {
  const parts: CodePart[] = [];
  let at = 0;
  for (const found of text.matchAll(pattern)) {
    const colon = found[3] ?? "";
    const end = found.index + found[0].length - colon.length;
    if (found.index > at) parts.push({ kind: null, text: text.slice(at, found.index) });
    parts.push({ kind: kindOf(found), text: text.slice(found.index, end) });
    at = end;
  }
  if (at < text.length) parts.push({ kind: null, text: text.slice(at) });
  return parts;
}
