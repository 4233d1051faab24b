import type { DescMethod } from "@bufbuild/protobuf";
import { assertNever } from "../../call/assert-never.ts";
import { streamKind } from "../../schema/stream-kind.ts";
import type { Literal } from "../../snippets/literal.ts";
import { attributes, PythonModules, pythonLiteral } from "../../snippets/python-literal.ts";
import { isPythonName, pythonQuote } from "../../snippets/python-quote.ts";
import { indented, streamsFromClient } from "../../snippets/snippet.ts";
import { commentSentence } from "./comments.ts";
import { clientNames, endpointsOf } from "./endpoints.ts";
import { DEADLINE_MS, MOST_MESSAGES } from "./limits.ts";
import { Helpers, Names } from "./names.ts";
import type { Plan, Step } from "./plan.ts";
import { PYTHON_HELPERS, type PythonHelper } from "./python-helpers.ts";
import { type PythonWriting, pythonTerm } from "./python-term.ts";
import type { RequestLiteral } from "./request-literal.ts";

/** Names that a program uses itself. */
const TAKEN = new Set(
  (
    "abs all any bool bytes dict float int isinstance len list max min print range repr set sorted str sum tuple zip " +
    "argparse grpc json_format math re time Decimal Path arguments options hasattr SystemExit KeyError IndexError " +
    "OverflowError ValueError from_scenario allow_write ADDRESS TLS_CERT MACAROON"
  )
    .split(" ")
    .concat(Object.keys(PYTHON_HELPERS)),
);

/** Writes a plan's cells in Python, one by one; what they turn out to need stands in `writing`. */
export class PythonCells {
  readonly writing: PythonWriting;
  private readonly plan: Plan;
  private readonly clients: ReadonlyMap<string, string>;

  constructor(plan: Plan) {
    this.plan = plan;
    this.clients = clientNames(endpointsOf(plan));
    const isTaken = (name: string) =>
      TAKEN.has(name) || !isPythonName(name) || /_(?:pb2|pb2_grpc|stub)$/.test(name);
    this.writing = {
      modules: new PythonModules(),
      names: new Names(isTaken, plan.captures),
      helpers: new Helpers<PythonHelper>(),
    };
  }

  /** The variable of a service's client. */
  stub(service: string): string {
    return `${this.clients.get(service)}_stub`;
  }

  name(capture: string): string {
    return this.writing.names.of(capture);
  }

  /** The statements of a step; none for prose. `typed`: the expression of what somebody typed into an input. */
  code(step: Step, typed: (step: Extract<Step, { kind: "input" }>) => string): string {
    const { helpers } = this.writing;
    const print = (what: string) => `print(${pythonQuote(what)})`;
    switch (step.kind) {
      case "prose":
        return "";
      case "input":
        return `${this.name(step.cell.as)} = ${this.input(step, typed(step))}`;
      case "call":
        return [print(step.cell.method.text), this.call(step)].join("\n");
      case "wait":
        return [print(step.cell.method.text), this.wait(step)].join("\n");
      case "expression": {
        const name = this.name(step.cell.as);
        const value = `${name} = ${this.term(step.value)}`;
        const isLong = ["message", "list", "map", "record"].includes(step.value.type.kind);
        const shown =
          isLong || this.plan.secret.has(step.cell.id)
            ? []
            : [`print(${pythonQuote(`${step.cell.as}:`)}, ${helpers.use("text")}(${name}))`];
        return [value, ...shown].join("\n");
      }
      case "check":
        return layOutCall(helpers.use("check"), [pythonQuote(step.cell.say), this.term(step.condition)]);
      case "table": {
        const titles = step.columns.map(({ title }) => pythonQuote(title)).join(", ");
        const cells = step.columns.map(({ value }) => this.term(value));
        const rows = `[[${cells.join(", ")}] for ${this.name("row")} in ${this.term(step.of)}]`;
        return layOutCall(helpers.use("table"), [`[${titles}]`, rows]);
      }
      case "chart": {
        const rows = `[[${this.term(step.x)}, ${this.term(step.y)}] for ${this.name("row")} in ${this.term(step.of)}]`;
        const titles = [step.cell.xLabel, step.cell.yLabel].map(pythonQuote).join(", ");
        return [print(step.cell.title), layOutCall(helpers.use("table"), [`[${titles}]`, rows])].join("\n");
      }
      case "passed-over":
        return print(`${step.cell.method.text} is passed over. ${step.instead}`);
      case "left-out": {
        const what = `Not in this program: ${step.cell.kind} ${step.cell.id}: ${step.reason}.`;
        const said = step.ends ? `${helpers.use("stop")}(${pythonQuote(what)})` : print(what);
        return [commentSentence(what, "#"), said].join("\n");
      }
      default:
        return assertNever(step);
    }
  }

