import type { Registry } from "@bufbuild/protobuf";
import { assertNever } from "../../lib/call/assert-never.ts";
import { statusName } from "../../lib/call/status.ts";
import type { CellOutput } from "../../lib/notebook/cell-state.ts";
import { valueJson } from "../../lib/notebook/fill-request.ts";
import type { Value } from "../../lib/notebook/value.ts";
import { escapeMarkup } from "./escape-markup.ts";
import { chartSvg } from "./notebook-chart-svg.ts";
import { failureLines, formatMs, problemLines, STATE_WORDS, summaryLine } from "./notebook-lines.ts";
import { proseHtml } from "./notebook-prose-html.ts";
import { type CellReport, hasPassed, type NotebookReport, type RunnableCell } from "./notebook-report.ts";

export interface PageOptions {
  /** The site's `app/tokens.css`: its colours. */
  readonly tokens: string;
  /** Types of messages among the values. */
  readonly registry: Registry;
  readonly at: Date;
}

/** Texts with more lines are folded. */
const OPEN_LINES = 40;
/** The longest text that is shown of one reply or value, in UTF-16 units. */
const MOST_TEXT = 200_000;

/** A page of its own with what notebooks gave: no script, nothing from elsewhere, what is secret left out. */
export function reportHtml(
  reports: readonly NotebookReport[],
  { tokens, registry, at }: PageOptions,
): string {
  const [first] = reports;
  const failed = reports.filter((report) => !hasPassed(report)).length;
  const title =
    reports.length === 1 ? (first?.notebook?.info.title ?? first?.file ?? "") : `${reports.length} notebooks`;
  const verdict = failed === 0 ? "Every cell did what it is for." : `${failed} of ${reports.length} failed.`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeMarkup(title)}</title>
