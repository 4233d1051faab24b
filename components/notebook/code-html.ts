import { jsonTokens } from "../../lib/editor/json-tokens.ts";
import styles from "./cell.module.css";

/** A piece of code, and the class that colours it. */
export interface CodeToken {
  readonly className: string | undefined;
  readonly text: string;
}

const PLACEHOLDER = /\{\{[^{}]*\}\}/g;
const CEL =
  /(?<string>[rb]{0,2}"(?:[^"\\]|\\.)*"|[rb]{0,2}'(?:[^'\\]|\\.)*')|(?<number>\b\d[\d.eExX]*u?\b)|(?<word>\b(?:true|false|null|in)\b)|(?<comment>\/\/[^\n]*)/g;

/** The coloured pieces of code of a notebook, in order. Of other languages than JSON and CEL all is plain. */
export function codeTokens(language: string | null, text: string): CodeToken[] {
  if (language === "json" || language === "jsonc") return text.split(/(?<=\n)/).flatMap(jsonLine);
  if (language !== "cel") return [{ className: undefined, text }];
  const tokens: CodeToken[] = [];
  let done = 0;
  for (const match of text.matchAll(CEL)) {
    if (match.index > done) tokens.push({ className: undefined, text: text.slice(done, match.index) });
    const { string, comment } = match.groups ?? {};
    const className =
      string !== undefined ? styles.string : comment !== undefined ? styles.comment : styles.number;
    tokens.push({ className, text: match[0] });
    done = match.index + match[0].length;
  }
  if (done < text.length) tokens.push({ className: undefined, text: text.slice(done) });
  return tokens;
}

/** `codeTokens` as HTML, with every text escaped: one node for React, however long the code. */
export function codeHtml(language: string, text: string): string {
  return codeTokens(language, text)
    .map(({ className, text: part }) =>
      className === undefined ? escapeHtml(part) : `<span class="${className}">${escapeHtml(part)}</span>`,
    )
    .join("");
}

function jsonLine(line: string): CodeToken[] {
  return jsonTokens(line).flatMap(({ kind, text }) => {
    const className = kind === "plain" ? undefined : kind === "word" ? styles.number : styles[kind];
    return kind === "string" ? withPlaceholders(text, className) : [{ className, text }];
  });
}

/** A string of a request, with what is put into it marked. */
function withPlaceholders(text: string, className: string | undefined): CodeToken[] {
  const tokens: CodeToken[] = [];
  let done = 0;
  for (const { 0: placeholder, index } of text.matchAll(PLACEHOLDER)) {
    if (index > done) tokens.push({ className, text: text.slice(done, index) });
    tokens.push({ className: styles.placeholder, text: placeholder });
    done = index + placeholder.length;
  }
  if (done < text.length) tokens.push({ className, text: text.slice(done) });
  return tokens;
}

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
}
