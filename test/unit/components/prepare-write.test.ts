import assert from "node:assert/strict";
import { test } from "node:test";
import { prepareWrite } from "../../../components/safety/prepare-write.ts";
import { methodDocs } from "../../../lib/reference/method-docs.ts";
import { findMethod } from "../../../lib/schema/registry.ts";
import { loadPoolApi } from "../../support/pool-api.ts";

const { registry, reference } = await loadPoolApi();

function prepare(name: string, text: string) {
  const docs = methodDocs(reference, name);
  const desc = findMethod(registry, name)?.input ?? assert.fail(`there is no ${name}`);
  const prepared = prepareWrite({ text, bytes: "hex", desc, registry, docs, safety: docs.method.safety });
  return prepared.kind === "ok" ? prepared : assert.fail(prepared.message);
}

test("what is confirmed is shown as it is sent: no comments, and nothing that turns text around", () => {
  const text = `{
  // "address": "bc1-of-a-friend" \u202e
  "outputs": [ /* 1 sat */ { "value_sat": 9007199254740993, "address": "bc1\u202egood\u2066\u200b\u{e0041}" }, ],
}`;
  const { shown, amounts } = prepare("poolrpc.Trader.WithdrawAccount", text);
  assert.equal(
    shown,
    `{
  "outputs": [
    {
      "value_sat": "9007199254740993",
      "address": "bc1\\u202egood\\u2066\\u200b\\udb40\\udc41"
    }
  ]
}`,
  );
  assert.deepEqual(amounts, [{ path: "outputs[0].value_sat", sat: 9_007_199_254_740_993n }]);
});

test("a bid names what it brings beside what it asks for", () => {
  const text = '{"bid": {"details": {"amt": "1000000"}, "self_chan_balance": 250000, "version": 3}}';
  assert.deepEqual(
    prepare("poolrpc.Trader.SubmitOrder", text).amounts.map(({ path, sat }) => [path, sat]),
    [
      ["bid.details.amt", 1_000_000n],
      ["bid.self_chan_balance", 250_000n],
    ],
  );
});
