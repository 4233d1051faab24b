import { isScalar, parseDocument, stringify, YAMLMap } from "yaml";
import { applyEdits, type TextEdit } from "../schema/problem.ts";
import { lineEnd } from "./edit-notebook.ts";
import type { Notebook } from "./notebook.ts";

/** A line of the front matter. */
export type InfoName = "title" | "description" | "order" | "scenario" | "seed";

/** Sets lines of the front matter; null takes one out. All else of it stays as it is written. */
export function setInfo(source: string, lines: Readonly<Partial<Record<InfoName, string | null>>>): string {
  const end = lineEnd(source);
  const from = source.indexOf("\n") + 1;
  const to = /^---[ \t]*\r?$/m.exec(source.slice(from))?.index ?? 0;
  const yaml = source.slice(from, from + to);
  const { contents } = parseDocument(yaml, { intAsBigInt: true, version: "1.2" });
  const pairs = contents instanceof YAMLMap ? contents.items : [];
  const edits: TextEdit[] = [];
  for (const [name, value] of Object.entries(lines)) {
    const index = pairs.findIndex(({ key }) => isScalar(key) && key.value === name);
    const pair = pairs[index];
    const line = value === null ? "" : `${name}: ${scalar(name, value)}${end}`;
    if (pair === undefined) {
      if (value !== null) edits.push({ offset: from + yaml.length, length: 0, text: line });
      continue;
    }
    const start = rangeOf(pair.key)?.[0] ?? 0;
    const next = pairs[index + 1];
    // Comments and empty lines after a value belong to what follows them.
    const valueEnd = rangeOf(pair.value)?.[1] ?? start;
    const lineBreak = yaml.indexOf("\n", Math.max(valueEnd - 1, start));
    const stop = Math.min(
      lineBreak === -1 ? yaml.length : lineBreak + 1,
      next === undefined ? yaml.length : (rangeOf(next.key)?.[0] ?? yaml.length),
    );
    edits.push({ offset: from + start, length: stop - start, text: line });
  }
  return applyEdits(source, edits);
}

/** The source of a copy of one's own: it says so in its title, and has no place among the lessons. */
export function copyOf({ source, info }: Notebook): string {
  const [, name = info.title, number] = /^(.*) \(copy(?: (\d+))?\)$/s.exec(info.title) ?? [];
  const isCopy = name !== info.title;
  const title = isCopy ? `${name} (copy ${Number(number ?? 1) + 1})` : `${info.title} (copy)`;
  return setInfo(source, { title, order: null });
}

/** `Ada’s notebook` → `ada-s-notebook.mdx` */
export function fileNameOf({ info }: Notebook): string {
  const words = info.title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? ["notebook"];
  return `${words.join("-").slice(0, 80)}.mdx`;
}

function scalar(name: string, value: string | null | undefined): string {
  const text = value ?? "";
  if (name === "order" || name === "seed") return text;
  return stringify(text.replaceAll(/\s+/g, " "), { lineWidth: 0 }).trimEnd();
}

function rangeOf(node: unknown): readonly number[] | null {
  return isScalar(node) ? (node.range ?? null) : null;
}
