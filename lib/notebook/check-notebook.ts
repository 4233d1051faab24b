import type { Registry } from "@bufbuild/protobuf";
import { nearestName } from "../schema/nearest-name.ts";
import { applyEdits, positionAt } from "../schema/problem.ts";
import { readRequest } from "../schema/request-text.ts";
import { streamKind } from "../schema/stream-kind.ts";
import { readDependencies } from "./dependencies.ts";
import { writePlaceholder } from "./fill-request.ts";
import type { NotebookMethod } from "./host.ts";
import type { CallCell, Cell, Notebook, NotebookProblem, SourceText, WaitCell } from "./notebook.ts";
import { parseExpression } from "./parse-expression.ts";
import { findPlaceholders } from "./placeholders.ts";
import { type Scope, type StaticType, typeOf, typeWord, UNKNOWN } from "./static-type.ts";
import type { Value } from "./value.ts";

/** The APIs that a notebook's names are looked up in. */
export interface NotebookApis {
  /** Full names of all methods. */
  readonly methods: readonly string[];
  methodOf(name: string): NotebookMethod | undefined;
  /** All messages and enums. */
  readonly registry: Registry;
}

/**
 * What is wrong in a notebook that can be read, found before anything of it runs: methods, names, fields and enum values that
 * do not exist, requests that cannot be sent, cells that need each other. In the order of the text.
 */
export function checkNotebook(notebook: Notebook, apis: NotebookApis): NotebookProblem[] {
  const check = new Check(notebook, apis);
  for (const cell of notebook.cells) check.cell(cell);
  check.cycle();
  return check.problems.sort((a, b) => a.offset - b.offset);
}

/** The captures of a notebook, with what is known of each before anything has run. */
export function captureTypes(notebook: Notebook, apis: NotebookApis): Scope {
  return new Check(notebook, apis).scope;
}

class Check {
  readonly problems: NotebookProblem[] = [];
  private readonly notebook: Notebook;
  private readonly apis: NotebookApis;
  private readonly cells: ReadonlyMap<string, Cell>;
  readonly scope = new Map<string, StaticType>();

  constructor(notebook: Notebook, apis: NotebookApis) {
    this.notebook = notebook;
    this.apis = apis;
    this.cells = new Map(notebook.cells.map((cell) => [cell.id, cell]));
    const { order, cycle } = readDependencies(notebook);
    const rest = notebook.cells.map(({ id }) => id).filter((id) => !order.includes(id));
    for (const id of [...order, ...(cycle.length === 0 ? [] : rest)]) {
      const cell = this.cells.get(id);
      if (cell !== undefined && "as" in cell && cell.as !== null)
        this.scope.set(cell.as, this.captureType(cell));
    }
  }

  cell(cell: Cell): void {
    switch (cell.kind) {
      case "prose":
      case "input":
        return;
      case "call":
        this.call(cell);
        return;
      case "wait": {
        const access = this.call(cell)?.access;
        if (access === "write") {
          const message = `${cell.method.text} changes something: a wait asks again and again, so it takes reads only`;
          this.report(cell.method, 0, cell.method.text.length, message);
        }
        this.condition(cell.until);
        return;
      }
      case "expression":
        this.expression(cell.expression, this.scope);
        return;
      case "check":
        this.condition(cell.condition);
        return;
      case "table":
      case "chart": {
        const list = this.expression(cell.of, this.scope);
        if (list.kind !== "list" && list.kind !== "unknown") {
          this.report(
            cell.of,
            0,
            cell.of.text.length,
            `a list is needed here, and this is ${typeWord(list)}`,
          );
        }
        const row = new Map(this.scope).set("row", list.kind === "list" ? list.item : UNKNOWN);
        const parts = cell.kind === "chart" ? [cell.x, cell.y] : cell.columns.map(({ value }) => value);
        for (const part of parts) this.expression(part, row);
        return;
      }
    }
  }

