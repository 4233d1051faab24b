import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { NotebookServer } from "../../bin/steps/notebook-server.ts";
import type { CellFailure } from "../../lib/notebook/cell-state.ts";
import type { NotebookHost } from "../../lib/notebook/host.ts";
import { toNotebook } from "../../lib/notebook/parse-notebook.ts";
import { NotebookRun } from "../../lib/notebook/run-notebook.ts";
import { startNotebookServer } from "../support/notebook-server.ts";
import { until } from "../support/until.ts";

let server: NotebookServer;

before(async () => {
  server = await startNotebookServer();
});

after(() => server[Symbol.asyncDispose]());

const FRONT = "---\ntitle: T\ndescription: D.\nscenario: busy-market\n---\n\n";
const INPUT = '<Input as="amount" label="Amount" type="int" value="200000" min="100000" unit="sat" />\n\n';
const QUOTE = call("quote", "QuoteAccount", '{ "account_value": "{{amount}}", "conf_target": 6 }');
const MAKE = call(
  "made",
  "InitAccount",
  '{ "account_value": "{{amount}}", "conf_target": 6, "relative_height": 4032 }',
);
const LIST = call("all", "ListAccounts", "{}");

function call(as: string, method: string, request: string): string {
  return `<Call as="${as}" method="poolrpc.Trader.${method}">\n\n\`\`\`json\n${request}\n\`\`\`\n\n</Call>\n\n`;
}

function expression(as: string, text: string): string {
  return `<Expression as="${as}">\n\n\`\`\`cel\n${text}\n\`\`\`\n\n</Expression>\n\n`;
}

function check(text: string): string {
  return `<Check say="so">\n\n\`\`\`cel\n${text}\n\`\`\`\n\n</Check>\n\n`;
}

/** A run over the sandbox that notes which methods were called. */
function open(body: string): { run: NotebookRun; called: string[] } {
  const called: string[] = [];
  const host: NotebookHost = {
    ...server.host,
    run: (call, options) => {
      called.push(call.method.slice(call.method.lastIndexOf(".") + 1));
      return server.host.run(call, options);
    },
  };
  return { run: new NotebookRun(toNotebook(FRONT + body), host), called };
}

function failureOf(run: NotebookRun, id: string): CellFailure {
  const state = run.stateOf(id);
  assert.ok(state.kind === "failed", `${id} has failed`);
  return state.failure;
}

test("nothing runs when a notebook is opened; all of it runs once when it is asked for", async () => {
  const { run, called } = open(INPUT + QUOTE + MAKE + LIST + check("all.accounts.size() > 0"));
  assert.deepEqual(called, []);
  assert.deepEqual(await run.runAll(), { kind: "done" });
  assert.deepEqual(called, ["QuoteAccount", "InitAccount", "ListAccounts"]);
  assert.deepEqual(await run.runAll(), { kind: "done" });
  assert.deepEqual(called, ["QuoteAccount", "InitAccount", "ListAccounts"]);
});

test("a write that has changed runs again only when it is pressed itself", async () => {
  const { run, called } = open(INPUT + MAKE + LIST);
  await run.runAll();
  run.setInput("amount", "300000");
  const state = run.stateOf("made");
  assert.ok(state.kind === "done" && state.fresh === "stale", "the write is stale");
  assert.deepEqual(await run.runAll(), { kind: "stopped-at", cell: "made" });
  assert.equal(called.filter((name) => name === "InitAccount").length, 1);
  assert.deepEqual(await run.run("made"), { kind: "done" });
  assert.equal(called.filter((name) => name === "InitAccount").length, 2);
});

test("what only works something out is worked out again by itself, and calls nothing", async () => {
  const { run, called } = open(`${INPUT}${expression("twice", "amount * 2")}${LIST}`);
  await run.runAll();
  run.setInput("amount", "150000");
  await until(
    () => run.values().get("twice"),
    (value) => value?.kind === "int" && value.value === 300_000n,
  );
  assert.deepEqual(called, ["ListAccounts"]);
  run.setInput("amount", "5");
  assert.match(failureOf(run, "amount").message, /at least 100000 sat/);
  assert.equal((await run.runAll()).kind, "stopped-at");
});

test("a cell waits for what it needs, wherever that stands on the page", async () => {
  const { run } = open(expression("sum", "later + 1") + expression("later", "41"));
  await run.runAll();
  assert.deepEqual(run.values().get("sum"), { kind: "int", value: 42n });
  const other = open(expression("sum", "later + 1") + expression("later", "41")).run;
  await other.run("sum");
  const failure = failureOf(other, "sum");
  assert.ok(failure.kind === "needs" && failure.cell === "later", "it says what is missing");
});

test("a check that does not hold stops the run and says what it found", async () => {
  const { run, called } = open(
    LIST + check("all.accounts.size() == 99") + QUOTE.replaceAll("{{amount}}", "200000"),
  );
  assert.deepEqual(await run.runAll(), { kind: "stopped-at", cell: "check-1" });
  const failure = failureOf(run, "check-1");
  assert.ok(failure.kind === "check", "it is the check's own failure");
  assert.deepEqual(
    failure.parts.map(({ expression }) => expression),
    ["all.accounts.size()"],
  );
  assert.deepEqual(called, ["ListAccounts"]);
  assert.equal(run.stateOf("quote").kind, "idle");
});

test("a wait gives up in time, and can be stopped", async () => {
  const wait = (timeout: string) =>
    `<Wait as="w" method="poolrpc.Trader.ListAccounts" timeout="${timeout}" every="20ms">\n\n\`\`\`json\n{}\n\`\`\`\n\n\`\`\`cel\nw.accounts.size() == 99\n\`\`\`\n\n</Wait>\n\n`;
  const brief = open(wait("300ms")).run;
  await brief.runAll();
  const timeout = failureOf(brief, "w");
  assert.ok(timeout.kind === "timeout" && timeout.attempts > 1, "it asked more than once");
  const { run } = open(wait("1m"));
  const ended = run.runAll();
  await until(
    () => run.stateOf("w"),
    (state) => state.kind === "running" && state.progress.replies > 1,
  );
  run.stop();
  assert.deepEqual(await ended, { kind: "stopped-at", cell: "w" });
  assert.equal(failureOf(run, "w").kind, "stopped");
});

test("an expression that never ends is ended", async () => {
  const list = `[${"1,".repeat(300)}1]`;
  const bomb = `${list}.all(a, ${list}.all(b, ${list}.all(c, a + b + c > 0)))`;
  const { run } = open(expression("bomb", bomb));
  const began = performance.now();
  await run.runAll();
  assert.match(failureOf(run, "bomb").message, /stopped after 2 s/);
  assert.ok(performance.now() - began < 6_000, "it took two seconds, and what a new thread takes");
});

test("beginning anew forgets every result, and the world is as it was", async () => {
  const { run } = open(LIST + INPUT + MAKE);
  await run.runAll();
  const first = run.values().get("all");
  await run.restart();
  assert.equal(run.stateOf("made").kind, "idle");
  await run.run("all");
  assert.deepEqual(run.values().get("all"), first);
});
