import type { BytesForm } from "../call/call.ts";
import { STATUS_NAMES } from "../call/status.ts";
import { nearestName } from "../schema/nearest-name.ts";
import type { Component } from "./component.ts";
import { readInput } from "./input-value.ts";
import type {
  CallCell,
  CallPart,
  Cell,
  ChartCell,
  CheckCell,
  ExpressionCell,
  InputCell,
  InputType,
  SourceText,
  TableCell,
  WaitCell,
} from "./notebook.ts";

const NAME = /^[a-z][A-Za-z0-9_]*$/;
const DURATION = /^(\d+(?:\.\d+)?)(ms|s|m)$/;
const MILLISECONDS = { ms: 1, s: 1_000, m: 60_000 } as const;
const BYTES = ["hex", "base64", "base64url"] as const satisfies readonly BytesForm[];
const INPUTS = ["int", "text", "bytes", "choice"] as const satisfies readonly InputType[];
const CHART_FORMS = ["line", "bars", "steps"] as const satisfies readonly ChartCell["form"][];

/** Words of CEL that no capture can be called. */
const RESERVED = [
  "true",
  "false",
  "null",
  "in",
  "as",
  "break",
  "const",
  "continue",
  "else",
  "for",
  "function",
].concat(
  ["if", "import", "let", "loop", "package", "namespace", "return", "var", "void", "while", "row"],
  [
    "bool",
    "bytes",
    "double",
    "duration",
    "dyn",
    "int",
    "list",
    "map",
    "string",
    "timestamp",
    "type",
    "uint",
    "size",
  ],
);

/** Every kind of cell that a component makes. */
export type ComponentCell = Exclude<Cell, { kind: "prose" }>;

/** How each component is read. What is not here is no component of a notebook. */
export const COMPONENTS = {
  Call: readCall,
  Wait: readWait,
  Expression: readExpression,
  Check: readCheck,
  Table: readTable,
  Chart: readChart,
  Input: readInputCell,
} as const satisfies Record<string, (component: Component) => ComponentCell>;

function readCall(component: Component): CallCell {
  const requests = component.blocksOf("json");
  if (requests.length === 0) {
    component.missingBlock("json", "the request; an empty one is `{}`");
  }
  const expect = component.optional("expect");
  if (expect !== null && !STATUS_NAMES.slice(1).some((name) => name === expect.text)) {
    component.problem(expect.place, oneOf("expect", expect.text, STATUS_NAMES.slice(1)));
  }
  return {
    kind: "call",
    id: "",
    place: component.place,
    ...readCallPart(component, requests),
    as: captureName(component, component.optional("as")),
    expect: expect?.text ?? null,
    take: count(component, "take"),
    instead: component.optional("instead")?.text ?? null,
  };
}

function readWait(component: Component): WaitCell {
  const as = component.required("as", "the name of the reply, which the condition looks at");
  return {
    kind: "wait",
    id: "",
    place: component.place,
    ...readCallPart(component, [
      component.block("json", "the request that is asked again; an empty one is `{}`"),
    ]),
    as: captureName(component, as) ?? "",
    until: component.block("cel", `what it waits for: \`${as.text || "reply"}.accounts.size() > 0\``),
    timeoutMs: duration(component, "timeout", 30_000),
    everyMs: duration(component, "every", 500),
  };
}

function readCallPart(component: Component, requests: readonly SourceText[]): CallPart {
  const bytes = component.optional("bytes");
  return {
    method: component.required("method", "the full name of what is called, such as `poolrpc.Trader.GetInfo`"),
    requests,
    bytes: choice(component, "bytes", bytes, BYTES, "hex"),
    deadlineMs: duration(component, "deadline", 30_000),
    varies: split(component.optional("varies")?.text ?? "", ","),
  };
}

function readExpression(component: Component): ExpressionCell {
  return {
    kind: "expression",
    id: "",
    place: component.place,
    as: captureName(component, component.required("as", "the name of the value for later cells")) ?? "",
    expression: component.block("cel", "an expression, such as `quote.miner_fee_sat + 10u`"),
  };
}

function readCheck(component: Component): CheckCell {
  return {
    kind: "check",
    id: "",
    place: component.place,
    say: component.required("say", "what is held, in words").text,
    condition: component.block("cel", "an expression that is true where it holds"),
  };
}

function readTable(component: Component): TableCell {
  const columns = component.optional("columns");
  return {
    kind: "table",
    id: "",
    place: component.place,
    of: component.required("of", "an expression that gives a list"),
    columns: columns === null ? [] : readColumns(component, columns),
  };
}

