import { assertNever } from "../call/assert-never.ts";
import type { Cell, Notebook } from "./notebook.ts";

/**
 * A notebook as Markdown for whoever reads it elsewhere: its prose as it is, its cells as blocks of code with a line above
 * that says what they do. Names in `[text][full.name]` are left to the caller.
 */
export function notebookMarkdown({ info, cells }: Notebook): string {
  const start =
    info.scenario === null
      ? []
      : [`Starts from the sandbox's scenario \`${info.scenario}\`, seed ${info.seed}.`];
  return [`# ${info.title}`, info.description, ...start, ...cells.map(cellMarkdown)].join("\n\n");
}

/** One cell of it. */
export function cellMarkdown(cell: Cell): string {
  switch (cell.kind) {
    case "prose":
      return cell.text.trim();
    case "call": {
      const ending = cell.expect === null ? "" : `, which is to fail with ${cell.expect}`;
      const head = `**Call** [${cell.method.text}][]${named(cell.as)}${ending}:`;
      return [head, ...cell.requests.map(({ text }) => fenced("json", text))].join("\n\n");
    }
    case "wait": {
      const head = `**Wait**: ask [${cell.method.text}][]${named(cell.as)} for at most ${cell.timeoutMs / 1_000} s until`;
      const requests = cell.requests.map(({ text }) => fenced("json", text));
      return [head, fenced("cel", cell.until.text), "with the request", ...requests].join("\n\n");
    }
    case "expression":
      return `**Value**${named(cell.as)}:\n\n${fenced("cel", cell.expression.text)}`;
    case "check":
      return `**Check**: ${cell.say}.\n\n${fenced("cel", cell.condition.text)}`;
    case "table": {
      const columns = cell.columns.map(({ title, value }) => `- ${title}: \`${value.text}\``);
      return [`**Table** of \`${cell.of.text}\``, ...(columns.length === 0 ? [] : [columns.join("\n")])].join(
        "\n\n",
      );
    }
    case "chart":
      return `**Chart**: ${cell.title}. For each row of \`${cell.of.text}\`, ${cell.yLabel} (\`${cell.y.text}\`) against ${cell.xLabel} (\`${cell.x.text}\`).`;
    case "input": {
      const unit = cell.unit === null ? "" : ` ${cell.unit}`;
      const choices = cell.choices.length === 0 ? "" : ` (${cell.choices.join(", ")})`;
      return `**Your value**${named(cell.as)}: ${cell.label}${choices}${/[.?!)]$/.test(cell.label) ? "" : "."} Here: \`${cell.value}\`${unit}`;
    }
    default:
      return assertNever(cell);
  }
}

function named(name: string | null): string {
  return name === null ? "" : `, named \`${name}\``;
}

/** A block of code, whatever fences the text has. */
export function fenced(language: string, text: string): string {
  // A longer fence than any in the text.
  const longest = Math.max(2, ...[...text.matchAll(/`{3,}/g)].map(([fence]) => fence.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}