<style>${tokens}${STYLE}</style>
</head>
<body>
<main>
<h1>${escapeMarkup(title)}</h1>
<p class="verdict">${failed === 0 ? mark("passed") : mark("failed")} ${verdict} <time datetime="${at.toISOString()}">${at.toISOString().slice(0, 16).replace("T", " ")} UTC</time></p>
${reports.map((report) => notebookHtml(report, registry)).join("\n")}
</main>
</body>
</html>
`;
}

function notebookHtml(report: NotebookReport, registry: Registry): string {
  const { file, notebook, profile, cells } = report;
  const byId = new Map(cells.map((cell) => [cell.id, cell]));
  const start = cells.find(({ cell }) => cell === null);
  const problems = problemLines(report);
  return [
    `<section aria-label="${escapeMarkup(file)}">`,
    ...(notebook === null ? [] : [`<h2>${escapeMarkup(notebook.info.title)}</h2>`]),
    ...(notebook === null ? [] : [`<p>${escapeMarkup(notebook.info.description)}</p>`]),
    `<p class="facts"><code>${escapeMarkup(file)}</code> on ${escapeMarkup(profile)}: ${escapeMarkup(summaryLine(report).trim())}</p>`,
    problems.length === 0 ? "" : `<pre class="failure">${escapeMarkup(problems.join("\n"))}</pre>`,
    start === undefined ? "" : cellHtml(file, start, registry),
    ...(notebook?.cells ?? []).map((cell) => {
      if (cell.kind === "prose") return `<div class="prose">${proseHtml(cell.text)}</div>`;
      const ran = byId.get(cell.id);
      return ran === undefined ? "" : cellHtml(file, ran, registry);
    }),
    "</section>",
  ].join("\n");
}

function cellHtml(file: string, report: CellReport, registry: Registry): string {
  const { id, what, result, ms, cell, hidden } = report;
  const time = result.kind === "not-run" ? "" : ` <span class="time">${formatMs(ms)}</span>`;
  const reason = failureLines(file, report, registry);
  const output =
    result.kind === "passed" ? result.output : result.kind === "failed" ? result.failed.output : null;
  return [
    `<section class="cell" aria-label="${escapeMarkup(`${id}, ${STATE_WORDS[result.kind]}`)}">`,
    `<p class="head">${mark(result.kind)} <strong>${escapeMarkup(id)}</strong> <span>${escapeMarkup(what)}</span>${time}</p>`,
    ...(cell === null ? [] : requestsHtml(cell)),
    result.kind === "passed-over" ? `<p>Instead: ${escapeMarkup(result.instead)}</p>` : "",
    reason.length === 0 ? "" : `<pre class="failure">${escapeMarkup(reason.join("\n"))}</pre>`,
    output === null ? "" : hidden ? HIDDEN : outputHtml(report, output, registry),
    "</section>",
  ]
    .filter((part) => part !== "")
    .join("\n");
}

const HIDDEN = '<p class="facts">Hidden: it holds what opens something.</p>';

function requestsHtml(cell: RunnableCell): string[] {
  if (cell.kind === "call" || cell.kind === "wait") {
    return cell.requests.map(({ text }) => textHtml("Request", text));
  }
  return cell.kind === "check" ? [textHtml("Condition", cell.condition.text)] : [];
}

function outputHtml(report: CellReport, output: CellOutput, registry: Registry): string {
  const text = (value: Value) => plainText(value, registry);
  switch (output.kind) {
    case "reply": {
      const { error } = output;
      if (error !== null) return textHtml("Error", `${statusName(error.code)}: ${error.message}`);
      return report.replies.map((reply) => textHtml("Reply", reply)).join("\n");
    }
    case "value":
      // What an input holds stands in its line.
      return report.cell?.kind === "input" ? "" : textHtml("Value", text(output.value));
    case "table":
      return tableHtml(
        report.what,
        output.headings,
        output.rows.map((row) => row.map(text)),
      );
    case "chart": {
      if (report.cell?.kind !== "chart") return "";
      const { title, xLabel, yLabel } = report.cell;
      const rows = output.points.map(({ x, y }) => [String(x), String(y)]);
      const table = tableHtml(title, [xLabel, yLabel], rows);
      return `${chartSvg(report.cell, output.points)}<details><summary>As a table</summary>${table}</details>`;
    }
    case "held":
    case "passed-over":
      return "";
    default:
      return assertNever(output);
  }
}

/** A value as it is read: texts and bytes without quotes, all else as JSON. */
function plainText(value: Value, registry: Registry): string {
  if (value.kind === "string") return value.value;
  const json = valueJson(value, { bytes: "hex", registry });
  return value.kind === "bytes" ? json.slice(1, -1) : json;
}

function tableHtml(
  caption: string,
  headings: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const head = headings.map((heading) => `<th scope="col">${escapeMarkup(heading)}</th>`).join("");
  const body = rows
    .map((row) => `<tr>${row.map((value) => `<td>${escapeMarkup(value)}</td>`).join("")}</tr>`)
    .join("\n");
  const thead = head === "" ? "" : `<thead><tr>${head}</tr></thead>`;
  const name = escapeMarkup(caption);
  const table = `<table><caption>${name}</caption>${thead}<tbody>${body}</tbody></table>`;
  return `<section class="wide" aria-label="${name}" tabindex="0">${table}</section>`;
}

function textHtml(name: string, text: string): string {
  const lines = text.split("\n").length;
  const rest = text.length - MOST_TEXT;
  const shown = rest > 0 ? `${text.slice(0, MOST_TEXT)}\n… and ${rest} more characters` : text;
  const open = lines <= OPEN_LINES ? " open" : "";
  const summary = lines <= OPEN_LINES ? name : `${name}, ${lines} lines`;
  return `<details${open}><summary>${summary}</summary><pre>${escapeMarkup(shown)}</pre></details>`;
}

function mark(kind: CellReport["result"]["kind"]): string {
  return `<span class="mark ${kind}">${STATE_WORDS[kind]}</span>`;
}

const STYLE = `
body { margin: 0; background: var(--bg); color: var(--text); font: var(--size)/1.55 var(--font); }
main { max-width: 860px; margin: 0 auto; padding: 24px 16px 64px; }
h1 { font-size: 26px; margin: 0 0 8px; }
h2 { font-size: 20px; margin: 40px 0 4px; }
h3 { font-size: 17px; margin: 28px 0 4px; }
p { margin: 8px 0; }
a { color: var(--accent-text); }
code, pre { font-family: var(--mono); font-size: var(--size-s); }
pre { margin: 4px 0; padding: 10px 12px; background: var(--bg-code); border: 1px solid var(--line); border-radius: var(--radius); white-space: pre-wrap; overflow-wrap: anywhere; }
.cell { margin: 14px 0; padding: 10px 14px; border: 1px solid var(--line); border-radius: var(--radius); }
.head { margin: 0; overflow-wrap: anywhere; }
.head span:not(.mark), .facts, time { color: var(--text-2); }
.time { float: right; font-size: var(--size-s); }
.mark { display: inline-block; padding: 1px 8px; border-radius: 99px; font-size: var(--size-xs); color: var(--text-2); background: var(--bg-hover); }
.mark.passed { color: var(--ok); background: var(--ok-bg); }
.mark.failed { color: var(--error); background: var(--error-bg); }
.failure { color: var(--error); background: var(--error-bg); border-color: var(--error); }
summary { cursor: pointer; color: var(--text-2); font-size: var(--size-s); padding: 4px 0; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: var(--size-s); margin: 6px 0; }
caption { text-align: left; color: var(--text-2); }
th, td { text-align: left; padding: 4px 12px 4px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
svg { width: 100%; height: auto; margin-top: 6px; }
svg text { fill: var(--text-2); font: 11px var(--font); }
@media (max-width: 600px) { svg text { font-size: 19px; } }
svg .axis { fill: none; stroke: var(--line-strong); }
svg .data { fill: none; stroke: var(--accent); stroke-width: 2; }
svg circle, svg rect { fill: var(--accent); }
`;
