import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createLanguage } from "../../../lib/editor/language.ts";
import { applyEdits } from "../../../lib/schema/problem.ts";
import { methodFixture } from "./pool-docs.ts";

describe("requests that stop a daemon are warned of, where they are", () => {
  const rows: [method: string, marked: string][] = [
    ["poolrpc.Trader.SubmitOrder", '{«"bid"»: {}}'],
    ["poolrpc.Trader.SubmitOrder", '{"initiator": "me", «"ask"»: {"version": 5}}'],
    ["poolrpc.Trader.OfferSidecar", '{«"bid"»: {"details": null}}'],
  ];
  for (const [method, marked] of rows) {
    test(`${method} ${marked}`, () => {
      const text = marked.replace("«", "").replace("»", "");
      const [problem, ...others] = createLanguage(methodFixture(method)).diagnose(text);
      assert.deepEqual(others, []);
      assert.ok(
        problem?.code === "hazard" && problem.severity === "warning",
        'problem?.code === "hazard" && problem.severity === "warning"',
      );
      assert.match(problem.message, /crashes on "(bid|ask)" without "details"/);
      const end = problem.offset + problem.length;
      assert.equal(
        `${text.slice(0, problem.offset)}«${text.slice(problem.offset, end)}»${text.slice(end)}`,
        marked,
      );
    });
  }
});

describe("and others are not", () => {
  const rows: [method: string, text: string][] = [
    ["poolrpc.Trader.SubmitOrder", "{}"],
    ["poolrpc.Trader.SubmitOrder", '{"bid": {"details": {}}}'],
    ["poolrpc.Trader.OfferSidecar", "{}"],
    ["poolrpc.ChannelAuctioneer.SubmitOrder", '{"bid": {}}'],
  ];
  for (const [method, text] of rows) {
    test(`${method} ${text}`, () =>
      assert.deepEqual(createLanguage(methodFixture(method)).diagnose(text), []));
  }
});

test("problems come before hazards: a request that cannot be read is not judged", () => {
  const problems = createLanguage(methodFixture("poolrpc.Trader.SubmitOrder")).diagnose(
    '{"bid": {}, "x": 1}',
  );
  assert.deepEqual(
    problems.map((each) => each.code),
    ["unknown-field"],
  );
});

