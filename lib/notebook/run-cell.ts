import { assertNever } from "../call/assert-never.ts";
import type { Call } from "../call/call.ts";
import type { RunError } from "../call/run-event.ts";
import { statusName } from "../call/status.ts";
import type { OutgoingMessage } from "../run/runner.ts";
import { streamKind } from "../schema/stream-kind.ts";
import type { CellFailure, CellOutput } from "./cell-state.ts";
import { fillRequest } from "./fill-request.ts";
import type { NotebookHost, NotebookMethod } from "./host.ts";
import type { CallCell, Cell, ChartCell, TableCell, WaitCell } from "./notebook.ts";
import { referencedNames } from "./references.ts";
import type { Value, Values } from "./value.ts";

/** What a cell came to: its output and the value that later cells find under its name, or why there is none. */
export type CellResult =
  | { readonly kind: "output"; readonly output: CellOutput; readonly value: Value | null }
  | { readonly kind: "failure"; readonly failure: CellFailure };

export interface CellContext {
  readonly host: NotebookHost;
  readonly values: Values;
  readonly signal: AbortSignal;
  /** Hears of each reply. */
  readonly onReply: (replies: number) => void;
}

/** A stream that goes on is cancelled after so many messages where its cell does not say when. */
const MOST_MESSAGES = 1_000;

/** Runs a cell once. What goes wrong is a value; nothing is thrown but for bugs. */
export async function runCell(
  cell: Exclude<Cell, { kind: "prose" | "input" }>,
  context: CellContext,
): Promise<CellResult> {
  switch (cell.kind) {
    case "call":
      return runCall(cell, context);
    case "wait":
      return runWait(cell, context);
    case "expression": {
      const found = await evaluated(cell.expression.text, context);
      return found.kind === "failure" ? found : output({ kind: "value", value: found.value }, found.value);
    }
    case "check":
      return runCheck(cell.say, cell.condition.text, context);
    case "table":
      return runTable(cell, context);
    case "chart":
      return runChart(cell, context);
    default:
      return assertNever(cell);
  }
}

async function runCall(cell: CallCell, context: CellContext): Promise<CellResult> {
  const { host } = context;
  if (cell.instead !== null && !host.serves(cell.method.text)) {
    return output({ kind: "passed-over", instead: cell.instead }, null);
  }
  const found = await prepare(cell, context);
  if (found.kind === "failure") return found;
  const { call, outgoing, method } = found;
  const stream = streamKind(method);
  const streams = stream === "server-streaming" || stream === "bidi-streaming";
  // In a conversation the other side may end when this one does: it goes on until enough was said.
  const open = stream === "bidi-streaming" && cell.take !== null;
  const answer = await collect(call, outgoing, streams ? (cell.take ?? MOST_MESSAGES) : null, context, open);
  const { messages, error } = answer;
  if (error !== null && context.signal.aborted) return stopped();
  const reply = { kind: "reply", method: call.method, messages, error, attempts: 1 } as const;
  if (cell.expect !== null) {
    const name = error === null ? "OK" : statusName(error.code);
    if (error === null || name !== cell.expect) {
      const message = `it was to fail with ${cell.expect}, and ${error === null ? "it did not fail" : `gave ${describe(error)}`}`;
      return failed({ kind: "call", message, error });
    }
    return output(reply, errorValue(error));
  }
  if (error !== null) return failed({ kind: "call", message: describe(error), error });
  const type = method.output.typeName;
  if (streams) {
    const items = messages.map((wire): Value => ({ kind: "message", type, wire }));
    return output(reply, { kind: "list", items });
  }
  const [wire] = messages;
  if (wire === undefined)
    return failed({ kind: "call", message: "the call ended without a reply", error: null });
  return output(reply, { kind: "message", type, wire });
}

