import type { DescMethod, Registry } from "@bufbuild/protobuf";
import { assertNever } from "../../call/assert-never.ts";
import type { ScenarioCall } from "../../reference/api-config.ts";
import { streamKind } from "../../schema/stream-kind.ts";
import type { ClientProfile } from "../../snippets/client-profile.ts";
import type { CellState } from "../cell-state.ts";
import { readDependencies } from "../dependencies.ts";
import type { NotebookMethod } from "../host.ts";
import type {
  CallCell,
  Cell,
  ChartCell,
  CheckCell,
  ExpressionCell,
  InputCell,
  Notebook,
  ProseCell,
  TableCell,
  WaitCell,
} from "../notebook.ts";
import { type Lowering, lowerExpression } from "./lower-expression.ts";
import { type RequestLiteral, readRequestLiteral } from "./request-literal.ts";
import { type Term, type TermType, typeName, Untranslatable } from "./term.ts";
import { BYTES, fieldType, INT, STRING } from "./term-types.ts";

/** What an export has to know beside the notebook. Nothing in it is secret. */
export interface ExportContext {
  /** All messages and enums that the notebook may speak of. */
  readonly registry: Registry;
  methodOf(name: string): NotebookMethod | undefined;
  /** Where the profile serves a service; null where it does not. */
  client(service: string): ClientProfile | null;
  /** Whether writes cost nothing there. */
  readonly sandbox: boolean;
  /** What begins the world anew; null where the profile has no such thing. */
  readonly begin: ScenarioCall | null;
  /** Whether a method's replies hold secrets. */
  isSecret(method: string): boolean;
  /** What stands in an input, as it is typed. */
  inputOf(id: string): string;
  /** What the cells have come to, for outputs. */
  stateOf(id: string): CellState;
}

/** What a program does for a cell. */
export type Step =
  | { readonly kind: "prose"; readonly cell: ProseCell }
  | { readonly kind: "input"; readonly cell: InputCell; readonly typed: string; readonly type: TermType }
  | (Called & {
      readonly kind: "call";
      readonly cell: CallCell;
      readonly requests: readonly RequestLiteral[];
      readonly streams: boolean;
    })
  | (Called & {
      readonly kind: "wait";
      readonly cell: WaitCell;
      readonly request: RequestLiteral;
      readonly until: Term;
      readonly type: TermType;
    })
  | { readonly kind: "expression"; readonly cell: ExpressionCell; readonly value: Term }
  | { readonly kind: "check"; readonly cell: CheckCell; readonly condition: Term }
  | {
      readonly kind: "table";
      readonly cell: TableCell;
      readonly of: Term;
      readonly columns: readonly { readonly title: string; readonly value: Term }[];
    }
  | {
      readonly kind: "chart";
      readonly cell: ChartCell;
      readonly of: Term;
      readonly x: Term;
      readonly y: Term;
    }
  /** The profile has no use for it. */
  | { readonly kind: "passed-over"; readonly cell: CallCell; readonly instead: string }
  /** It cannot be said. `ends`: what follows may rely on it, so the program does not go on. */
  | {
      readonly kind: "left-out";
      readonly cell: Exclude<Cell, ProseCell>;
      readonly reason: string;
      readonly ends: boolean;
    };

interface Called {
  readonly method: DescMethod;
  readonly client: ClientProfile;
  readonly access: "read" | "write";
}

/** What begins the world as the notebook wants it. */
export interface Beginning extends Called {
  readonly scenario: string;
  readonly request: RequestLiteral;
}

/** A notebook as the steps of a program, in the order in which they are done. */
export interface Plan {
  readonly notebook: Notebook;
  readonly steps: readonly Step[];
  readonly beginning: Beginning | null;
  /** Full names of the methods that change something, in their order, each once. */
  readonly writes: readonly string[];
  /** Names of all captures. */
  readonly captures: ReadonlySet<string>;
  /** Ids of cells whose value holds a secret, or is made of one: programs do not print it by themselves. */
  readonly secret: ReadonlySet<string>;
  /** What the program does not do, in sentences. */
  readonly notes: readonly string[];
}

