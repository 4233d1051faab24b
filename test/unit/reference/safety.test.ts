import assert from "node:assert/strict";
import { test } from "node:test";
import { readSafety } from "../../../lib/reference/safety.ts";
import { findHazards } from "../../../lib/schema/hazards.ts";
import { findMethod } from "../../../lib/schema/registry.ts";
import { readRequest } from "../../../lib/schema/request-text.ts";
import { loadPoolApi } from "../../support/pool-api.ts";

const { registry, reference, sources } = await loadPoolApi();
const safety = readSafety(sources.safetyYaml ?? "", "safety.yaml", registry);

const mistakes: readonly (readonly [yaml: string, message: RegExp])[] = [
  ["needed: { poolrpc.Nothing: [details] }", /safety\.yaml:1: poolrpc\.Nothing is no message$/],
  ["needed:\n  poolrpc.Bid: [detail]", /safety\.yaml:2: poolrpc\.Bid has no field detail$/],
  ["needed:\n  poolrpc.Bid: details", /expected a list of names/],
  ["methods:\n  poolrpc.Trader.Nothing: {}", /safety\.yaml:2: poolrpc\.Trader\.Nothing is no method$/],
  ["methods:\n  poolrpc.Trader.GetInfo: { amounts: [amt] }", /amt is no integer of poolrpc\.GetInfoRequest/],
  [
    "methods:\n  poolrpc.Trader.GetInfo: { tells: Nothing }",
    /tells of poolrpc\.Trader\.GetInfo is not one of/,
  ],
  ["methods:\n  poolrpc.Trader.GetInfo: { secret: maybe }", /secret of poolrpc\.Trader\.GetInfo/],
  ["method: {}", /method is neither needed nor methods/],
];
for (const [yaml, message] of mistakes) {
  test(`safety file: ${JSON.stringify(yaml)}`, () => {
    assert.throws(() => readSafety(yaml, "safety.yaml", registry), message);
  });
}

test("every write of the daemon names the read that tells whether it happened", () => {
  const writes = reference.services
    .filter(({ name }) => name === "poolrpc.Trader")
    .flatMap(({ methods }) => methods)
    .filter(({ access }) => access === "write");
  assert.ok(writes.length > 10, "the reference has no writes");
  for (const { name } of writes) {
    const tells = safety.methods.get(name)?.tells ?? null;
    const read = reference.services.flatMap(({ methods }) => methods).find((method) => method.name === tells);
    assert.equal(read?.access, "read", `${name}: ${tells} is no read`);
  }
});

const hazards: readonly (readonly [method: string, request: string, paths: readonly string[]])[] = [
  ["poolrpc.Trader.SubmitOrder", '{"bid": {}}', ["bid.details"]],
  ["poolrpc.Trader.SubmitOrder", '{"ask": {"version": 5}}', ["ask.details"]],
  ["poolrpc.Trader.SubmitOrder", '{"bid": {"details": {}}}', []],
  ["poolrpc.Trader.SubmitOrder", "{}", []],
  ["poolrpc.Trader.OfferSidecar", '{"bid": {}}', ["bid.details"]],
];
for (const [name, request, paths] of hazards) {
  test(`hazards of ${name} ${request}`, () => {
    const method = findMethod(registry, name) ?? assert.fail(`there is no ${name}`);
    const read = readRequest(request, method.input, { bytes: "hex", registry });
    assert.equal(read.kind, "ok");
    if (read.kind !== "ok") return;
    const found = findHazards(method.input, read.message, (type) => safety.needed.get(type) ?? []);
    assert.deepEqual(
      found.map(({ path, field }) => `${path}.${field}`),
      paths,
    );
  });
}
