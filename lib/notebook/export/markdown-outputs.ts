import { assertNever } from "../../call/assert-never.ts";
import { statusName } from "../../call/status.ts";
import { toHex } from "../../schema/bytes-text.ts";
import { writeReply } from "../../schema/reply-text.ts";
import type { CellOutput, CellState } from "../cell-state.ts";
import type { Cell } from "../notebook.ts";
import { cellMarkdown, fenced } from "../notebook-markdown.ts";
import type { Value } from "../value.ts";
import { plainProse } from "./comments.ts";
import type { ExportContext, Plan } from "./plan.ts";

/** The notebook as Markdown, with what its cells have come to below each: nothing where one never ran, and no secret. */
export function markdownWithOutputs({ notebook, secret }: Plan, context: ExportContext): string {
  const { info, cells } = notebook;
  const start =
    info.scenario === null
      ? []
      : [`Made for the sandbox's scenario \`${info.scenario}\`, seed ${info.seed}.`];
  const parts = cells.flatMap((cell) => {
    if (cell.kind === "prose") return [plainProse(cell.text)];
    const shown = plainProse(cellMarkdown(cell));
    const state = context.stateOf(cell.id);
    const came =
      secret.has(cell.id) && state.kind === "done"
        ? "*It came to something that is secret.*"
        : stateText(cell, state, context);
    return came === "" ? [shown] : [shown, came];
  });
  return `${[`# ${info.title}`, info.description, ...start, ...parts].join("\n\n")}\n`;
}

function stateText(cell: Cell, state: CellState, context: ExportContext): string {
  switch (state.kind) {
    case "idle":
    case "queued":
    case "running":
      return "";
    case "failed":
      return `**Failed**: ${oneLine(state.failure.message)}`;
    case "done":
      return outputText(cell, state.output, context);
    default:
      return assertNever(state);
  }
}

function outputText(cell: Cell, output: CellOutput, context: ExportContext): string {
  switch (output.kind) {
    case "held":
      return "It holds.";
    case "passed-over":
      return `Passed over. ${output.instead}`;
    case "value":
      return fenced("text", words(output.value));
    case "table":
      return tableText(
        output.headings,
        output.rows.map((row) => row.map(words)),
      );
    case "chart": {
      const labels = cell.kind === "chart" ? [cell.xLabel, cell.yLabel] : ["x", "y"];
      return tableText(
        labels,
        output.points.map(({ x, y }) => [String(x), String(y)]),
      );
    }
    case "reply": {
      if (output.error !== null) {
        return fenced("text", `${statusName(output.error.code)}: ${output.error.message}`);
      }
      const method = context.methodOf(output.method);
      if (method === undefined || (cell.kind !== "call" && cell.kind !== "wait")) return "";
      const texts = output.messages.map((wire) => {
        const reply = writeReply(method.method.output, wire, {
          bytes: cell.bytes,
          registry: method.registry,
        });
        return reply.kind === "ok" ? reply.text : reply.message;
      });
      return texts.length === 0 ? "No message came." : fenced("json", texts.join("\n"));
    }
    default:
      return assertNever(output);
  }
}

function tableText(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const width = Math.max(headings.length, ...rows.map((row) => row.length));
  const line = (cells: readonly string[]) =>
    `| ${Array.from({ length: width }, (_, at) => oneLine(cells[at] ?? "").replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(headings), `|${" --- |".repeat(width)}`, ...rows.map(line)].join("\n");
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

function words(value: Value): string {
  switch (value.kind) {
    case "null":
      return "null";
    case "bytes":
      return toHex(value.value);
    case "message":
      return value.type;
    case "list":
      return value.items.map(words).join(", ");
    case "map":
      return value.entries.map(([key, each]) => `${words(key)}: ${words(each)}`).join(", ");
    default:
      return String(value.value);
  }
}