export function planExport(notebook: Notebook, context: ExportContext): Plan {
  const cells = new Map(notebook.cells.map((cell) => [cell.id, cell]));
  const { order, cycle, dependents } = readDependencies(notebook);
  const planner = new Planner(context);
  const steps: Step[] = [];
  const prose = notebook.cells.filter((cell): cell is ProseCell => cell.kind === "prose");
  let shown = 0;
  const showProse = (before: number) => {
    for (let next = prose[shown]; next !== undefined && next.place.start < before; next = prose[++shown]) {
      steps.push({ kind: "prose", cell: next });
    }
  };
  for (const id of [...order, ...cycle]) {
    const cell = cells.get(id);
    if (cell === undefined || cell.kind === "prose") continue;
    showProse(cell.place.start);
    steps.push(planner.step(cell));
  }
  showProse(Number.POSITIVE_INFINITY);
  const called = steps.filter((step) => step.kind === "call" || step.kind === "wait");
  const writes = called.filter(({ access }) => access === "write").map(({ cell }) => cell.method.text);
  const beginning = planner.beginning(notebook);
  return {
    notebook,
    steps,
    beginning,
    writes: [...new Set(writes)],
    captures: new Set(notebook.cells.flatMap((cell) => ("as" in cell && cell.as !== null ? [cell.as] : []))),
    secret: secretCells(notebook, context, dependents),
    notes: steps.flatMap((step) => (step.kind === "left-out" ? [noteOf(step)] : [])),
  };
}

function secretCells(
  { cells }: Notebook,
  { isSecret }: ExportContext,
  dependents: (id: string) => ReadonlySet<string>,
): ReadonlySet<string> {
  const own = cells.filter((cell) => "method" in cell && isSecret(cell.method.text));
  return new Set(own.flatMap(({ id }) => [id, ...dependents(id)]));
}

function noteOf({ cell, reason, ends }: Extract<Step, { kind: "left-out" }>): string {
  const what = `Line ${cell.place.line}, ${cell.kind} \`${cell.id}\``;
  return `${what}, is not in it: ${reason}.${ends ? " The program ends there." : ""}`;
}

class Planner {
  private readonly context: ExportContext;
  private readonly scope = new Map<string, { readonly type: TermType; readonly local: boolean }>();

  constructor(context: ExportContext) {
    this.context = context;
  }

  step(cell: Exclude<Cell, ProseCell>): Step {
    try {
      return this.translated(cell);
    } catch (cause) {
      if (!(cause instanceof Untranslatable)) throw cause;
      const ends = cell.kind === "call" || cell.kind === "wait" || cell.kind === "input";
      return { kind: "left-out", cell, reason: cause.message, ends };
    }
  }

  beginning({ info: { scenario, seed } }: Notebook): Beginning | null {
    const { begin } = this.context;
    if (begin === null || scenario === null) return null;
    const called = this.called(begin.method);
    if (called === null) return null;
    const text = JSON.stringify({ [begin.name]: scenario, [begin.seed]: String(seed) });
    return { ...called, scenario, request: this.request(text, called.method, "hex") };
  }

