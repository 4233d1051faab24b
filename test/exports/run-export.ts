import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { NotebookServer } from "../../bin/steps/notebook-server.ts";
import { exportContext } from "../../lib/notebook/export/export-context.ts";
import { exportNotebook } from "../../lib/notebook/export/export-notebook.ts";
import type { CheckCell, Notebook } from "../../lib/notebook/notebook.ts";
import { parseNotebook } from "../../lib/notebook/parse-notebook.ts";
import { NotebookRun } from "../../lib/notebook/run-notebook.ts";
import config from "../../playground.config.ts";
import { type CommandOutput, runCommand } from "../clients/run-command.ts";
import type { Toolchain } from "../snippets/toolchains.ts";
import type { ExportRunner } from "./formats.ts";

/** A lesson, as it is and with a check that cannot hold. */
export interface ExportCase {
  readonly name: string;
  readonly notebook: Notebook;
  readonly broken: { readonly notebook: Notebook; readonly say: string } | null;
}

const PATIENCE = 120_000;

/** Reads a lesson. Of the broken one the last check is turned into its opposite. Throws for a notebook with problems. */
export function readCase(name: string, source: string): ExportCase {
  const notebook = read(name, source);
  const check = notebook.cells.findLast((cell): cell is CheckCell => cell.kind === "check");
  if (check === undefined) return { name, notebook, broken: null };
  const { start, end } = check.condition.place;
  const turned = `${source.slice(0, start)}!(${source.slice(start, end)})${source.slice(end)}`;
  return { name, notebook, broken: { notebook: read(name, turned), say: check.say } };
}

function read(name: string, source: string): Notebook {
  const reading = parseNotebook(source);
  if (reading.kind === "ok") return reading.notebook;
  throw new Error(`${name}, line ${reading.problems[0]?.line}: ${reading.problems[0]?.message}`);
}

/** Why an export does not do what its lesson does; null where it does. Both of a case are run, each in a world of its own. */
export async function runExport(
  { name, notebook, broken }: ExportCase,
  runner: ExportRunner,
  toolchain: Extract<Toolchain, { kind: "ready" }>,
  server: NotebookServer,
): Promise<string | null> {
  const run = (each: Notebook) => runOne(name, each, runner, toolchain, server);
  const whole = await run(notebook);
  if (typeof whole === "string") return whole;
  if (whole.code !== 0) return `ended with ${whole.code ?? whole.problem}: ${lastLines(whole)}`;
  if (broken === null) return null;
  const failing = await run(broken.notebook);
  if (typeof failing === "string") return failing;
  if (failing.code !== 1) return `with a check that does not hold it ended with ${failing.code}`;
  const said = failing.stderr + failing.stdout;
  return said.includes(broken.say) ? null : `it does not say what does not hold: ${lastLines(failing)}`;
}

/** Why the Markdown of a run does not have what its cells came to; null where it has. */
export async function runMarkdown(
  { name, notebook }: ExportCase,
  { host, profile, apis, isSecret }: NotebookServer,
): Promise<string | null> {
  const run = new NotebookRun(notebook, host);
  const summary = await run.runAll();
  if (summary.kind === "stopped-at") return `the notebook stopped at ${summary.cell}`;
  const { scenario } = config.sandbox;
  const context = exportContext(notebook, { profile, apis, scenario, isSecret, run });
  const { text } = exportNotebook(notebook, "markdown", context, name);
  const checks = notebook.cells.filter(({ kind }) => kind === "check").length;
  const held = text.split("\nIt holds.\n").length - 1;
  if (held !== checks) return `${held} of ${checks} checks are shown to hold`;
  const shown = text.split(/^(?:```(?:json|text)$|\| --- )/m).length - 1;
  return shown > 0 ? null : "no output is shown";
}

async function runOne(
  name: string,
  notebook: Notebook,
  { format, flags, prepare }: ExportRunner,
  toolchain: Extract<Toolchain, { kind: "ready" }>,
  { profile, apis, isSecret }: NotebookServer,
): Promise<CommandOutput | string> {
  const { scenario } = config.sandbox;
  const context = exportContext(notebook, { profile, apis, scenario, isSecret, run: null });
  const { fileName, text, notes } = exportNotebook(notebook, format, context, name);
  if (notes.length > 0) return notes.join(" ");
  const file = join(toolchain.folder, fileName);
  writeFileSync(file, prepare?.(text) ?? text);
  const [program, ...args] = toolchain.command(file);
  const env = toolchain.env;
  return runCommand(program, [...args, ...(notebook.info.scenario === null ? [] : flags)], {
    cwd: toolchain.folder,
    env,
    patience: PATIENCE,
  });
}

function lastLines({ stdout, stderr }: CommandOutput): string {
  return [stdout, stderr].map((each) => each.trim().split("\n").slice(-8).join("\n")).join("\n");
}