async function runWait(cell: WaitCell, context: CellContext): Promise<CellResult> {
  const { host, values, signal } = context;
  const found = await prepare(cell, context);
  if (found.kind === "failure") return found;
  const { call, method, access } = found;
  if (access === "write") {
    const message = `${call.method} changes something: a wait asks again and again, so it takes reads only`;
    return failed({ kind: "request", message });
  }
  const giveUpAt = performance.now() + cell.timeoutMs;
  const type = method.output.typeName;
  for (let attempts = 1; ; attempts++) {
    const { messages, error } = await collect(call, undefined, null, context);
    if (signal.aborted) return stopped();
    if (error !== null) return failed({ kind: "call", message: describe(error), error });
    const [wire] = messages;
    if (wire === undefined)
      return failed({ kind: "call", message: "the call ended without a reply", error: null });
    context.onReply(attempts);
    const value: Value = { kind: "message", type, wire };
    const known = mentioned(cell.until.text, new Map(values).set(cell.as, value));
    const condition = await host.evaluator.evaluate(cell.until.text, known);
    if (condition.kind === "error") return failed({ kind: "expression", message: condition.message });
    if (condition.value.kind !== "bool") return failed(notBool(condition.value));
    if (condition.value.value) {
      return output({ kind: "reply", method: call.method, messages: [wire], error: null, attempts }, value);
    }
    if (performance.now() + cell.everyMs > giveUpAt) {
      const message = `it did not become true within ${cell.timeoutMs / 1_000} s; asked ${attempts === 1 ? "once" : `${attempts} times`}`;
      return failed({ kind: "timeout", message, attempts });
    }
    await pause(cell.everyMs, signal);
    if (signal.aborted) return stopped();
  }
}

async function runCheck(say: string, condition: string, context: CellContext): Promise<CellResult> {
  const result = await context.host.evaluator.evaluate(condition, mentioned(condition, context.values));
  if (result.kind === "error") return failed({ kind: "expression", message: result.message });
  if (result.value.kind !== "bool") return failed(notBool(result.value));
  if (result.value.value) return output({ kind: "held" }, null);
  return failed({ kind: "check", message: `not so: ${say}`, parts: result.parts });
}

async function runTable(cell: TableCell, context: CellContext): Promise<CellResult> {
  const headings = cell.columns.map(({ title }) => title);
  const columns = cell.columns.map(({ value }) => value.text);
  const rows = await rowsOf(cell.of.text, columns.length === 0 ? ["row"] : columns, context);
  return rows.kind === "failure" ? rows : output({ kind: "table", headings, rows: rows.rows }, null);
}

async function runChart(cell: ChartCell, context: CellContext): Promise<CellResult> {
  const found = await rowsOf(cell.of.text, [cell.x.text, cell.y.text], context);
  if (found.kind === "failure") return found;
  const points: { x: number; y: number }[] = [];
  for (const [x, y] of found.rows) {
    if (!isNumber(x) || !isNumber(y)) {
      const [axis, value] = isNumber(x) ? [cell.y, y] : [cell.x, x];
      const message = `${axis.text} is ${kindWord(value ?? { kind: "null" })}, and a chart draws numbers`;
      return failed({ kind: "expression", message });
    }
    points.push({ x: Number(x.value), y: Number(y.value) });
  }
  return output({ kind: "chart", points }, null);
}

function isNumber(value: Value | undefined): value is Extract<Value, { kind: "int" | "uint" | "double" }> {
  return value?.kind === "int" || value?.kind === "uint" || value?.kind === "double";
}

type Prepared =
  | { readonly kind: "failure"; readonly failure: CellFailure }
  | {
      readonly kind: "call";
      readonly call: Call;
      readonly method: NotebookMethod["method"];
      readonly access: "read" | "write";
      readonly outgoing: AsyncIterable<OutgoingMessage> | undefined;
    };

/** The call of a cell, with the values of earlier cells in its requests. */
async function prepare(cell: CallCell | WaitCell, { host, values }: CellContext): Promise<Prepared> {
  const found = await host.methodOf(cell.method.text);
  if (found === undefined) {
    return failed({ kind: "request", message: `no API of this site has a method ${cell.method.text}` });
  }
  if (!host.serves(cell.method.text)) {
    const message = `this profile does not serve ${cell.method.text}: choose one that does`;
    return failed({ kind: "request", message });
  }
  const writing = { bytes: cell.bytes, registry: found.registry };
  const texts: string[] = [];
  for (const request of cell.requests) {
    const filled = await fillRequest(request.text, values, host.evaluator, writing);
    if (filled.kind === "error") return failed({ kind: "request", message: filled.message });
    texts.push(filled.text);
  }
  const [first = "{}", ...later] = texts;
  const call: Call = {
    profile: host.profile,
    method: cell.method.text,
    request: first,
    bytes: cell.bytes,
    metadata: [],
    deadlineMs: cell.deadlineMs,
    compression: "identity",
    confirmation: null,
  };
  const outgoing = later.length === 0 ? undefined : messagesOf(later, cell.bytes);
  return { kind: "call", call, method: found.method, access: found.access, outgoing };
}

