import { TYPESCRIPT_SETUP } from "../../snippets/typescript.ts";
import type { Notebook } from "../notebook.ts";
import { markdownWithOutputs } from "./markdown-outputs.ts";
import { type ExportContext, type Plan, planExport } from "./plan.ts";
import { PYTHON_NOTEBOOK_SETUP, pythonNotebook } from "./python-notebook.ts";
import { PYTHON_SETUP, pythonProgram } from "./python-program.ts";
import { SHELL_SETUP, shellProgram } from "./shell-program.ts";
import { typescriptProgram } from "./typescript-program.ts";

/** A notebook in another form. */
export interface NotebookExport {
  /** `first-account.py` */
  readonly fileName: string;
  readonly text: string;
  /** Commands to be typed once before it runs; empty: none. */
  readonly setup: string;
  /** How it is run, as a command. Empty: it is to be read. */
  readonly run: string;
  /** What of the notebook it does not do, and why, in sentences: to be shown before it is made. */
  readonly notes: readonly string[];
}

interface Format {
  readonly label: string;
  readonly ending: string;
  readonly setup: string;
  run(fileName: string): string;
  write(plan: Plan, context: ExportContext): string;
}

const FORMATS = {
  python: {
    label: "Python script",
    ending: ".py",
    setup: PYTHON_SETUP,
    run: (file) => `python ${file}`,
    write: pythonProgram,
  },
  typescript: {
    label: "TypeScript program",
    ending: ".ts",
    setup: TYPESCRIPT_SETUP,
    run: (file) => `npx tsx ${file}`,
    write: typescriptProgram,
  },
  shell: {
    label: "Shell script (grpcurl, jq)",
    ending: ".sh",
    setup: SHELL_SETUP,
    run: (file) => `sh ${file}`,
    write: shellProgram,
  },
  ipynb: {
    label: "Jupyter notebook",
    ending: ".ipynb",
    setup: PYTHON_NOTEBOOK_SETUP,
    run: (file) => `jupyter execute ${file}`,
    write: pythonNotebook,
  },
  markdown: {
    label: "Markdown with outputs",
    ending: ".md",
    setup: "",
    run: () => "",
    write: markdownWithOutputs,
  },
} as const satisfies Record<string, Format>;

export type ExportFormat = keyof typeof FORMATS;

/** Every format, in the order of a menu. */
export const EXPORT_FORMATS: readonly { readonly id: ExportFormat; readonly label: string }[] = (
  Object.keys(FORMATS) as ExportFormat[]
).map((id) => ({ id, label: FORMATS[id].label }));

/** A notebook in another form. `name`: of its file, without an ending. Nothing of the notebook runs. */
export function exportNotebook(
  notebook: Notebook,
  format: ExportFormat,
  context: ExportContext,
  name: string,
): NotebookExport {
  const { ending, setup, run, write } = FORMATS[format];
  const plan = planExport(notebook, context);
  const fileName = `${name}${ending}`;
  return {
    fileName,
    text: write(plan, context),
    setup,
    run: run(fileName),
    notes: format === "markdown" ? [] : plan.notes,
  };
}
