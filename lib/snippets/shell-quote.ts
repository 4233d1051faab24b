import { belowHome } from "./client-profile.ts";

/**
 * One word of a POSIX shell. Nothing in single quotes means anything to it, but for the quote itself. NUL, which no
 * argument of a program can hold, throws.
 */
export function shellQuote(text: string): string {
  if (text.includes("\0")) throw new RangeError("a shell's word cannot hold NUL");
  if (/^[A-Za-z0-9_./:=@%+,-]+$/.test(text)) return text;
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** A path as one word; a leading `~/` stays outside of the quotes, where the shell reads it. */
export function shellPath(path: string): string {
  const below = belowHome(path);
  return below === null ? shellQuote(path) : `~/${shellQuote(below)}`;
}

/** The hex of a file's bytes, as a command substitution of what every POSIX system has. */
export function shellHex(path: string): string {
  return `$(od -An -vtx1 ${shellPath(path)} | tr -d ' \\n')`;
}
