import { indented } from "./snippet.ts";

/** Parts between brackets, on one line where they fit, else each on its own with a comma after it. No part holds a line break of a text. */
export function layOut(open: string, parts: readonly string[], close: string, unit = "    "): string {
  if (parts.length === 0) return `${open.trimEnd()}${close.trimStart()}`;
  const line = `${open}${parts.join(", ")}${close}`;
  if (line.length <= 80 && !line.includes("\n")) return line;
  const lines = parts.map((part) => `${unit}${indented(part, unit)},\n`);
  return `${open.trimEnd()}\n${lines.join("")}${close.trimStart()}`;
}
