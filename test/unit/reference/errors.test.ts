import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { type ErrorSource, findError, fitsMessage } from "../../../lib/reference/api-error.ts";
import { errorHelps, findHelp } from "../../../lib/reference/error-help.ts";
import { readErrors } from "../../../lib/reference/errors.ts";
import { loadPoolApi, ROOT } from "../../support/pool-api.ts";

interface Recorded {
  readonly code: number;
  readonly from: ErrorSource;
  readonly message: string;
  /** Short names. */
  readonly methods: readonly string[];
  readonly cases: readonly string[];
}

const { registry, reference } = await loadPoolApi();
const errors = reference.errors.flatMap((group) => group.errors);
const recorded: readonly Recorded[] = JSON.parse(
  readFileSync(join(ROOT, "test/fixtures/recorded-errors.json"), "utf8"),
);

test("a pattern stands for its words with anything in the places of its names", () => {
  assert.ok(fitsMessage("expected 1 macaroon, got {count}", "expected 1 macaroon, got 0"), "one");
  assert.ok(fitsMessage("a [b] {first word}: {second}", "a [b] x y: z"), "two, and characters of patterns");
  assert.ok(!fitsMessage("no order found", "no order found here"), "the whole has to fit");
});

test("of two patterns that fit the one with more words of its own is taken", () => {
  const loose = { from: "daemon", messages: ["error: {reason}"] } as const;
  const exact = { from: "daemon", messages: ["other", "error: no {what}"] } as const;
  assert.equal(findError([loose, exact], "daemon", "error: no luck"), exact);
  assert.equal(findError([exact, loose], "daemon", "error: bad luck"), loose);
  assert.equal(findError([exact, loose], "rest", "error: bad luck"), null);
});

for (const { code, from, message, methods, cases } of recorded) {
  test(`a recorded error is explained: ${message.slice(0, 80)} (${cases[0]})`, () => {
    const error = findError(errors, from, message);
    assert.ok(error, "no entry of errors.yaml fits it");
    assert.equal(error.code, code, `${error.slug} has another status`);
    const known = error.methods.map((name) => name.slice(name.lastIndexOf(".") + 1));
    const missing = known.length === 0 ? [] : methods.filter((method) => !known.includes(method));
    assert.deepEqual(missing, [], `${error.slug} does not name these methods`);
  });
}

test("every recorded error that an entry says it was seen in is of that recording", () => {
  const names = new Set(recorded.flatMap(({ cases }) => cases));
  const others = ["sandbox", "transport_facts"];
  const wrong = errors.flatMap(({ slug, seen }) =>
    seen.filter((name) => !names.has(name) && !others.includes(name)).map((name) => `${slug}: ${name}`),
  );
  assert.deepEqual(wrong, []);
});

test("help is of the method that failed, or of any", () => {
  const helps = errorHelps(reference.errors);
  const slugOf = (method: string, message: string) =>
    findHelp(helps, `poolrpc.Trader.${method}`, "daemon", message)?.slug ?? null;
  assert.equal(slugOf("CancelOrder", "no order found"), "order-not-found");
  assert.equal(slugOf("GetInfo", "no order found"), null);
  assert.equal(slugOf("GetInfo", "permission denied"), "permission-denied");
  assert.equal(slugOf("SubmitOrder", "cannot accept order: account not found"), "order-account-not-found");
  assert.equal(slugOf("DepositAccount", "account not found"), "account-not-found");
  assert.equal(slugOf("DepositAccount", "something new"), null);
});

test("each reason that the site gives has an entry", () => {
  const source = readFileSync(join(ROOT, "lib/call/run-event.ts"), "utf8");
  const union = /export type RunErrorReason =([\s\S]*?);/.exec(source)?.[1] ?? "";
  const reasons = [...union.matchAll(/\| "([\w-]+)"/g)].map((match) => match[1]);
  assert.ok(reasons.length > 20, "the reasons were not found");
  const explained = errors.filter(({ from }) => from === "client").flatMap(({ messages }) => messages);
  assert.deepEqual(
    reasons.filter((reason) => !explained.includes(reason ?? "")),
    [],
  );
});

test("every method of the daemon that can refuse a request says how", () => {
  const silent = ["GetInfo", "StopDaemon", "AccountModificationFees", "GetLsatTokens", "ListSidecars"];
  const trader = reference.services.find(({ name }) => name === "poolrpc.Trader");
  for (const { name, shortName } of trader?.methods ?? []) {
    const own = errors.filter(({ methods }) => methods.includes(name));
    assert.ok(own.length > 0 || silent.includes(shortName), `${name} has no error`);
  }
});

const mistakes: readonly (readonly [yaml: string, message: RegExp])[] = [
  ["groups: [{ slug: Bad Slug }]", /errors\.yaml:1: Bad Slug is no slug/],
  ["groups: [{ slug: a, title: A, about: a, service: poolrpc.Trader, errors: [x] }]", /x is not a mapping/],
  [entry("code: TEAPOT"), /TEAPOT is no gRPC status/],
  [entry("methods: [Nothing]"), /poolrpc\.Trader\.Nothing is no method/],
  [entry("fields: [poolrpc.Order.nothing]"), /poolrpc\.Order\.nothing is no field/],
  [entry("from: moon"), /moon is not one of daemon, rest, client/],
  [entry("seem: [x]"), /seem is not one of slug, title/],
];
for (const [yaml, message] of mistakes) {
  test(`errors file: ${message.source}`, () => {
    assert.throws(() => readErrors(yaml, "errors.yaml", registry), message);
  });
}

function entry(line: string): string {
  const own = ["slug: x", "title: X", "message: x", "cause: x", "remedy: x", line].join(", ");
  return `groups: [{ slug: a, title: A, about: a, service: poolrpc.Trader, errors: [{ ${own} }] }]`;
}
