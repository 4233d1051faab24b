import type { DescMethod, Registry } from "@bufbuild/protobuf";
import { assertNever } from "../../call/assert-never.ts";
import { STATUS_NAMES } from "../../call/status.ts";
import { streamKind } from "../../schema/stream-kind.ts";
import { requestJson } from "../../snippets/json-text.ts";
import type { Literal } from "../../snippets/literal.ts";
import { shellQuote } from "../../snippets/shell-quote.ts";
import { commentSentence } from "./comments.ts";
import { endpointsOf } from "./endpoints.ts";
import { jqLiteral } from "./jq-literal.ts";
import { integerText, JQ_WORDS, jqQuote, jqTerm, jqWords } from "./jq-term.ts";
import { MOST_MESSAGES } from "./limits.ts";
import { Names } from "./names.ts";
import { optionName } from "./option-names.ts";
import type { Plan, Step } from "./plan.ts";
import type { RequestLiteral } from "./request-literal.ts";
import { Untranslatable } from "./term.ts";

const SHOWN_AS_A_WHOLE = new Set(["message", "list", "map", "record"]);

/** Writes a plan's cells as commands of a POSIX shell that has the functions of `shell-functions.ts`. */
export class ShellCells {
  private readonly plan: Plan;
  private readonly registry: Registry;
  private readonly names: Names;

  constructor(plan: Plan, registry: Registry) {
    this.plan = plan;
    this.registry = registry;
    // `$all` is what the filters begin with, and `$key` is bound within them.
    const isTaken = (name: string) => JQ_WORDS.has(name) || ["all", "key", "typed", "ENV"].includes(name);
    this.names = new Names(isTaken, plan.captures);
  }

  /** The commands of a step; none for prose. Throws `Untranslatable`. */
  code(step: Step): string {
    const say = (what: string) => `echo ${quoted(what)}`;
    switch (step.kind) {
      case "prose":
        return "";
      case "input":
        return this.input(step);
      case "call":
        return [say(step.cell.method.text), ...this.call(step)].join("\n");
      case "wait": {
        const { cell, request, until } = step;
        const every = String(cell.everyMs / 1000);
        const patience = String(Math.ceil(cell.timeoutMs / 1000));
        const name = this.names.of(cell.as);
        const holds = this.filter(jqTerm(until, this.names), [cell.as]);
        const call = this.ask(step.method, cell.deadlineMs, step);
        return [
          say(cell.method.text),
          this.request([request]),
          ["wait_until", name, quoted(holds), patience, every, call].join(" "),
        ].join("\n");
      }
      case "expression": {
        const name = this.names.of(step.cell.as);
        const value = `compute ${name} ${quoted(this.filter(jqTerm(step.value, this.names)))}`;
        if (SHOWN_AS_A_WHOLE.has(step.value.type.kind) || this.plan.secret.has(step.cell.id)) return value;
        const words = this.filter(jqWords(`$${name}`, step.value.type), [step.cell.as]);
        return [value, `show ${quoted(`${step.cell.as}:`)} ${quoted(words)}`].join("\n");
      }
      case "check":
        return `check ${quoted(step.cell.say)} \\\n  ${quoted(this.filter(jqTerm(step.condition, this.names)))}`;
      case "table":
        return this.table(step.columns, step.of);
      case "chart": {
        const columns = [
          { title: step.cell.xLabel, value: step.x },
          { title: step.cell.yLabel, value: step.y },
        ];
        return [say(step.cell.title), this.table(columns, step.of)].join("\n");
      }
      case "passed-over":
        return say(`${step.cell.method.text} is passed over. ${step.instead}`);
      case "left-out": {
        const what = `Not in this script: ${step.cell.kind} ${step.cell.id}: ${step.reason}.`;
        return [commentSentence(what, "#"), `${step.ends ? "stop" : "echo"} ${quoted(what)}`].join("\n");
      }
      default:
        return assertNever(step);
    }
  }

  /** The commands that begin the world anew. */
  begin(): readonly string[] | null {
    const { beginning } = this.plan;
    if (beginning === null) return null;
    return [this.request([beginning.request]), `call ${this.ask(beginning.method, 30_000, beginning)}`];
  }

