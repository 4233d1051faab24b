import type { Doc } from "./reference.ts";

type Tag = "unit" | "limits" | "default" | "bytes";

const TAG_LINE = /^(Unit|Limits|Default|Bytes):\s+(.*)$/;

/** What is longer than any description is cut off: every page that shows it would have to carry it. */
const MAX_LENGTH = 10_000;

/** Characters that reorder or hide the text around them, control something, or are half of a character. */
const INVISIBLE = /(?!\t)[\p{Cc}\p{Cf}\p{Cs}]/gu;

/** Text in which there is nothing to replace, as nearly all is. */
const VISIBLE = /^[\t\n -~]*$/;

/** One line of text from elsewhere, with a U+FFFD for each character that could make it read as another text. */
export function visibleText(line: string): string {
  if (VISIBLE.test(line)) return line;
  return line.replace(/[\u2028\u2029]/g, " ").replace(INVISIBLE, "\ufffd");
}

/**
 * Splits a leading comment: the tag lines `Unit:`, `Limits:`, `Default:` and `Bytes:` at its end go to their own
 * places without their full stop, the rest is Markdown. Control and bidirectional characters become U+FFFD.
 * A comment is read up to its first 10,000 characters.
 */
export function parseDoc(comment: string): Doc {
  if (comment === "") return NO_DOC;
  const lines = cleanLines(comment);
  const tags: Partial<Record<Tag, string>> = {};
  for (let block = takeTagBlock(lines); block !== null; block = takeTagBlock(lines)) {
    for (const [tag, value] of block) {
      tags[tag] = tags[tag] === undefined ? value : `${value} ${tags[tag]}`;
    }
  }
  const text = lines.join("\n").trim();
  return {
    summary: summarize(text),
    text,
    unit: tags.unit ?? null,
    limits: tags.limits ?? null,
    default: tags.default ?? null,
    bytes: tags.bytes ?? null,
  };
}

const NO_DOC: Doc = { summary: "", text: "", unit: null, limits: null, default: null, bytes: null };

/** Takes the line "pool: `accounts new`" off a method's comment: `pool accounts new` and the rest. */
export function splitCli(comment: string, program: string): { cli: string | null; rest: string } {
  const lines = cleanLines(comment);
  const first = lines[0]?.trim() ?? "";
  const prefix = `${program}: \``;
  if (!first.startsWith(prefix) || !first.endsWith("`") || first.length <= prefix.length + 1) {
    return { cli: null, rest: comment };
  }
  const command = first.slice(prefix.length, -1).trim();
  return { cli: `${program} ${command}`, rest: lines.slice(1).join("\n") };
}

function cleanLines(comment: string): string[] {
  const kept = comment.length > MAX_LENGTH ? `${comment.slice(0, MAX_LENGTH)}…` : comment;
  const lines = (kept.includes("\r") ? kept.replace(/\r\n?/g, "\n") : kept).split("\n");
  // protoc keeps the space after `//`, which would make every line of a list or code block one column deeper.
  const indented = lines.every((line) => line === "" || line.startsWith(" "));
  const trimmed = lines.map((line) => visibleText(indented ? line.slice(1) : line).trimEnd());
  while (trimmed.length > 0 && trimmed.at(-1) === "") {
    trimmed.pop();
  }
  while (trimmed.length > 0 && trimmed[0] === "") {
    trimmed.shift();
  }
  return trimmed;
}

/** Removes the tags at the end of the last paragraph from `lines`; null where that paragraph holds none. */
function takeTagBlock(lines: string[]): [Tag, string][] | null {
  const paragraph = lines.lastIndexOf("") + 1;
  const first = lines.findIndex((line, i) => i >= paragraph && TAG_LINE.test(line));
  if (first === -1) {
    return null;
  }
  const found: [Tag, string][] = [];
  for (const line of lines.splice(first)) {
    const match = TAG_LINE.exec(line);
    const last = found.at(-1);
    if (match?.[1] !== undefined) {
      found.push([match[1].toLowerCase() as Tag, match[2] ?? ""]);
    } else if (last !== undefined) {
      last[1] += ` ${line.trim()}`;
    }
  }
  while (lines.at(-1) === "") {
    lines.pop();
  }
  return found.map(([tag, value]) => [tag, value.replace(/\.$/, "")]);
}

/** The first sentence of the first paragraph, on one line. A full stop inside a code span ends nothing. */
function summarize(text: string): string {
  const paragraph = (text.split(/\n\s*\n/, 1)[0] ?? "").replace(/\s+/g, " ").trim();
  const outsideCode = paragraph.replace(/`[^`]*`/g, (span) => "x".repeat(span.length));
  for (const match of outsideCode.matchAll(/[.!?](?= |$)/g)) {
    const end = match.index + 1;
    const rest = outsideCode.slice(end).trimStart();
    const abbreviation = /(?:\b(?:e\.g|i\.e|etc|vs|cf|approx|no)|\b[A-Z])\.$/i.test(
      outsideCode.slice(0, end),
    );
    if (rest === "" || (!abbreviation && /^[^a-z]/.test(rest)) || /^x+/.test(rest)) {
      return paragraph.slice(0, end);
    }
  }
  return paragraph;
}
