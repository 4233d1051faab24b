import type { DescMethod } from "@bufbuild/protobuf";
import { assertNever } from "../../call/assert-never.ts";
import { STATUS_NAMES } from "../../call/status.ts";
import { streamKind } from "../../schema/stream-kind.ts";
import { ConnectImports, createText } from "../../snippets/connect-literal.ts";
import { jsBytes, jsQuote } from "../../snippets/js-quote.ts";
import type { Literal } from "../../snippets/literal.ts";
import { indented, streamsFromClient } from "../../snippets/snippet.ts";
import { commentSentence } from "./comments.ts";
import { clientNames, endpointsOf } from "./endpoints.ts";
import { DEADLINE_MS, MOST_MESSAGES } from "./limits.ts";
import { Helpers, Names } from "./names.ts";
import type { Plan, Step } from "./plan.ts";
import type { RequestLiteral } from "./request-literal.ts";
import { TYPESCRIPT_HELPERS, type TypeScriptHelper } from "./typescript-helpers.ts";
import { type TypeScriptWriting, typescriptTerm } from "./typescript-term.ts";

/** Words of the language, and names that a program uses itself. */
const TAKEN = new Set(
  (
    "arguments await break case catch class const continue debugger default delete do else enum eval export extends " +
    "false finally for function if implements import in instanceof interface let new null package private protected " +
    "public return static super switch this throw true try typeof undefined var void while with yield async of " +
    "console process performance create join homedir readFileSync parseArgs values createClient " +
    "createGrpcTransport each options sessions setTimeout"
  )
    .split(" ")
    .concat(Object.keys(TYPESCRIPT_HELPERS)),
);

/** Writes a plan's cells in TypeScript, one by one; what they turn out to need stands in `writing`. */
export class TypeScriptCells {
  readonly writing: TypeScriptWriting;
  private readonly plan: Plan;
  private readonly clients: ReadonlyMap<string, string>;

  constructor(plan: Plan) {
    this.plan = plan;
    this.clients = clientNames(endpointsOf(plan));
    const isTaken = (name: string) => TAKEN.has(name) || name.endsWith("Client");
    this.writing = {
      imports: new ConnectImports(),
      names: new Names(isTaken, plan.captures),
      helpers: new Helpers<TypeScriptHelper>(),
    };
  }

  /** The variable of a service's client. */
  client(service: string): string {
    const name = this.clients.get(service) ?? "";
    return `${name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase())}Client`;
  }

  /** The statements of a step; none for prose. `typed`: the expression of what somebody typed into an input. */
  code(step: Step, typed: (step: Extract<Step, { kind: "input" }>) => string): string {
    const { helpers } = this.writing;
    const print = (what: string) => `console.log(${jsQuote(what)});`;
    switch (step.kind) {
      case "prose":
        return "";
      case "input":
        return `const ${this.name(step.cell.as)} = ${this.input(step, typed(step))};`;
      case "call":
        return [print(step.cell.method.text), this.call(step)].join("\n");
      case "wait":
        return [print(step.cell.method.text), this.wait(step)].join("\n");
      case "expression": {
        const name = this.name(step.cell.as);
        const value = `const ${name} = ${this.term(step.value)};`;
        const isLong = ["message", "list", "map", "record"].includes(step.value.type.kind);
        const shown =
          isLong || this.plan.secret.has(step.cell.id)
            ? []
            : [`console.log(${jsQuote(`${step.cell.as}:`)}, ${helpers.use("text")}(${name}));`];
        return [value, ...shown].join("\n");
      }
      case "check":
        return `${layOutCall(helpers.use("check"), [jsQuote(step.cell.say), this.term(step.condition)])};`;
      case "table": {
        const titles = step.columns.map(({ title }) => jsQuote(title));
        const cells = step.columns.map(({ value }) => this.term(value));
        return this.table(titles, cells, step.of);
      }
      case "chart": {
        const titles = [step.cell.xLabel, step.cell.yLabel].map(jsQuote);
        const cells = [this.term(step.x), this.term(step.y)];
        return [print(step.cell.title), this.table(titles, cells, step.of)].join("\n");
      }
      case "passed-over":
        return print(`${step.cell.method.text} is passed over. ${step.instead}`);
      case "left-out": {
        const what = `Not in this program: ${step.cell.kind} ${step.cell.id}: ${step.reason}.`;
        const said = step.ends ? `${helpers.use("stop")}(${jsQuote(what)});` : print(what);
        return [commentSentence(what, "//"), said].join("\n");
      }
      default:
        return assertNever(step);
    }
  }

