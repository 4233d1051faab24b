import type { DescFile } from "@bufbuild/protobuf";
import { COMPILE_PYTHON, PYTHON_PACKAGES } from "../../snippets/python.ts";
import { attributes, pythonImport } from "../../snippets/python-literal.ts";
import { pythonPath, pythonQuote } from "../../snippets/python-quote.ts";
import { commentLines, proseComment } from "./comments.ts";
import { endpointsOf } from "./endpoints.ts";
import { introduction, needsLeave } from "./introduction.ts";
import { ALLOW_WRITE, FROM_SCENARIO, optionName } from "./option-names.ts";
import type { ExportContext, Plan, Step } from "./plan.ts";
import { PythonCells } from "./python-cells.ts";
import { pythonHelpers } from "./python-helpers.ts";

export const PYTHON_SETUP = [`pip install ${PYTHON_PACKAGES.join(" ")}`, COMPILE_PYTHON].join("\n");

/** A plan as a script of Python, for grpcio. */
export function pythonProgram(plan: Plan, context: ExportContext): string {
  const cells = new PythonCells(plan);
  const leave = needsLeave(plan, context);
  const body = plan.steps.flatMap((step) => {
    if (step.kind === "prose") return [proseComment(step.cell.text, "#")];
    return [cells.code(step, (input) => attributes("arguments", [destination(input)]))];
  });
  const begin = cells.begin();
  if (leave) cells.writing.helpers.use("stop");
  const stubs = stubLines(plan, cells);
  const { imports, code } = moduleTop(plan, cells, ["import argparse"]);
  const parts = [
    commentLines(introduction(plan, context), "#").join("\n"),
    imports,
    ...code,
    optionLines(plan, leave).join("\n"),
    ...(leave ? [leaveLines(plan).join("\n")] : []),
    stubs.join("\n"),
    ...(begin === null ? [] : [`if arguments.from_scenario:\n    ${begin.replaceAll("\n", "\n    ")}`]),
    ...body,
  ];
  return `${spaced(parts)}\n`;
}

/** Functions stand two lines apart, all else one. */
export function spaced(parts: readonly string[]): string {
  return parts.reduce((text, part) => {
    const isApart = part.startsWith("def ") || /(?:^|\n)def [^\n]*\n(?:[ ][^\n]*\n|\n)*[^\n]*$/.test(text);
    return text === "" ? part : `${text}${isApart ? "\n\n\n" : "\n\n"}${part}`;
  }, "");
}

function destination({ cell }: Extract<Step, { kind: "input" }>): string {
  return optionName(cell.as).replaceAll("-", "_");
}

function optionLines({ notebook, steps, beginning }: Plan, leave: boolean): string[] {
  const lines = [
    `options = argparse.ArgumentParser(description=${pythonQuote(escaped(notebook.info.title))})`,
  ];
  for (const step of steps) {
    if (step.kind !== "input") continue;
    const { label, unit } = step.cell;
    const help = escaped(unit === null ? label : `${label} (${unit})`);
    const name = pythonQuote(`--${optionName(step.cell.as)}`);
    lines.push(
      `options.add_argument(${name}, default=${pythonQuote(step.typed)}, help=${pythonQuote(help)})`,
    );
  }
  const flag = (name: string, help: string) =>
    lines.push(`options.add_argument("--${name}", action="store_true", help=${pythonQuote(escaped(help))})`);
  if (beginning !== null) {
    flag(
      FROM_SCENARIO,
      `begin the world anew with the scenario ${beginning.scenario}: what is there is lost`,
    );
  }
  if (leave) flag(ALLOW_WRITE, "let it make the calls that change something");
  return [...lines, "arguments = options.parse_args()"];
}

/** Of argparse, which reads `%` as the beginning of a name. */
function escaped(help: string): string {
  return help.replaceAll("%", "%%");
}

function leaveLines({ writes }: Plan): string[] {
  const why = `It calls what changes something (${writes.join(", ")}): run it with --${ALLOW_WRITE}.`;
  return ["if not arguments.allow_write:", `    stop(${pythonQuote(why)})`];
}

/** Where the services are, and what asks them. */
export function stubLines(plan: Plan, cells: PythonCells): string[] {
  const lines: string[] = [];
  for (const { client, prefix, services } of endpointsOf(plan)) {
    const connect = cells.writing.helpers.use("connect");
    lines.push(
      `${prefix}ADDRESS = ${pythonQuote(client.address)}`,
      `${prefix}TLS_CERT = ${pythonPath(client.tlsCert)}`,
      `${prefix}MACAROON = ${client.macaroon === null ? "None" : pythonPath(client.macaroon)}`,
    );
    const channel = `${connect}(${prefix}ADDRESS, ${prefix}TLS_CERT, ${prefix}MACAROON)`;
    for (const { name, typeName, file } of services) {
      lines.push(`${cells.stub(typeName)} = ${attributes(stubsModule(file), [`${name}Stub`])}(${channel})`);
    }
  }
  return lines;
}

/** Imports and helpers of what has been written so far. */
export function moduleTop(
  plan: Plan,
  cells: PythonCells,
  own: readonly string[],
): { readonly imports: string; readonly code: readonly string[] } {
  const endpoints = endpointsOf(plan);
  const files = new Set(endpoints.flatMap(({ services }) => services.map(({ file }) => file)));
  const { writing } = cells;
  const helpers = pythonHelpers((name) => writing.helpers.has(name));
  const modules = writing.modules.imports();
  const all = [...own, ...helpers.imports, ...(endpoints.length === 0 ? [] : ["from pathlib import Path"])];
  const isForeign = (line: string) => line === "import grpc" || line.startsWith("from google.");
  const groups = [
    all.filter((line) => !isForeign(line)),
    [...all.filter(isForeign), ...modules.builtIn],
    [...modules.own, ...[...files].map((file) => pythonImport(pathOf(file), "_pb2_grpc", stubsModule(file)))],
  ];
  const imports = groups
    .map((group) => [...new Set(group)].sort(byModule).join("\n"))
    .filter((group) => group !== "")
    .join("\n\n");
  return { imports, code: helpers.code };
}

/** `import` before `from`, then by name. */
function byModule(a: string, b: string): number {
  return Number(a.startsWith("from")) - Number(b.startsWith("from")) || (a < b ? -1 : 1);
}

function pathOf(file: DescFile): string {
  return file.proto.name.replace(/\.proto$/, "").replaceAll("-", "_");
}

/** `trader_pb2_grpc` */
function stubsModule(file: DescFile): string {
  const path = pathOf(file);
  return `${path.slice(path.lastIndexOf("/") + 1)}_pb2_grpc`;
}
