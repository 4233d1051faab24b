import { belowHome } from "./client-profile.ts";

const NAMED: Readonly<Record<string, string>> = {
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  '"': '\\"',
  "\\": "\\\\",
};

/** A `string` of Go. What cannot be seen is written as its code. */
export function goQuote(text: string): string {
  let quoted = "";
  for (const character of text)
    quoted += NAMED[character] ?? (isPlain(character) ? character : escaped(character));
  return `"${quoted}"`;
}

/** A path; one below the home folder is found when the program runs, below its variable `home`. */
export function goPath(path: string): string {
  const below = belowHome(path);
  return below === null ? goQuote(path) : `filepath.Join(home, ${goQuote(below)})`;
}

/** A floating-point number; what no constant of Go can be is made by package math. */
export function goNumber(value: number, bits: 32 | 64): string {
  const constant = Number.isFinite(value) && !Object.is(value, -0);
  const text = constant
    ? String(value)
    : Number.isNaN(value)
      ? "math.NaN()"
      : value === 0
        ? "math.Copysign(0, -1)"
        : `math.Inf(${value < 0 ? -1 : 1})`;
  return constant || bits === 64 ? text : `float32(${text})`;
}

function isPlain(character: string): boolean {
  return /^[^\p{C}\p{Z}]$|^ $/u.test(character);
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code > 0xffff
    ? `\\U${code.toString(16).padStart(8, "0")}`
    : `\\u${code.toString(16).padStart(4, "0")}`;
}