  private translated(cell: Exclude<Cell, ProseCell>): Step {
    switch (cell.kind) {
      case "input": {
        const type = cell.type === "int" ? INT : cell.type === "bytes" ? BYTES : STRING;
        const known: TermType =
          type.kind === "int" ? { ...INT, least: cell.min ?? INT.least, most: cell.max ?? INT.most } : type;
        this.capture(cell.as, known);
        return { kind: "input", cell, typed: this.context.inputOf(cell.id), type: known };
      }
      case "call":
        return this.call(cell);
      case "wait": {
        const called = this.served(cell);
        const request = this.request(cell.requests[0]?.text ?? "{}", called.method, cell.bytes);
        const type: TermType = { kind: "message", desc: called.method.output };
        const until = this.condition(cell.until.text, cell.as, type);
        this.capture(cell.as, type);
        return { kind: "wait", cell, ...called, request, until, type };
      }
      case "expression": {
        const value = lowerExpression(cell.expression.text, this.lowering());
        this.capture(cell.as, value.type);
        return { kind: "expression", cell, value };
      }
      case "check":
        return { kind: "check", cell, condition: this.condition(cell.condition.text) };
      case "table": {
        const { of, inside } = this.rows(cell.of.text);
        const columns = cell.columns.map(({ title, value }) => ({
          title,
          value: lowerExpression(value.text, inside),
        }));
        return { kind: "table", cell, of, columns: columns.length === 0 ? allFields(of) : columns };
      }
      case "chart": {
        const { of, inside } = this.rows(cell.of.text);
        const [x, y] = [cell.x, cell.y].map(({ text }) => lowerExpression(text, inside)) as [Term, Term];
        return { kind: "chart", cell, of, x, y };
      }
      default:
        return assertNever(cell);
    }
  }

  private call(cell: CallCell): Step {
    if (cell.instead !== null && this.called(cell.method.text) === null) {
      return { kind: "passed-over", cell, instead: cell.instead };
    }
    const called = this.served(cell);
    const { method } = called;
    const kind = streamKind(method);
    const streams = kind === "server-streaming" || kind === "bidi-streaming";
    const requests = cell.requests.map(({ text }) => this.request(text, method, cell.bytes));
    if (cell.as !== null) {
      const message: TermType = { kind: "message", desc: method.output };
      const gives: TermType = streams ? { kind: "list", item: message } : message;
      this.capture(cell.as, cell.expect === null ? gives : { kind: "refusal" });
    }
    return { kind: "call", cell, ...called, requests, streams };
  }

  private served({ method: { text } }: CallCell | WaitCell): Called {
    const called = this.called(text);
    if (called !== null) return called;
    const known = this.context.methodOf(text) !== undefined;
    throw new Untranslatable(known ? `the profile does not serve ${text}` : `there is no method ${text}`);
  }

  private called(name: string): Called | null {
    const found = this.context.methodOf(name);
    if (found === undefined) return null;
    const client = this.context.client(found.method.parent.typeName);
    return client === null ? null : { method: found.method, access: found.access, client };
  }

  private request(text: string, method: DescMethod, bytes: CallCell["bytes"]): RequestLiteral {
    return readRequestLiteral(text, method.input, { bytes }, this.lowering());
  }

  private condition(text: string, own?: string, type?: TermType): Term {
    const scope = new Map(this.scope);
    if (own !== undefined && type !== undefined) scope.set(own, { type, local: true });
    const condition = lowerExpression(text, { ...this.lowering(), scope });
    if (condition.type.kind === "bool") return condition;
    throw new Untranslatable(`its condition is ${typeName(condition.type)}`);
  }

  private rows(text: string): { readonly of: Term; readonly inside: Lowering } {
    const of = lowerExpression(text, this.lowering());
    if (of.type.kind !== "list") throw new Untranslatable(`it shows ${typeName(of.type)}, which is no list`);
    const scope = new Map(this.scope).set("row", { type: of.type.item, local: true });
    return { of, inside: { ...this.lowering(), scope } };
  }

  private lowering(): Lowering {
    return { registry: this.context.registry, scope: this.scope };
  }

  private capture(name: string, type: TermType): void {
    this.scope.set(name, { type, local: false });
  }
}

/** A column for each field of the rows, or one for rows that are no messages. */
function allFields(of: Term): Extract<Step, { kind: "table" }>["columns"] {
  const item: TermType = of.type.kind === "list" ? of.type.item : { kind: "nothing" };
  const row: Term = { kind: "name", name: "row", local: true, type: item };
  if (item.kind !== "message") return [{ title: "value", value: row }];
  return item.desc.fields.flatMap((field) => {
    try {
      return [
        { title: field.name, value: { kind: "field", of: row, field, type: fieldType(field) } as const },
      ];
    } catch (cause) {
      if (cause instanceof Untranslatable) return [];
      throw cause;
    }
  });
}