  cycle(): void {
    const { cycle, needs } = readDependencies(this.notebook);
    for (const id of cycle) {
      const cell = this.cells.get(id);
      const needed = needs(id).filter((each) => cycle.includes(each));
      if (cell === undefined) continue;
      const message = `\`${id}\` needs what ${needed.map((each) => `\`${each}\``).join(" and ")} gives, which in turn needs \`${id}\`: none of them can run first`;
      this.problem(cell.place.start, 0, message);
    }
  }

  private captureType(cell: Cell): StaticType {
    switch (cell.kind) {
      case "call":
      case "wait": {
        const method = this.apis.methodOf(cell.method.text)?.method;
        if (method === undefined || (cell.kind === "call" && cell.expect !== null)) return UNKNOWN;
        const message: StaticType = { kind: "message", desc: method.output };
        const kind = streamKind(method);
        return kind === "server-streaming" || kind === "bidi-streaming"
          ? { kind: "list", item: message }
          : message;
      }
      case "expression": {
        const parsed = parseExpression(cell.expression.text);
        if (parsed.kind === "error") return UNKNOWN;
        return typeOf(parsed.expr, this.scope, { registry: this.apis.registry, report: () => {} });
      }
      case "input":
        return { kind: cell.type === "int" ? "int" : cell.type === "bytes" ? "bytes" : "string" };
      default:
        return UNKNOWN;
    }
  }

  private call(cell: CallCell | WaitCell): NotebookMethod | undefined {
    const found = this.apis.methodOf(cell.method.text);
    if (found === undefined) {
      this.report(cell.method, 0, cell.method.text.length, this.unknownMethod(cell.method.text));
    } else {
      const kind = streamKind(found.method);
      if (cell.requests.length > 1 && (kind === "unary" || kind === "server-streaming")) {
        this.report(
          cell.requests[1] ?? cell.method,
          0,
          1,
          `${cell.method.text} takes one message; this is the second`,
        );
      }
    }
    for (const request of cell.requests) this.request(request, cell, found);
    return found;
  }

  private request(request: SourceText, cell: CallCell | WaitCell, method: NotebookMethod | undefined): void {
    const edits = findPlaceholders(request.text).map((placeholder) => {
      const samples = placeholder.parts.flatMap((part) => {
        if (part.kind === "text") return [];
        const place = { ...request.place, start: request.place.start + part.offset };
        return [sampleOf(this.expression({ text: part.expression, place }, this.scope))];
      });
      const writing = { bytes: cell.bytes, registry: method?.registry ?? this.apis.registry };
      const known = samples.filter((sample) => sample !== null);
      const text = known.length === samples.length ? writePlaceholder(placeholder, known, writing) : null;
      return { ...placeholder, known: text !== null, text: text ?? '""' };
    });
    if (method === undefined) return;
    const filled = applyEdits(request.text, edits);
    const reading = readRequest(filled, method.method.input, {
      bytes: cell.bytes,
      registry: method.registry,
    });
    if (reading.kind === "ok") return;
    for (const problem of reading.problems) {
      if (problem.severity !== "error") continue;
      const { offset, length, inside } = originalPlace(problem.offset, problem.length, edits);
      // Of a double only a sample was read.
      const message = problem.message.replace(
        "0.5 has a fraction, write a whole number",
        "a double may have a fraction, write `int(…)` around it",
      );
      if (inside === null || inside.known) {
        this.report(request, offset, length, inside === null ? problem.message : message);
      }
    }
  }

  private condition(condition: SourceText): void {
    const type = this.expression(condition, this.scope);
    if (type.kind === "bool" || type.kind === "unknown") return;
    this.report(
      condition,
      0,
      condition.text.length,
      `a condition is true or false, and this is ${typeWord(type)}`,
    );
  }

  private expression(source: SourceText, scope: Scope): StaticType {
    if (source.text === "") return UNKNOWN;
    const parsed = parseExpression(source.text);
    if (parsed.kind === "error") {
      this.report(
        source,
        parsed.offset ?? 0,
        parsed.offset === null ? source.text.length : 1,
        parsed.message,
      );
      return UNKNOWN;
    }
    const report = (id: bigint, message: string) => {
      const offset = parsed.offsetOf(id) ?? 0;
      // A field is known by the place of the dot before it.
      this.report(source, source.text[offset] === "." ? offset + 1 : offset, 1, message);
    };
    return typeOf(parsed.expr, scope, { registry: this.apis.registry, report });
  }

  private unknownMethod(name: string): string {
    const near = nearestName(name, this.apis.methods);
    if (near !== null) return `there is no method ${name}; did you mean ${near}?`;
    const last = name.slice(name.lastIndexOf(".") + 1);
    const same = this.apis.methods.find((method) => method.endsWith(`.${last}`));
    const meant =
      same === undefined ? "a method's full name is package.Service.Method" : `did you mean ${same}?`;
    return `there is no method ${name}; ${meant}`;
  }

  private report({ place }: SourceText, offset: number, length: number, message: string): void {
    this.problem(place.start + offset, length, message);
  }

  private problem(offset: number, length: number, message: string): void {
    if (this.problems.some((each) => each.offset === offset && each.message === message)) return;
    this.problems.push({ ...positionAt(this.notebook.source, offset), offset, length, message });
  }
}

interface Filled {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
  readonly known: boolean;
}

/** Where something of the filled text stands in the text before; `inside`: the placeholder that it lies in. */
function originalPlace(offset: number, length: number, edits: readonly Filled[]) {
  let shift = 0;
  for (const edit of edits) {
    const start = edit.offset + shift;
    if (offset < start) break;
    if (offset < start + edit.text.length) return { offset: edit.offset, length: edit.length, inside: edit };
    shift += edit.text.length - edit.length;
  }
  return { offset: offset - shift, length, inside: null };
}

/** A value of the type, to see whether it fits where it goes; null where the type says too little. */
export function sampleOf(type: StaticType): Value | null {
  switch (type.kind) {
    case "unknown":
      return null;
    case "null":
      return { kind: "null" };
    case "bool":
      return { kind: "bool", value: true };
    case "int":
    case "uint":
      return { kind: type.kind, value: 1n };
    case "double":
      return { kind: "double", value: 0.5 };
    case "string":
      // Any text may be one that fits: a number, an enum's value, bytes.
      return null;
    case "bytes":
      return { kind: "bytes", value: new Uint8Array(1) };
    case "message":
      return { kind: "message", type: type.desc.typeName, wire: new Uint8Array() };
    case "list":
      return { kind: "list", items: [] };
    case "map":
      return { kind: "map", entries: [] };
  }
}
