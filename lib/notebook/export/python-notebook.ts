import { pythonQuote } from "../../snippets/python-quote.ts";
import { plainProse } from "./comments.ts";
import { introduction, needsLeave } from "./introduction.ts";
import type { ExportContext, Plan, Step } from "./plan.ts";
import { PythonCells } from "./python-cells.ts";
import { moduleTop, PYTHON_SETUP, spaced, stubLines } from "./python-program.ts";

/** The script's, and what runs the notebook's cells. */
export const PYTHON_NOTEBOOK_SETUP = `${PYTHON_SETUP}\npip install nbclient==0.11.0 ipykernel==7.4.0`;

/** A plan as a Jupyter notebook whose code cells are Python, for grpcio. Outputs are left to whoever runs it. */
export function pythonNotebook(plan: Plan, context: ExportContext): string {
  const cells = new PythonCells(plan);
  const body = plan.steps.map((step) =>
    step.kind === "prose" ? markdown(plainProse(step.cell.text)) : code(cellCode(step, cells, context)),
  );
  const begin = cells.begin();
  const leave = needsLeave(plan, context);
  const stubs = stubLines(plan, cells);
  const { imports, code: helpers } = moduleTop(plan, cells, []);
  const top = spaced([imports, ...helpers.map(raising), stubs.join("\n")].filter((part) => part !== ""));
  const decisions = [
    ...(begin === null
      ? []
      : [
          "# Whether the world begins anew with the scenario: what is there is lost then.",
          "FROM_SCENARIO = False",
          `if FROM_SCENARIO:\n    ${begin.replaceAll("\n", "\n    ")}`,
        ]),
    ...(leave
      ? [
          "# Whether it may make the calls that change something.",
          "ALLOW_WRITE = False",
          `if not ALLOW_WRITE:\n    raise RuntimeError("Set ALLOW_WRITE: it makes calls that change something.")`,
        ]
      : []),
  ];
  const [title = "", ...rest] = introduction(plan, context, false).split("\n");
  const notebook = {
    cells: [
      markdown([`# ${title}`, ...rest].join("\n")),
      code(top),
      ...(decisions.length === 0 ? [] : [code(decisions.join("\n"))]),
      ...body,
    ].map((cell, at) => ({ id: `cell-${at + 1}`, ...cell })),
    metadata: {
      kernelspec: { display_name: "Python 3", language: "python", name: "python3" },
      language_info: { name: "python" },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
  return `${JSON.stringify(notebook, null, 1)}\n`;
}

function cellCode(step: Step, cells: PythonCells, { isSecret }: ExportContext): string {
  const text = cells.code(step, ({ typed }) => pythonQuote(typed));
  if (step.kind !== "call" && step.kind !== "wait") return text;
  // The last value of a cell is shown below it.
  const { as, method } = step.cell;
  return as === null || isSecret(method.text) ? text : `${text}\n${cells.name(as)}`;
}

/** In a kernel the end of the program would be the end of nothing. */
function raising(helper: string): string {
  return helper.replace("    raise SystemExit(why)", "    raise RuntimeError(why)");
}

function markdown(text: string) {
  return { cell_type: "markdown", metadata: {}, source: lines(text) };
}

function code(text: string) {
  return { cell_type: "code", execution_count: null, metadata: {}, outputs: [], source: lines(text) };
}

/** Lines that keep their ends, as the format has them. */
function lines(text: string): string[] {
  return text.split(/(?<=\n)/);
}
