import type { Registry } from "@bufbuild/protobuf";
import { escapeMarkup } from "./escape-markup.ts";
import { failureLines, problemLines } from "./notebook-lines.ts";
import type { CellReport, NotebookReport } from "./notebook-report.ts";

/** JUnit XML: a suite for each notebook, a case for each cell; what did not run or was passed over is skipped. */
export function junitXml(reports: readonly NotebookReport[], registry: Registry): string {
  const suites = reports.map((report) => suiteXml(report, registry));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join("\n")}\n</testsuites>\n`;
}

function suiteXml(report: NotebookReport, registry: Registry): string {
  const { file, notebook, problems, cells, ms } = report;
  const lines = problemLines(report);
  const cases = [
    ...problems.map(({ message }, i) =>
      caseXml(file, "notebook", 0, failureXml(message, lines[i] ?? message)),
    ),
    ...cells.map((cell) =>
      caseXml(file, `${cell.id}: ${cell.what}`, cell.ms, resultXml(file, cell, registry)),
    ),
  ];
  const failures = problems.length + cells.filter(({ result }) => result.kind === "failed").length;
  const skipped = cells.filter(({ result: { kind } }) => kind === "not-run" || kind === "passed-over").length;
  const counts = attributes({ tests: cases.length, failures, errors: 0, skipped, time: seconds(ms) });
  return [
    `  <testsuite${attributes({ name: notebook?.info.title ?? file, file })}${counts}>`,
    ...cases,
    "  </testsuite>",
  ].join("\n");
}

function caseXml(file: string, name: string, ms: number, inside: string): string {
  const head = `    <testcase${attributes({ classname: file, name, time: seconds(ms) })}`;
  return inside === "" ? `${head}/>` : `${head}>\n${inside}\n    </testcase>`;
}

function resultXml(file: string, cell: CellReport, registry: Registry): string {
  const { result } = cell;
  switch (result.kind) {
    case "passed":
      return "";
    case "failed":
      return failureXml(result.failed.message, failureLines(file, cell, registry).join("\n"));
    case "passed-over":
      return `      <skipped${attributes({ message: `passed over: ${result.instead}` })}/>`;
    case "not-run":
      return `      <skipped${attributes({ message: "the run ended before it" })}/>`;
  }
}

function failureXml(message: string, text: string): string {
  return `      <failure${attributes({ message })}>${escapeMarkup(text)}</failure>`;
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeMarkup(String(value)).replaceAll(/\s+/g, " ")}"`)
    .join("");
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(3);
}
