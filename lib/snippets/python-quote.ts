import { toHex } from "../schema/bytes-text.ts";
import { belowHome } from "./client-profile.ts";

const NAMED: Readonly<Record<string, string>> = {
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  '"': '\\"',
  "\\": "\\\\",
};

/** A `str` of Python. What cannot be seen is written as its code. */
export function pythonQuote(text: string): string {
  let quoted = "";
  for (const character of text)
    quoted += NAMED[character] ?? (isPlain(character) ? character : escaped(character));
  return `"${quoted}"`;
}

/** A `bytes` of Python. */
export function pythonBytes(bytes: Uint8Array): string {
  return bytes.length === 0 ? 'b""' : `bytes.fromhex("${toHex(bytes)}")`;
}

/** A path; one below the home folder is found when the program runs. */
export function pythonPath(path: string): string {
  const below = belowHome(path);
  return below === null ? `Path(${pythonQuote(path)})` : `Path.home() / ${pythonQuote(below)}`;
}

function isPlain(character: string): boolean {
  return /^[^\p{C}\p{Z}]$|^ $/u.test(character);
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code > 0xffff) return `\\U${code.toString(16).padStart(8, "0")}`;
  return code > 0xff
    ? `\\u${code.toString(16).padStart(4, "0")}`
    : `\\x${code.toString(16).padStart(2, "0")}`;
}

const KEYWORDS = new Set(
  (
    "False None True and as assert async await break class continue def del elif else except finally for from " +
    "global if import in is lambda nonlocal not or pass raise return try while with yield"
  ).split(" "),
);

/** Whether a name of a proto file can stand as a name in Python. */
export function isPythonName(name: string): boolean {
  return !KEYWORDS.has(name);
}
