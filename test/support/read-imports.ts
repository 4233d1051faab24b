/** One import of a module. `specifier` is null where it is an expression. */
export interface ImportStatement {
  readonly specifier: string | null;
  /** Counted from 1. */
  readonly line: number;
}

const FORMS = [
  // import x from "m", import type { X } from "m", export * from "m", over several lines too
  /^[ \t]*(?:import|export)\b[^;"'`()=]*?\bfrom\s*(["'])(?<specifier>[^"'\n]+)\1/gm,
  // import "m"
  /^[ \t]*import\s*(["'])(?<specifier>[^"'\n]+)\1/gm,
  // import("m"), also as a type; require("m"); module.register("m")
  /(?<![\w.$])(?:import|require)\s*\(\s*(?:(["'`])(?<specifier>[^"'`\n$]+)\1\s*[),]|[^)\s])/g,
  // new URL("m", import.meta.url): how a worker is named
  /\bnew\s+URL\s*\(\s*(["'])(?<specifier>\.[^"'\n]*\.[cm]?[jt]sx?)\1\s*,\s*import\.meta\.url/g,
];

/** Every import of a TypeScript or JavaScript source, in order. Text in comments is not read. */
export function readImports(source: string): ImportStatement[] {
  const code = blankComments(source);
  return FORMS.flatMap((form) =>
    [...code.matchAll(form)].map((match) => ({
      specifier: match.groups?.specifier ?? null,
      line: lineAt(code, match.index + match[0].search(/\S/)),
    })),
  ).sort((a, b) => a.line - b.line);
}

/** Replaces comments by spaces. What looks like a comment inside a string or template stays. */
function blankComments(source: string): string {
  return source.replace(
    /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\[\s\S]|[^`\\])*`|\/\/[^\n]*|\/\*[\s\S]*?\*\//g,
    (token) => (token.startsWith("/") ? token.replace(/[^\n]/g, " ") : token),
  );
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
