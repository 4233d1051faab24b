import { positionAt } from "../schema/problem.ts";
import type { NotebookProblem } from "./notebook.ts";

/**
 * What Markdown takes more than linear time over, how much of it a text may hold, and what to do about more. `paragraph`: counted
 * anew after each empty line. Fenced blocks are not counted: they are taken as they are.
 */
const LIMITS = [
  { what: "of `", most: 500, per: "paragraph", count: (line: string) => occurrences(line, /`+/g) },
  { what: "of * and _", most: 5_000, per: "notebook", count: (line: string) => occurrences(line, /[*_]/g) },
  { what: "of [ and ]", most: 5_000, per: "notebook", count: (line: string) => occurrences(line, /[[\]]/g) },
  {
    what: "of <, & and \\",
    most: 5_000,
    per: "notebook",
    count: (line: string) => occurrences(line, /[<&\\]/g),
  },
  { what: "quotes and lists in each other", most: 50, per: "line", count: (line: string) => depthOf(line) },
  {
    what: "lines of quotes and lists",
    most: 2_000,
    per: "notebook",
    count: (line: string) => Math.min(1, depthOf(line)),
  },
  { what: "lines of prose", most: 20_000, per: "notebook", count: () => 1 },
  {
    what: "blocks of prose",
    most: 4_000,
    per: "notebook",
    count: (line: string, first: boolean) => (first || /^\s*(?:#|=+\s*$|-+\s*$)/.test(line) ? 1 : 0),
  },
] as const;

/** Lines of three backticks: two to a block. */
const MOST_FENCES = 10_000;

/** Where a text holds more of something than Markdown reads in a moment; null where it does not. */
export function overMarkdownLimit(text: string): NotebookProblem | null {
  const counts = LIMITS.map(() => 0);
  let fenced = false;
  let fences = 0;
  let blank = true;
  let offset = 0;
  for (const line of text.split("\n")) {
    const fence = line.startsWith("```");
    const isBlank = line.trim() === "";
    if (!fence && !fenced) {
      for (const [index, { what, most, per, count }] of LIMITS.entries()) {
        const before = per === "line" || (per === "paragraph" && isBlank) ? 0 : (counts[index] ?? 0);
        const now = before + (isBlank ? 0 : count(line, blank));
        counts[index] = now;
        if (now <= most) continue;
        const message = `a ${per} holds at most ${most} ${what}: divide it`;
        return { ...positionAt(text, offset), offset, length: 0, message };
      }
    }
    if (fence) fenced = !fenced;
    if (fence && ++fences > MOST_FENCES) {
      const message = `a notebook holds at most ${MOST_FENCES / 2} fenced blocks: divide it`;
      return { ...positionAt(text, offset), offset, length: 0, message };
    }
    blank = isBlank || fence;
    offset += line.length + 1;
  }
  return null;
}

function occurrences(line: string, pattern: RegExp): number {
  return line.match(pattern)?.length ?? 0;
}

/** How deep the quotes and lists are that a line opens: `> - > `. */
function depthOf(line: string): number {
  return occurrences(
    /^(?:\s*(?:>|[-+*](?=\s)|\d{1,9}[.)](?=\s)))*/.exec(line)?.[0] ?? "",
    />|[-+*]|\d+[.)]/g,
  );
}
