import type { Cell } from "../../../lib/notebook/notebook.ts";

/** An attribute of a component, as a form asks for it. */
export interface CellField {
  readonly name: string;
  readonly label: string;
  /** What it is for, or how it is written. */
  readonly hint: string;
  readonly form: "text" | "method" | "name" | "choice";
  readonly choices?: readonly string[];
}

const AS: CellField = {
  name: "as",
  label: "Name",
  hint: "What later cells call it",
  form: "name",
};
const CALL: readonly CellField[] = [
  { name: "method", label: "Method", hint: "Its full name", form: "method" },
  AS,
];
const REQUEST: readonly CellField[] = [
  { name: "deadline", label: "Deadline", hint: "30s if not given", form: "text" },
  {
    name: "bytes",
    label: "Bytes",
    hint: "How bytes are written in the request",
    form: "choice",
    choices: ["hex", "base64", "base64url"],
  },
  { name: "varies", label: "Varies", hint: "Fields of the reply that differ from run to run", form: "text" },
];

const FIELDS: Readonly<Record<Exclude<Cell["kind"], "prose">, readonly CellField[]>> = {
  call: [
    ...CALL,
    { name: "expect", label: "To fail with", hint: "A status, such as NOT_FOUND", form: "text" },
    { name: "take", label: "Take", hint: "Of a stream: after so many messages it ends", form: "text" },
    ...REQUEST,
    {
      name: "instead",
      label: "Instead",
      hint: "What a person does where the profile does not serve it",
      form: "text",
    },
  ],
  wait: [
    ...CALL,
    { name: "timeout", label: "Gives up after", hint: "500ms, 10s or 2m", form: "text" },
    { name: "every", label: "Asks every", hint: "500ms, 10s or 2m", form: "text" },
    ...REQUEST,
  ],
  expression: [AS],
  check: [{ name: "say", label: "What holds", hint: "In words", form: "text" }],
  table: [
    { name: "of", label: "Rows", hint: "An expression that gives a list", form: "text" },
    { name: "columns", label: "Columns", hint: "Heading = row.field; Another = row.other", form: "text" },
  ],
  chart: [
    { name: "title", label: "Title", hint: "What it shows", form: "text" },
    { name: "of", label: "Points", hint: "An expression that gives a list", form: "text" },
    { name: "x", label: "x", hint: "row.field", form: "text" },
    { name: "y", label: "y", hint: "row.field", form: "text" },
    { name: "xLabel", label: "x counts", hint: "block height", form: "text" },
    { name: "yLabel", label: "y counts", hint: "sat", form: "text" },
    { name: "form", label: "Form", hint: "", form: "choice", choices: ["line", "bars", "steps"] },
  ],
  input: [
    AS,
    { name: "label", label: "Question", hint: "What is asked for", form: "text" },
    { name: "type", label: "Kind", hint: "", form: "choice", choices: ["int", "text", "bytes", "choice"] },
    { name: "value", label: "Value", hint: "Until the reader changes it", form: "text" },
    { name: "choices", label: "Choices", hint: "one | another", form: "text" },
    { name: "min", label: "Least", hint: "", form: "text" },
    { name: "max", label: "Greatest", hint: "", form: "text" },
    { name: "unit", label: "Unit", hint: "sat, blocks", form: "text" },
  ],
};

/** What can be set of a cell beside its code. */
export function fieldsOf(cell: Exclude<Cell, { kind: "prose" }>): readonly CellField[] {
  return FIELDS[cell.kind];
}
