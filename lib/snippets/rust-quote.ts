import { belowHome } from "./client-profile.ts";

const NAMED: Readonly<Record<string, string>> = {
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  '"': '\\"',
  "\\": "\\\\",
};

/** A `&str` of Rust. What cannot be seen is written as its code. */
export function rustQuote(text: string): string {
  let quoted = "";
  for (const character of text) {
    const code = (character.codePointAt(0) ?? 0).toString(16);
    quoted += NAMED[character] ?? (isPlain(character) ? character : `\\u{${code}}`);
  }
  return `"${quoted}"`;
}

/** A path; one below the home folder is found when the program runs, below its variable `home`. */
export function rustPath(path: string): string {
  const below = belowHome(path);
  return below === null ? rustQuote(path) : `home.join(${rustQuote(below)})`;
}

/** A floating-point number. */
export function rustNumber(value: number, bits: 32 | 64): string {
  if (Number.isNaN(value)) return `f${bits}::NAN`;
  if (!Number.isFinite(value)) return `f${bits}::${value < 0 ? "NEG_INFINITY" : "INFINITY"}`;
  const text = Object.is(value, -0) ? "-0" : String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

function isPlain(character: string): boolean {
  return /^[^\p{C}\p{Z}]$|^ $/u.test(character);
}
