import assert from "node:assert/strict";
import { test } from "node:test";
import { create, toBinary } from "@bufbuild/protobuf";
import { AccountSchema, ListAccountsResponseSchema } from "../../../gen/poolrpc/trader_pb.ts";
import { evaluate } from "../../../lib/notebook/evaluate.ts";
import type { Value } from "../../../lib/notebook/value.ts";
import { apis } from "./apis.ts";

const account = create(AccountSchema, { value: 9007199254740993n, traderKey: new Uint8Array([2, 171]) });
const reply: Value = {
  kind: "message",
  type: ListAccountsResponseSchema.typeName,
  wire: toBinary(ListAccountsResponseSchema, create(ListAccountsResponseSchema, { accounts: [account] })),
};

function work(expression: string) {
  return evaluate(expression, new Map([["all", reply]]), apis.registry);
}

function value(expression: string): Value {
  const result = work(expression);
  assert.ok(result.kind === "ok", result.kind === "error" ? result.message : "");
  return result.value;
}

test("integers and bytes are exact", () => {
  assert.deepEqual(value("all.accounts[0].value"), { kind: "uint", value: 9007199254740993n });
  assert.deepEqual(value("all.accounts[0].value + 2u"), { kind: "uint", value: 9007199254740995n });
  assert.deepEqual(value("hex(all.accounts[0].trader_key)"), { kind: "string", value: "02ab" });
  assert.deepEqual(value("unhex('02ab') == all.accounts[0].trader_key"), { kind: "bool", value: true });
  assert.equal(value("all.accounts[0]").kind, "message");
});

test("a condition that does not hold says what its sides were", () => {
  const result = work("all.accounts.size() == 2 && all.accounts[0].value > 1u");
  assert.ok(result.kind === "ok", "it has a value");
  assert.deepEqual(
    result.parts.map(({ expression }) => expression),
    ["all.accounts.size()", "all.accounts[0].value"],
  );
});

test("what has no value says why, and where", () => {
  for (const [expression, message] of [
    ["all.accounts[3]", /no element 3/],
    ["all.nope", /no field `nope`/],
    ["1 + 1u", /write `10u`/],
    ["1 +", /this is no expression/],
    ["other", /not known/],
    ["unhex('zz') == b''", /"zz" is not hex/],
    [`${"(".repeat(500)}1${")".repeat(500)}`, /deep/],
  ] as const) {
    const result = work(expression);
    assert.ok(result.kind === "error", `${expression} has no value`);
    assert.match(result.message, message);
  }
});