  /** The call that begins the world anew. */
  begin(): string | null {
    const { beginning } = this.plan;
    if (beginning === null) return null;
    const { method, request } = beginning;
    return layOutCall(this.writing.helpers.use("call"), [this.method(method), this.request(request)]);
  }

  private term(term: Parameters<typeof pythonTerm>[0]): string {
    return pythonTerm(term, this.writing);
  }

  private input({ cell }: Extract<Step, { kind: "input" }>, typed: string): string {
    const { helpers } = this.writing;
    const label = pythonQuote(cell.label);
    switch (cell.type) {
      case "text":
        return typed;
      case "choice":
        return `${helpers.use("choice_input")}(${label}, ${typed}, [${cell.choices.map(pythonQuote).join(", ")}])`;
      case "bytes":
        return `${helpers.use("bytes_input")}(${label}, ${typed})`;
      case "int":
        return `${helpers.use("whole_input")}(${label}, ${typed}, ${cell.min ?? "-(2**63)"}, ${cell.max ?? "2**63 - 1"})`;
    }
  }

  private method(method: DescMethod): string {
    return attributes(this.stub(method.parent.typeName), [method.name]);
  }

  private request({ message, values }: RequestLiteral): string {
    const instead = new Map<Literal, string>();
    for (const [literal, { term }] of values) instead.set(literal, this.term(term));
    return pythonLiteral(message, this.writing.modules, instead);
  }

  private call({ cell, method, requests, streams }: Extract<Step, { kind: "call" }>): string {
    const { helpers } = this.writing;
    const kind = streamKind(method);
    const messages = requests.map((each) => this.request(each));
    const list = `[${messages.join(", ")}]`;
    const request = streamsFromClient(method) ? `iter(${list})` : (messages[0] ?? "");
    const timeout = cell.deadlineMs === DEADLINE_MS ? [] : [`timeout=${cell.deadlineMs / 1000}`];
    const target = cell.as === null ? "" : `${this.name(cell.as)} = `;
    const called = this.method(method);
    if (cell.expect !== null) {
      const whole = streams ? `lambda request, timeout: list(${called}(request, timeout=timeout))` : called;
      return (
        target + layOutCall(helpers.use("refusal"), [pythonQuote(cell.expect), whole, request, ...timeout])
      );
    }
    if (!streams) return target + layOutCall(helpers.use("call"), [called, request, ...timeout]);
    const take = `take=${cell.take ?? MOST_MESSAGES}`;
    if (kind === "bidi-streaming" && cell.take !== null) {
      return target + layOutCall(helpers.use("converse"), [called, list, take, ...timeout]);
    }
    return target + layOutCall(helpers.use("collect"), [called, request, take, ...timeout]);
  }

  private wait({ cell, method, request, until }: Extract<Step, { kind: "wait" }>): string {
    const { helpers } = this.writing;
    const timeout = cell.deadlineMs === DEADLINE_MS ? [] : [`timeout=${cell.deadlineMs / 1000}`];
    const name = this.name(cell.as);
    const parts = [
      this.method(method),
      this.request(request),
      `lambda ${name}: ${this.term(until)}`,
      `patience=${cell.timeoutMs / 1000}`,
      `every=${cell.everyMs / 1000}`,
      ...timeout,
    ];
    return `${name} = ${layOutCall(helpers.use("wait"), parts)}`;
  }
}

/** A call on one line where it fits, else an argument a line. */
function layOutCall(name: string, parts: readonly string[]): string {
  const line = `${name}(${parts.join(", ")})`;
  if (line.length <= 96 && !line.includes("\n")) return line;
  return `${name}(\n${parts.map((part) => `    ${indented(part, "    ")},\n`).join("")})`;
}