  /** The call that begins the world anew. */
  begin(): string | null {
    const { beginning } = this.plan;
    if (beginning === null) return null;
    const ask = this.ask(beginning.method, this.request(beginning.request));
    return `await ${layOutCall(this.writing.helpers.use("call"), [ask])};`;
  }

  private name(capture: string): string {
    return this.writing.names.of(capture);
  }

  private term(term: Parameters<typeof typescriptTerm>[0]): string {
    return typescriptTerm(term, this.writing);
  }

  private table(
    titles: readonly string[],
    cells: readonly string[],
    of: Parameters<typeof typescriptTerm>[0],
  ) {
    const list = this.term(of);
    const range = /^[\w.]+$/.test(list) ? list : `(${list})`;
    const rows = `${range}.map((${this.name("row")}) => [${cells.join(", ")}])`;
    return `${layOutCall(this.writing.helpers.use("table"), [`[${titles.join(", ")}]`, rows])};`;
  }

  private input({ cell }: Extract<Step, { kind: "input" }>, typed: string): string {
    const { helpers } = this.writing;
    const label = jsQuote(cell.label);
    switch (cell.type) {
      case "text":
        return typed;
      case "choice":
        return `${helpers.use("choiceInput")}(${label}, ${typed}, [${cell.choices.map(jsQuote).join(", ")}])`;
      case "bytes":
        return `${helpers.use("bytesInput")}(${label}, ${typed})`;
      case "int": {
        const least = cell.min === null ? "-(2n ** 63n)" : `${cell.min}n`;
        const most = cell.max === null ? "2n ** 63n - 1n" : `${cell.max}n`;
        return `${helpers.use("wholeInput")}(${label}, ${typed}, ${least}, ${most})`;
      }
    }
  }

  private request({ message, values }: RequestLiteral): string {
    const instead = new Map<Literal, string>();
    for (const [literal, { term, type }] of values) {
      instead.set(literal, typescriptTerm(term, this.writing, type));
    }
    return createText(message, this.writing.imports, jsBytes, instead);
  }

  private ask(method: DescMethod, request: string): string {
    const call = layOutCall(`${this.client(method.parent.typeName)}.${method.localName}`, [
      request,
      "options",
    ]);
    return `(options) => ${call}`;
  }

  private call({ cell, method, requests, streams }: Extract<Step, { kind: "call" }>): string {
    const { helpers } = this.writing;
    const messages = requests.map((each) => this.request(each));
    const open = streamKind(method) === "bidi-streaming" && cell.take !== null ? ["options.signal"] : [];
    const request = streamsFromClient(method)
      ? layOutCall(helpers.use("sent"), [`[${messages.join(", ")}]`, ...open])
      : (messages[0] ?? "");
    const timeout = cell.deadlineMs === DEADLINE_MS ? [] : [String(cell.deadlineMs)];
    const target = cell.as === null ? "await " : `const ${this.name(cell.as)} = await `;
    const ask = this.ask(method, request);
    if (cell.expect !== null) {
      const code = String((STATUS_NAMES as readonly string[]).indexOf(cell.expect));
      return `${target}${layOutCall(helpers.use("refusal"), [code, jsQuote(cell.expect), ask, ...timeout])};`;
    }
    if (!streams) return `${target}${layOutCall(helpers.use("call"), [ask, ...timeout])};`;
    const take = String(cell.take ?? MOST_MESSAGES);
    return `${target}${layOutCall(helpers.use("collect"), [ask, take, ...timeout])};`;
  }

  private wait({ cell, method, request, until }: Extract<Step, { kind: "wait" }>): string {
    const name = this.name(cell.as);
    const parts = [
      this.ask(method, this.request(request)),
      `(${name}) => ${this.term(until)}`,
      String(cell.timeoutMs),
      String(cell.everyMs),
      ...(cell.deadlineMs === DEADLINE_MS ? [] : [String(cell.deadlineMs)]),
    ];
    return `const ${name} = await ${layOutCall(this.writing.helpers.use("wait"), parts)};`;
  }
}

/** A call on one line where it fits, else an argument a line. */
function layOutCall(name: string, parts: readonly string[]): string {
  const line = `${name}(${parts.join(", ")})`;
  if (line.length <= 100 && !line.includes("\n")) return line;
  return `${name}(\n${parts.map((part) => `  ${indented(part, "  ")},\n`).join("")})`;
}
