import type { Registry } from "@bufbuild/protobuf";
import { valueJson } from "../../lib/notebook/fill-request.ts";
import type { CellReport, CellResult, NotebookReport } from "./notebook-report.ts";

/** The state of a cell in a word. */
export const STATE_WORDS = {
  passed: "ok",
  failed: "FAILED",
  "passed-over": "passed over",
  "not-run": "not run",
} as const satisfies Record<CellResult["kind"], string>;

/** The longest that a line says of what a cell does. */
const WHAT = 70;

/** What is said of a cell when it has run: a line, and the reason of a failure with its place. */
export function cellLines(file: string, cell: CellReport, registry: Registry): string {
  const { id, what, ms, result } = cell;
  const short = what.length > WHAT ? `${what.slice(0, WHAT - 1)}…` : what;
  const time = result.kind === "not-run" ? "" : `  ${formatMs(ms)}`;
  const line = `  ${STATE_WORDS[result.kind].padEnd(11)} ${id.padEnd(18)} ${short}${time}`;
  if (result.kind === "passed-over") return `${line}\n${INDENT}instead: ${result.instead}`;
  return [line, ...failureLines(file, cell, registry).map((each) => `${INDENT}${each}`)].join("\n");
}

const INDENT = " ".repeat(14);

/** Why a cell failed, the first line with its place in the file; none where it did not. */
export function failureLines(
  file: string,
  { result, hidden }: CellReport,
  registry: Registry,
): readonly string[] {
  if (result.kind !== "failed") return [];
  const { message, line, parts, diff } = result.failed;
  const shown = hidden ? [] : parts.map((part) => `${part.expression} is ${valueLine(part.value, registry)}`);
  return [`${file}:${line}: ${message}`, ...shown, ...diff];
}

/** The longest value that is shown in a line. */
const MOST = 400;

function valueLine(value: Parameters<typeof valueJson>[0], registry: Registry): string {
  const text = valueJson(value, { bytes: "hex", registry }).replaceAll(/\s+/g, " ");
  return text.length > MOST ? `${text.slice(0, MOST)}…` : text;
}

/** `12 ms`, `1.2 s` */
export function formatMs(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

/** What keeps a notebook from being run, a line each, as an editor finds the place: `file:line:column: message`. */
export function problemLines({ file, problems }: Pick<NotebookReport, "file" | "problems">): string[] {
  return problems.map(({ line, column, message }) =>
    [file, line, column, ` ${message}`].filter((part) => part !== null).join(":"),
  );
}

/** The last line of a notebook: how many cells of which kind, and the time. */
export function summaryLine({ cells, ms }: NotebookReport): string {
  const count = (kind: CellResult["kind"]) => cells.filter(({ result }) => result.kind === kind).length;
  const parts = [`${count("passed")} passed`, `${count("failed")} failed`];
  if (count("passed-over") > 0) parts.push(`${count("passed-over")} passed over`);
  if (count("not-run") > 0) parts.push(`${count("not-run")} not run`);
  return `  ${parts.join(", ")}, ${formatMs(ms)}`;
}
