import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { StoredReply } from "../../lib/notebook/stored-reply.ts";
import { diffLines } from "../../lib/reply/diff-lines.ts";

/** What the cells of a notebook are to reply, by id. */
export interface StoredOutputs {
  readonly cells: ReadonlyMap<string, StoredReply>;
}

/** Where the outputs of a notebook are kept: `outputs/<slug>.json` beside it. */
export function outputsFile(notebook: string): string {
  return join(dirname(notebook), "outputs", `${basename(notebook, ".mdx")}.json`);
}

/** The stored outputs of a notebook; null where there are none. Throws, with the file's name, where it cannot be read. */
export function readOutputs(notebook: string): StoredOutputs | null {
  const file = outputsFile(notebook);
  if (!existsSync(file)) return null;
  let cells: unknown;
  try {
    ({ cells } = JSON.parse(readFileSync(file, "utf8")) as { cells?: unknown });
  } catch (cause) {
    throw new Error(`${file} is no JSON: run with --update to write it anew`, { cause });
  }
  if (typeof cells !== "object" || cells === null) {
    throw new Error(`${file} has no cells: run with --update to write it anew`);
  }
  return { cells: new Map(Object.entries(cells as Record<string, StoredReply>)) };
}

/** Writes the outputs of a notebook, and gives whether they are others than before. */
export function writeOutputs(notebook: string, cells: ReadonlyMap<string, StoredReply>): boolean {
  const file = outputsFile(notebook);
  const text = `${JSON.stringify({ cells: Object.fromEntries(cells) }, null, 2)}\n`;
  if (existsSync(file) && readFileSync(file, "utf8") === text) return false;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return true;
}

/** How a reply differs from what is stored of it; null where it does not. */
export function replyDifference(
  stored: StoredReply | undefined,
  now: StoredReply,
): { readonly message: string; readonly diff: readonly string[] } | null {
  if (stored === undefined) {
    return { message: "nothing is stored of its reply: look at it, then run with --update", diff: [] };
  }
  const [before, after] = [stored, now].map((each) => JSON.stringify(each, null, 2).split("\n"));
  const diff = lineDiff(before ?? [], after ?? []);
  if (diff.length === 0) return null;
  const message = "the reply is not the stored one: name what may differ in varies, or run with --update";
  return { message, diff };
}

/** Lines around a change that are shown with it. */
const AROUND = 2;
/** The most lines that are shown. */
const MOST_LINES = 60;

/** Lines that went (`-`), that came (`+`), and some around them. */
function lineDiff(before: readonly string[], after: readonly string[]): readonly string[] {
  const parts = diffLines(before, after);
  if (parts.every(({ kind }) => kind === "same")) return [];
  const lines = parts.flatMap((part, i) => {
    if (part.kind === "changed") {
      return [
        ...before.slice(part.oldFrom, part.oldTo).map((line) => `- ${line}`),
        ...after.slice(part.newFrom, part.newTo).map((line) => `+ ${line}`),
      ];
    }
    const same = before.slice(part.oldFrom, part.oldTo).map((line) => `  ${line}`);
    if (same.length <= 2 * AROUND) return same;
    const head = i === 0 ? [] : same.slice(0, AROUND);
    const tail = i === parts.length - 1 ? [] : same.slice(-AROUND);
    return [...head, ...(i === 0 || i === parts.length - 1 ? [] : ["  …"]), ...tail];
  });
  const rest = lines.length - MOST_LINES;
  return rest > 0 ? [...lines.slice(0, MOST_LINES), `  … and ${rest} more lines`] : lines;
}