  private input({ cell }: Extract<Step, { kind: "input" }>): string {
    const filter = () => {
      switch (cell.type) {
        case "text":
          return ".";
        case "bytes":
          return "unhex";
        case "choice":
          return `if IN(${cell.choices.map(jqQuote).join(", ")}) then . else error("it is no choice") end`;
        case "int": {
          const limits = [cell.min ?? -(2n ** 63n), cell.max ?? 2n ** 63n - 1n].map(integerText);
          return `digits | within(${limits.join("; ")})`;
        }
      }
    };
    const range = cell.min === null || cell.max === null ? "" : ` from ${cell.min} to ${cell.max}`;
    const meant = {
      text: "write a text",
      bytes: "write bytes as hex, two digits from 0 to f for each",
      choice: `choose one of ${cell.choices.join(", ")}`,
      int: `write a whole number${range}`,
    }[cell.type];
    const typed = `"$${inputVariable(cell.as)}"`;
    return `take ${this.names.of(cell.as)} ${typed} ${quoted(filter())} ${quoted(`${cell.label}: ${meant}`)}`;
  }

  private call(step: Extract<Step, { kind: "call" }>): string[] {
    const { cell, method, requests, streams } = step;
    const ask = this.ask(method, cell.deadlineMs, step);
    const request = this.request(requests);
    const keep = cell.as === null ? [] : [`keep ${this.names.of(cell.as)}`];
    if (cell.expect !== null) {
      const code = (STATUS_NAMES as readonly string[]).indexOf(cell.expect);
      return [request, `refused ${code} ${cell.expect} ${ask}`, ...keep];
    }
    if (!streams) return [request, `call ${ask}`, ...keep];
    const isOpen = streamKind(method) === "bidi-streaming" && cell.take !== null;
    return [request, `collect ${cell.take ?? MOST_MESSAGES} ${isOpen ? "open" : "ended"} ${ask}`, ...keep];
  }

  /** The function that asks, the proto file, the method and the seconds that it has. */
  private ask(method: DescMethod, deadlineMs: number, { client }: { readonly client: object }): string {
    const endpoints = endpointsOf(this.plan);
    const endpoint = endpoints.find(
      (each) => each.services.includes(method.parent) && sameClient(each.client, client),
    );
    const { typeName, file } = method.parent;
    return [
      askFunction(endpoint?.prefix ?? ""),
      shellQuote(file.proto.name),
      shellQuote(`${typeName}/${method.name}`),
      String(deadlineMs / 1000),
    ].join(" ");
  }

  private request(requests: readonly RequestLiteral[]): string {
    const texts = requests.map(({ message, fixed, values }) => {
      if (fixed !== null) {
        const method = { input: message.type } as DescMethod;
        return requestJson({ method, message: fixed, registry: this.registry });
      }
      const instead = new Map<Literal, string>();
      for (const [literal, { term, type }] of values) {
        const text = jqTerm(term, this.names);
        instead.set(
          literal,
          type.kind === "double" && term.type.kind !== "double" ? `(${text} | tonumber)` : text,
        );
      }
      return jqLiteral(message, instead);
    });
    return `request ${quoted(this.filter(texts.join(",\n")))}`;
  }

  private table(
    columns: Extract<Step, { kind: "table" }>["columns"],
    of: Parameters<typeof jqTerm>[0],
  ): string {
    const titles = columns.map(({ title }) => jqQuote(title)).join(", ");
    const cells = columns.map(({ value }) => jqWords(jqTerm(value, this.names), value.type)).join(", ");
    const rows = `[${jqTerm(of, this.names)}[] | . as $${this.names.of("row")} | [${cells}]]`;
    return `show "" ${quoted(this.filter(`${rows} | table([${titles}])`))}`;
  }

  /** A filter over what is kept, with a variable for each capture that it speaks of. */
  private filter(text: string, own: readonly string[] = []): string {
    const spoken = [...new Set([...this.plan.captures, ...own])].map((each) => this.names.of(each));
    const used = spoken.filter((name) => new RegExp(`\\$${name}\\b`).test(text));
    return used.length === 0 ? text : `. as {${used.map((name) => `$${name}`).join(", ")}} | ${text}`;
  }
}

function sameClient(a: object, b: object): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** A word for the shell; what it cannot hold is untranslatable. */
function quoted(text: string): string {
  if (text.includes("\0")) throw new Untranslatable("it holds a NUL, which no word of a shell can");
  return shellQuote(text);
}

/** The function that asks an endpoint. */
export function askFunction(prefix: string): string {
  return prefix === "" ? "ask" : `ask_${prefix.toLowerCase().replace(/_$/, "")}`;
}

/** The shell's variable of what was typed into an input. */
export function inputVariable(name: string): string {
  return `typed_${optionName(name).replaceAll("-", "_")}`;
}