describe("the fix of a hazard writes what is missing, where it is, and leaves none", () => {
  const rows: [method: string, text: string, after: RegExp][] = [
    ["poolrpc.Trader.SubmitOrder", '{"bid": {}}', /^\{"bid": \{\n {2}"details": \{\n {4}"trader_key": "",/],
    [
      "poolrpc.Trader.SubmitOrder",
      '{\n  "ask": {"version": 5}\n}',
      /"ask": \{"details": \{\n {6}"trader_key"[\s\S]*\}, "version": 5\}/,
    ],
    ["poolrpc.Trader.SubmitOrder", '{"bid": {"minNodeTier": 0, // x\n}}', /"bid": \{"details": \{/],
    [
      "poolrpc.Trader.OfferSidecar",
      '{"bid": {"details": null}}',
      /\{"bid": \{"details": \{\n {2}"trader_key"/,
    ],
  ];
  for (const [method, text, after] of rows) {
    test(`${method} ${text}`, () => {
      const language = createLanguage(methodFixture(method));
      const [problem] = language.diagnose(text);
      assert.equal(problem?.fix?.title, "Add details");
      const fixed = applyEdits(text, problem?.fix?.edits ?? []);
      assert.match(fixed, after);
      assert.deepEqual(language.diagnose(fixed), []);
    });
  }
});

describe("values against their docs", () => {
  const key = "02".repeat(33);
  const rows: [method: string, marked: string, says: RegExp, fixed?: string][] = [
    [
      "SubmitOrder",
      '{"bid": {"details": {"trader_key": «"0203"»}}}',
      /2 bytes and not 33.*compressed public key/,
    ],
    ["SubmitOrder", `{"bid": {"details": {"allowed_node_ids": ["${key}", «"00"»]}}}`, /1 byte and not 33/],
    ["CancelOrder", '{"order_nonce": «"text:hello"»}', /5 bytes and not 32/],
    [
      "CancelOrder",
      `{"order_nonce": «"${"abcd".repeat(10)}abc="»}`,
      /looks like base64/,
      `{"order_nonce": "base64:${"abcd".repeat(10)}abc="}`,
    ],
    [
      "CancelOrder",
      `{"order_nonce": «"${"abcd".repeat(8)}"»}`,
      /16 bytes and not 32.*It would be as text/,
      `{"order_nonce": "text:${"abcd".repeat(8)}"}`,
    ],
    [
      "InitAccount",
      '{"fee_rate_sat_per_kw": «252»}',
      /outside of its limits: at least 253/,
      '{"fee_rate_sat_per_kw": 253}',
    ],
    ["InitAccount", '{"relative_height": «"100000"»}', /144 to 52,560/, '{"relative_height": "52560"}'],
    ["QuoteAccount", '{"account_value": 100000, "conf_target": 6}', /^$/],
    ["SubmitOrder", '{"bid": {"details": {"trader_key": ""}}}', /^$/],
    ["InitAccount", '{"fee_rate_sat_per_kw": 0}', /^$/],
  ];
  for (const [method, marked, says, fixed] of rows) {
    test(`${method} ${marked.slice(0, 60)}`, () => {
      const text = marked.replace("«", "").replace("»", "");
      const [problem] = createLanguage(methodFixture(`poolrpc.Trader.${method}`)).diagnose(text);
      assert.match(problem?.message ?? "", says);
      if (problem === undefined) return;
      const end = problem.offset + problem.length;
      assert.equal(
        `${text.slice(0, problem.offset)}«${text.slice(problem.offset, end)}»${text.slice(end)}`,
        marked,
      );
      const after = problem.fix === undefined ? undefined : applyEdits(text, problem.fix.edits);
      assert.equal(after, fixed);
    });
  }
});

test("a txid that was copied from a reply's text is the reverse of the wire's", () => {
  const init = methodFixture("poolrpc.ChannelAuctioneer.InitAccount");
  const desc = init.registry.getMessage("poolrpc.OutPoint");
  assert.ok(desc !== undefined, "there is an outpoint");
  const txid = `${"0a".repeat(31)}0b`;
  const recents = [
    {
      field: "closing_txid",
      form: "string",
      value: txid,
      bytesKind: null,
      label: "closing_txid of account 1",
    },
  ] as const;
  const language = createLanguage({ ...init, desc, recents });
  const [problem] = language.diagnose(`{"txid": "${txid}"}`);
  assert.match(problem?.message ?? "", /closing_txid of account 1 as explorers show it/);
  const fixed = applyEdits(`{"txid": "${txid}"}`, problem?.fix?.edits ?? []);
  assert.equal(fixed, `{"txid": "txid:${txid}"}`);
  assert.deepEqual(language.diagnose(fixed), []);
});

test("1,000 lines are judged within 150 ms", () => {
  const language = createLanguage(methodFixture("poolrpc.Trader.SubmitOrder"));
  const keys = Array.from({ length: 500 }, (_, at) => `"${at.toString(16).padStart(66, "0")}"`);
  const wrong = Array.from({ length: 500 }, (_, at) => `"${at}zz"`);
  const text = `{"bid": {"details": {"allowed_node_ids": [\n${[...keys, ...wrong].join(",\n")}\n]}}}`;
  language.diagnose(text);
  const took = [1, 2, 3].map((round) => {
    const start = performance.now();
    assert.ok(language.diagnose(text + " ".repeat(round)).length >= 100, "problems are found");
    return performance.now() - start;
  });
  assert.ok(Math.min(...took) < 150, `${took} ms`);
});
