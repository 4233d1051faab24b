import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { BytesForm } from "../../../lib/call/call.ts";
import { createLanguage } from "../../../lib/editor/language.ts";
import { applyEdits } from "../../../lib/schema/problem.ts";
import { methodFixture } from "./pool-docs.ts";

const txid = "0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20";

function at(method: string, marked: string, bytes: BytesForm = "hex") {
  const language = createLanguage({ ...methodFixture(`poolrpc.Trader.${method}`), bytes });
  const text = marked.replace("|", "");
  return { text, language, offset: marked.indexOf("|") };
}

describe("what is typed into the calculator, in the text", () => {
  const order = '{"bid": {"lease_duration_blocks": 2016, "details": {"amt": 1000000, "rate_fixed": 10|}}}';
  const rows: [
    method: string,
    marked: string,
    id: string,
    typed: string,
    after: string,
    bytes?: BytesForm,
  ][] = [
    ["InitAccount", '{"account_value": |1}', "btc", "0.01", '{"account_value": 1000000}'],
    ["InitAccount", '{"account_value": "1"|}', "btc", "0.01", '{"account_value": "1000000"}'],
    ["InitAccount", '{"account|_value": 1}', "value", "1,000,000", '{"account_value": 1000000}'],
    ["InitAccount", '{"fee_rate_sat_per_kw": 1|}', "sat-per-vbyte", "50", '{"fee_rate_sat_per_kw": 12500}'],
    ["SubmitOrder", order, "percent", "1", order.replace("10|", "4960")],
    ["SubmitOrder", order, "premium", "9999", order.replace("10|", "4960")],
    ["SubmitOrder", order, "apr", "26.06976", order.replace("10|", "4960")],
    ["CancelOrder", '{"order_nonce": "00|"}', "text", "hello", '{"order_nonce": "68656c6c6f"}'],
    ["CancelOrder", '{"order_nonce": "text:|"}', "hex", "68656c6c6f", '{"order_nonce": "text:hello"}'],
    ["CancelOrder", '{"order_nonce": "text:a|"}', "hex", "ff", '{"order_nonce": "ff"}'],
    ["CancelOrder", '{"order_nonce": "hex:00|"}', "base64", "AP8=", '{"order_nonce": "hex:00ff"}'],
    ["CancelOrder", '{"order_nonce": "|"}', "txid", txid, `{"order_nonce": "${reversed(txid)}"}`],
    ["CancelOrder", '{"order_nonce": "AA==|"}', "hex", "ff", '{"order_nonce": "/w=="}', "base64"],
  ];
  for (const [method, marked, id, typed, after, bytes] of rows) {
    test(`${marked} ${id} ${typed}`, () => {
      const { text, language, offset } = at(method, marked, bytes);
      const written = language.valueLenses(text, offset)?.write(id, typed);
      if (written?.kind !== "ok") assert.fail(JSON.stringify(written));
      assert.equal(applyEdits(text, [written.edit]), after);
    });
  }
});

test("what does not fit is refused, and what is rounded is told", () => {
  const { text, language, offset } = at("SubmitOrder", '{"bid": {"details": {"rate_fixed": 1|}}}');
  const lenses = language.valueLenses(text, offset);
  assert.deepEqual(lenses?.write("value", "4294967296"), {
    kind: "problem",
    message: "That does not fit in uint32: it would be 4294967296.",
  });
  assert.deepEqual(lenses?.write("value", "1.5"), { kind: "problem", message: "Write a whole number." });
  assert.match(JSON.stringify(lenses?.write("apr", "1")), /"note":"The nearest there is: 190\."/);
  assert.deepEqual(lenses?.write("none", "1").kind, "problem");
});

describe("where there is nothing to say", () => {
  for (const marked of [
    '{"initi|ator": "x"}',
    "{|}",
    '{"bid"|: {}}',
    '{"bid": {"details": {"amt": |"x"}}}',
    "|",
  ]) {
    test(marked, () => {
      const { text, language, offset } = at("SubmitOrder", marked);
      assert.equal(language.valueLenses(text, offset), null);
      assert.deepEqual(language.bytesLenses(text, offset), []);
    });
  }
});

describe("the ways to write bytes, each with its edit", () => {
  const rows: [marked: string, values: string[], current: string, bytes?: BytesForm][] = [
    ['{"order_nonce": "686|9"}', ["6869", "base64:aGk=", "base64url:aGk=", "text:hi"], "hex"],
    ['{"order|_nonce": "text:hi"}', ["6869", "base64:aGk=", "base64url:aGk=", "text:hi"], "text"],
    ['{"order_nonce": "aGk="|}', ["hex:6869", "aGk=", "base64url:aGk=", "text:hi"], "base64", "base64"],
    [
      `{"order_nonce": "|${reversed(txid)}"}`,
      [reversed(txid), "base64:", "base64url:", `txid:${txid}`],
      "hex",
    ],
    ['{"order_nonce": "ff|"}', ["ff", "base64:/w==", "base64url:_w=="], "hex"],
  ];
  for (const [marked, values, current, bytes] of rows) {
    test(marked, () => {
      const { text, language, offset } = at("CancelOrder", marked, bytes);
      const found = language.bytesLenses(text, offset);
      assert.deepEqual(
        // Base64 of a whole id is told by its prefix alone.
        found.map(({ value }) => value.replace(/^(base64(?:url)?:).{20,}$/, "$1")),
        values,
      );
      assert.deepEqual(
        found.filter((each) => each.current).map(({ lens }) => lens),
        [current],
      );
      const wire = JSON.stringify(language.valueLenses(text, offset)?.rows[0]?.value);
      for (const { edit } of found) {
        const written = applyEdits(text, [edit]);
        const start = written.indexOf('": "') + 4;
        assert.equal(JSON.stringify(language.valueLenses(written, start)?.rows[0]?.value), wire, written);
        assert.deepEqual(
          language.diagnose(written).filter(({ severity }) => severity === "error"),
          [],
        );
      }
    });
  }
});

describe("the type behind a place, and folds", () => {
  const rows: [marked: string, type: string | null][] = [
    ['{"b|id": {}}', "message poolrpc.Bid null"],
    ['{"bid": {"details": {"am|t": 1}}}', "message poolrpc.Order amt"],
    ['{"bid": {"details": {"amt": |1}}}', "message poolrpc.Order amt"],
    ['{"bid": {"min_node_tier|": 0}}', "enum poolrpc.NodeTier null"],
    ['{"bid": {"min_node_tier": "TIER|_1"}}', "enum poolrpc.NodeTier TIER_1"],
    ['{"bid": {"no|thing": 1}}', null],
    ["{|}", "message poolrpc.SubmitOrderRequest null"],
    ["|", null],
  ];
  for (const [marked, type] of rows) {
    test(marked, () => {
      const { text, language, offset } = at("SubmitOrder", marked);
      const found = language.typeAt(text, offset);
      assert.equal(found && `${found.kind} ${found.type} ${found.member}`, type);
    });
  }

  test("brackets and comments over several lines are folded", () => {
    const { language } = at("SubmitOrder", "|");
    const text = '{\n  "bid": { // x\n    "details": {}\n  },\n  /* one\n  two */\n  "x": [\n  ]\n}';
    assert.deepEqual(
      language.folds(text).map(({ start, end, comment }) => [start, end, comment]),
      [
        [1, 8, false],
        [2, 3, false],
        [5, 6, true],
      ],
    );
  });
});

function reversed(hex: string): string {
  return Buffer.from(hex, "hex").reverse().toString("hex");
}