/** `Height = row.height; Price = row.price` */
function readColumns(component: Component, columns: SourceText): TableCell["columns"] {
  let at = columns.place.start;
  return columns.text.split(";").flatMap((part) => {
    const from = at;
    at += part.length + 1;
    const equals = part.indexOf(" = ");
    if (part.trim() === "") return [];
    if (equals === -1) {
      component.problem(columns.place, `a column is written \`Heading = row.field\`, not \`${part.trim()}\``);
      return [];
    }
    const value = part.slice(equals + 3);
    const start = from + equals + 3;
    const place = { ...columns.place, start, end: start + value.length };
    return [{ title: part.slice(0, equals).trim(), value: { text: value.trim(), place } }];
  });
}

function readChart(component: Component): ChartCell {
  return {
    kind: "chart",
    id: "",
    place: component.place,
    title: component.required("title", "what it shows, in words").text,
    form: choice(component, "form", component.optional("form"), CHART_FORMS, "line"),
    of: component.required("of", "an expression that gives a list"),
    x: component.required("x", "an expression over `row`, such as `row.height`"),
    y: component.required("y", "an expression over `row`, such as `row.price`"),
    xLabel: component.required("xLabel", "what the axis counts, such as `block height`").text,
    yLabel: component.required("yLabel", "what the axis counts, such as `sat`").text,
  };
}

function readInputCell(component: Component): InputCell {
  const type = choice(component, "type", component.optional("type"), INPUTS, "text");
  const value = component.required("value", "what it is until the reader changes it");
  const choices = component.optional("choices");
  const cell: InputCell = {
    kind: "input",
    id: "",
    place: component.place,
    as: captureName(component, component.required("as", "the name of the value for later cells")) ?? "",
    label: component.required("label", "what is asked for").text,
    type,
    value: value.text,
    choices: split(choices?.text ?? "", "|"),
    min: integer(component, "min"),
    max: integer(component, "max"),
    unit: component.optional("unit")?.text ?? null,
  };
  if (type === "choice" && cell.choices.length === 0) {
    component.problem(choices?.place ?? component.place, 'a choice needs choices="one | another"');
  } else if (value.text !== "") {
    const read = readInput(cell, value.text);
    if (typeof read === "string") {
      const why = read.slice(cell.label.length + ": ".length);
      component.problem(value.place, `value="${value.text}" is not taken: ${why}`);
    }
  }
  return cell;
}

function captureName(component: Component, name: SourceText | null): string | null {
  if (name === null) return null;
  const problem = name.text === "" ? null : nameProblem(name.text);
  if (problem !== null) component.problem(name.place, problem);
  return name.text;
}

/** Why a text cannot be the name of a value; null where it can. */
export function nameProblem(name: string): string | null {
  if (!NAME.test(name)) {
    return `\`${name}\` is no name: it begins with a small letter; letters, digits and _ follow`;
  }
  return RESERVED.includes(name)
    ? `\`${name}\` has a meaning of its own in expressions: take another name`
    : null;
}

/** Milliseconds of `500ms`, `10s` or `2m`. */
function duration(component: Component, name: string, otherwise: number): number {
  const written = component.optional(name);
  if (written === null) return otherwise;
  const [, number, unit] = DURATION.exec(written.text) ?? [];
  if (number !== undefined) return Number(number) * MILLISECONDS[unit as keyof typeof MILLISECONDS];
  component.problem(
    written.place,
    `${name}="${written.text}" is no time: write it as \`500ms\`, \`10s\` or \`2m\``,
  );
  return otherwise;
}

function integer(component: Component, name: string): bigint | null {
  const written = component.optional(name);
  if (written === null) return null;
  if (/^-?\d{1,20}$/.test(written.text)) return BigInt(written.text);
  component.problem(written.place, `${name}="${written.text}" is no whole number`);
  return null;
}

/** A count of messages. */
function count(component: Component, name: string): number | null {
  const written = component.optional(name);
  if (written === null) return null;
  if (/^[1-9]\d{0,5}$/.test(written.text)) return Number(written.text);
  component.problem(written.place, `${name}="${written.text}" is no whole number from 1 to 999999`);
  return null;
}

function choice<T extends string>(
  component: Component,
  name: string,
  written: SourceText | null,
  choices: readonly T[],
  otherwise: T,
): T {
  if (written === null) return otherwise;
  const found = choices.find((one) => one === written.text);
  if (found === undefined) component.problem(written.place, oneOf(name, written.text, choices));
  return found ?? otherwise;
}

function oneOf(name: string, written: string, choices: readonly string[]): string {
  const near = nearestName(written, choices);
  const meant = near === null ? "" : `; did you mean \`${near}\`? `;
  const all = choices.join(", ");
  return near === null
    ? `${name}="${written}" is none of ${all}`
    : `${name}="${written}" is not known${meant}It is one of ${all}`;
}

function split(text: string, by: string): readonly string[] {
  return text
    .split(by)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}
