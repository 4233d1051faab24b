import { toHex } from "../schema/bytes-text.ts";
import { belowHome } from "./client-profile.ts";

/** A string of JavaScript and TypeScript. What cannot be seen is written as its code. */
export function jsQuote(text: string): string {
  return JSON.stringify(text).replace(/[\p{C}\u2028\u2029\u00a0\ufeff]/gu, (character) =>
    [...character].map((each) => `\\u{${(each.codePointAt(0) ?? 0).toString(16)}}`).join(""),
  );
}

/** A `Buffer` of Node, which is a `Uint8Array`. */
export function jsBytes(bytes: Uint8Array): string {
  return bytes.length === 0 ? "Buffer.alloc(0)" : `Buffer.from("${toHex(bytes)}", "hex")`;
}

/** A path; one below the home folder is found when the program runs, by `homedir()`. */
export function jsPath(path: string): string {
  const below = belowHome(path);
  return below === null ? jsQuote(path) : `join(homedir(), ${jsQuote(below)})`;
}

/** A key of an object. */
export function jsKey(name: string): string {
  if (name === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : jsQuote(name);
}

/** A number, exactly as it is. */
export function jsNumber(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}