async function* messagesOf(
  texts: readonly string[],
  bytes: Call["bytes"],
): AsyncGenerator<OutgoingMessage, void, undefined> {
  for (const text of texts) yield { text, bytes, confirmation: null };
}

interface Answer {
  readonly messages: readonly Uint8Array[];
  readonly error: RunError | null;
}

/** The messages, and no end until the signal. */
async function* keptOpen(
  messages: AsyncIterable<OutgoingMessage> | undefined,
  signal: AbortSignal,
): AsyncGenerator<OutgoingMessage, void, undefined> {
  if (messages !== undefined) yield* messages;
  if (signal.aborted) return;
  await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
}

/**
 * Runs a call to its end or, where `take` says so, until it has given that many messages: that it is cancelled then is no
 * error. `open`: its own side is not ended before that.
 */
async function collect(
  call: Call,
  outgoing: AsyncIterable<OutgoingMessage> | undefined,
  take: number | null,
  { host, signal, onReply }: CellContext,
  open = false,
): Promise<Answer> {
  const enough = new AbortController();
  const abort = () => enough.abort();
  if (signal.aborted) abort();
  signal.addEventListener("abort", abort, { once: true });
  const messages: Uint8Array[] = [];
  let error: RunError | null = null;
  try {
    const sent = open ? keptOpen(outgoing, enough.signal) : outgoing;
    const options = { signal: enough.signal, ...(sent === undefined ? {} : { outgoing: sent }) };
    for await (const event of host.run(call, options)) {
      if (event.kind === "message" && messages.length !== take) {
        messages.push(event.wire);
        onReply(messages.length);
        if (messages.length === take) abort();
      } else if (event.kind === "error") error = event.error;
    }
  } finally {
    signal.removeEventListener("abort", abort);
    abort();
  }
  const taken = messages.length === take && error?.reason === "cancelled" && !signal.aborted;
  return { messages, error: taken ? null : error };
}

/** For each row of a list what the columns, expressions over `row`, come to. */
async function rowsOf(
  list: string,
  columns: readonly string[],
  context: CellContext,
): Promise<{ readonly kind: "rows"; readonly rows: readonly (readonly Value[])[] } | Failed> {
  const found = await evaluated(`(${list}).map(row, [${columns.join(", ")}])`, context);
  if (found.kind === "failure") return found;
  const rows = found.value.kind === "list" ? found.value.items : [];
  return { kind: "rows", rows: rows.map((row) => (row.kind === "list" ? row.items : [])) };
}

async function evaluated(
  expression: string,
  { host, values }: CellContext,
): Promise<{ readonly kind: "value"; readonly value: Value } | Failed> {
  const result = await host.evaluator.evaluate(expression, mentioned(expression, values));
  if (result.kind === "ok") return { kind: "value", value: result.value };
  return failed({ kind: "expression", message: result.message });
}

/** Only what an expression speaks of goes to where it is worked out. */
function mentioned(expression: string, values: Values): Values {
  const names = referencedNames(expression, new Set(values.keys()));
  return new Map([...values].filter(([name]) => names.has(name)));
}

function notBool(value: Value): CellFailure {
  return { kind: "expression", message: `a condition is true or false, and this is ${kindWord(value)}` };
}

/** `a string`, for sentences. */
function kindWord(value: Value): string {
  if (value.kind === "message") return `a ${value.type}`;
  return value.kind === "int" ? "an int" : `a ${value.kind}`;
}

function errorValue({ code, message }: RunError): Value {
  const entries = [
    ["code", { kind: "int", value: BigInt(code) }],
    ["name", { kind: "string", value: statusName(code) }],
    ["message", { kind: "string", value: message }],
  ] as const satisfies readonly (readonly [string, Value])[];
  return { kind: "map", entries: entries.map(([key, value]) => [{ kind: "string", value: key }, value]) };
}

/** `INVALID_ARGUMENT: …`, as the daemon says it. */
function describe({ code, message }: RunError): string {
  return message === "" ? statusName(code) : `${statusName(code)}: ${message}`;
}

interface Failed {
  readonly kind: "failure";
  readonly failure: CellFailure;
}

function failed(failure: CellFailure): Failed {
  return { kind: "failure", failure };
}

function stopped(): Failed {
  return failed({ kind: "stopped", message: "stopped here" });
}

function output(given: CellOutput, value: Value | null): CellResult {
  return { kind: "output", output: given, value };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done, { once: true });
  });
}
