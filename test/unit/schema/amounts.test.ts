import assert from "node:assert/strict";
import { test } from "node:test";
import { findAmounts, formatBtc, formatSat } from "../../../lib/schema/amounts.ts";
import { readRequest } from "../../../lib/schema/request-text.ts";
import { poolMessage, poolRegistry } from "./pool-registry.ts";

function amounts(request: string, paths: readonly string[], text: string) {
  const desc = poolMessage(request);
  const reading = readRequest(text, desc, { bytes: "hex", registry: poolRegistry });
  if (reading.kind !== "ok") return assert.fail(JSON.stringify(reading.problems));
  return findAmounts(desc, reading.message, paths).map(({ path, sat }) => `${path} ${sat}`);
}

test("amounts are found where they are, only in the branch that is set, and exactly", () => {
  const paths = ["ask.details.amt", "bid.details.amt"];
  const submit = (text: string) => amounts("SubmitOrderRequest", paths, text);
  assert.deepEqual(submit("{}"), []);
  assert.deepEqual(submit('{"bid": {"details": {"amt": "18446744073709551615"}}}'), [
    "bid.details.amt 18446744073709551615",
  ]);
  assert.deepEqual(submit('{"ask": {"details": {}}}'), ["ask.details.amt 0"]);
});

test("amounts of a list are told one by one", () => {
  const text = '{"outputs": [{"value_sat": 100000, "address": "a"}, {"value_sat": "9007199254740993"}]}';
  assert.deepEqual(amounts("WithdrawAccountRequest", ["outputs.value_sat"], text), [
    "outputs[0].value_sat 100000",
    "outputs[1].value_sat 9007199254740993",
  ]);
});

test("amounts are written in sat and in BTC without rounding", () => {
  const rows: [bigint, string, string][] = [
    [0n, "0 sat", "0.00000000 BTC"],
    [1n, "1 sat", "0.00000001 BTC"],
    [2_000_000n, "2,000,000 sat", "0.02000000 BTC"],
    [2_100_000_000_000_001n, "2,100,000,000,000,001 sat", "21,000,000.00000001 BTC"],
    [18_446_744_073_709_551_615n, "18,446,744,073,709,551,615 sat", "184,467,440,737.09551615 BTC"],
    [-1n, "-1 sat", "-0.00000001 BTC"],
  ];
  for (const [sat, inSat, inBtc] of rows) assert.deepEqual([formatSat(sat), formatBtc(sat)], [inSat, inBtc]);
});
