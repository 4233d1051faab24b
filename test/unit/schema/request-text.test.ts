import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { toJsonString } from "@bufbuild/protobuf";
import { applyEdits, type Problem, type ProblemCode } from "../../../lib/schema/problem.ts";
import { readRequest } from "../../../lib/schema/request-text.ts";
import { poolMessage, poolRegistry } from "./pool-registry.ts";

function read(name: string, text: string, bytes: "hex" | "base64" = "hex") {
  return readRequest(text, poolMessage(name), { bytes, registry: poolRegistry });
}

function problemsOf(name: string, text: string, bytes?: "hex" | "base64"): readonly Problem[] {
  const result = read(name, text, bytes);
  return result.kind === "ok" ? result.warnings : result.problems;
}

describe("a request that can be sent", () => {
  const rows: [name: string, text: string, json: string, bytes?: "hex" | "base64"][] = [
    ["GetInfoRequest", "{}", "{}"],
    ["GetInfoRequest", "// nothing to say\n{ /* still */ }\n", "{}"],
    [
      "QuoteAccountRequest",
      '{"account_value": 1000000, "conf_target": 6,}',
      '{"accountValue":"1000000","confTarget":6}',
    ],
    [
      "QuoteAccountRequest",
      '{"accountValue": "1000000", "confTarget": "6"}',
      '{"accountValue":"1000000","confTarget":6}',
    ],
    [
      "QuoteAccountRequest",
      '{"account_value": 18446744073709551615}',
      '{"accountValue":"18446744073709551615"}',
    ],
    ["QuoteAccountRequest", '{"account_value": 9007199254740993}', '{"accountValue":"9007199254740993"}'],
    ["QuoteAccountRequest", '{"account_value": 1.5e3}', '{"accountValue":"1500"}'],
    ["QuoteAccountRequest", '{"account_value": 100.0}', '{"accountValue":"100"}'],
    ["QuoteAccountRequest", '{"account_value": 0e999999999}', "{}"],
    ["QuoteAccountRequest", '{"account_value": null, "conf_target": null}', "{}"],
    ["InitAccountRequest", '{"conf_target": null, "fee_rate_sat_per_kw": 253}', '{"feeRateSatPerKw":"253"}'],
    ["InitAccountRequest", '{"version": "ACCOUNT_VERSION_TAPROOT"}', '{"version":"ACCOUNT_VERSION_TAPROOT"}'],
    ["InitAccountRequest", '{"version": 2}', '{"version":"ACCOUNT_VERSION_TAPROOT"}'],
    ["CancelOrderRequest", '{"order_nonce": "00fF"}', '{"orderNonce":"AP8="}'],
    ["CancelOrderRequest", '{"order_nonce": ""}', "{}"],
    ["CancelOrderRequest", '{"order_nonce": "-_-_"}', '{"orderNonce":"+/+/"}', "base64"],
    ["CancelOrderRequest", '{"order_nonce": "AP8"}', '{"orderNonce":"AP8="}', "base64"],
    ["LeasesRequest", '{"batch_ids": ["00", "ff"]}', '{"batchIds":["AA==","/w=="]}'],
    ["OrderMatchSign", '{"account_sigs": {"__proto__": "00"}}', '{"accountSigs":{"__proto__":"AA=="}}'],
    ["TermsResponse", '{"lease_durations": {"2016": true}}', '{"leaseDurations":{"2016":true}}'],
    [
      "QuoteOrderResponse",
      '{"rate_per_block": "NaN", "rate_percent": 1e-7}',
      '{"ratePerBlock":"NaN","ratePercent":1e-7}',
    ],
  ];
  for (const [name, text, json, bytes] of rows) {
    test(`${name} ${text}`, () => {
      const result = read(name, text, bytes);
      assert.ok(result.kind === "ok", JSON.stringify(problemsOf(name, text, bytes)));
      assert.equal(toJsonString(poolMessage(name), result.message), json);
    });
  }
});

describe("a problem, where it is, and its fix", () => {
  // «» is what the problem marks; `fixed` is the text after the fix.
  const rows: [
    name: string,
    marked: string,
    code: ProblemCode,
    says: RegExp,
    fixed?: string | undefined,
    bytes?: "base64",
  ][] = [
    [
      "QuoteAccountRequest",
      '{«"acount_value"»: 1}',
      "unknown-field",
      /Did you mean "account_value"/,
      '{"account_value": 1}',
    ],
    ["QuoteAccountRequest", '{«"sats"»: 1}', "unknown-field", /It has: account_value, conf_target/],
    ["GetInfoRequest", '{«"x"»: 1}', "unknown-field", /It has none/],
    ["QuoteAccountRequest", '{"account_value": 1,\n«"account_value"»: 2}', "duplicate-field", /in line 1/],
    [
      "QuoteAccountRequest",
      '{"account_value": 1, «"accountValue"»: 2}',
      "duplicate-field",
      /as "account_value"/,
    ],
    ["InitAccountRequest", '{"absolute_height": 1, «"relative_height"»: 2}', "oneof", /account_expiry/],
    ["QuoteAccountRequest", '{"account_value": «true»}', "wrong-type", /uint64.*not true/],
    ["QuoteAccountRequest", '{"account_value": «"1 BTC"»}', "wrong-type", /no whole number/],
    [
      "QuoteAccountRequest",
      '{"account_value": «18446744073709551616»}',
      "range",
      /0 to 18446744073709551615/,
    ],
    [
      "QuoteAccountRequest",
      '{"account_value": «"18446744073709551616"»}',
      "range",
      /0 to 18446744073709551615/,
    ],
    ["QuoteAccountRequest", '{"account_value": «-1»}', "range", /uint64/],
    ["QuoteAccountRequest", '{"account_value": «1e999999»}', "range", /uint64/],
    ["QuoteAccountRequest", '{"conf_target": «4294967296»}', "range", /0 to 4294967295/],
    ["QuoteAccountRequest", '{"account_value": «1.5»}', "not-integer", /fraction/],
    ["AccountModificationFee", '{"block_height": «-2147483649»}', "range", /int32/],
    ["AccountModificationFee", '{"timestamp": «9223372036854775808»}', "range", /int64/],
    ["ListOrdersRequest", '{"verbose": «"true"»}', "wrong-type", /true or false/, '{"verbose": true}'],
    ["ListOrdersRequest", '{"verbose": «1»}', "wrong-type", /true or false/],
    ["SidecarTicket", '{"ticket": «12»}', "wrong-type", /double quotes/, '{"ticket": "12"}'],
    ["SidecarTicket", '{"ticket": «"\\ud800"»}', "value", /surrogate/],
    ["CancelOrderRequest", '{"order_nonce": «"abc"»}', "bytes", /3 hex digits/],
    ["CancelOrderRequest", '{"order_nonce": «"0xabcd"»}', "bytes", /without 0x/, '{"order_nonce": "abcd"}'],
    ["CancelOrderRequest", '{"order_nonce": "abc«,»d"}', "bytes", /"," is no hex digit/],
    [
      "CancelOrderRequest",
      '{"order_nonce": «"AP8="»}',
      "bytes",
      /looks like base64/,
      '{"order_nonce": "base64:AP8="}',
    ],
    ["CancelOrderRequest", '{"order_nonce": «12»}', "wrong-type", /hex digits in double quotes/],
    ["CancelOrderRequest", '{"order_nonce": «"a*b"»}', "bytes", /no base64/, undefined, "base64"],
    [
      "CancelOrderRequest",
      `{"order_nonce": «"${"00".repeat(32)}"»}`,
      "bytes",
      /looks like hex/,
      `{"order_nonce": "hex:${"00".repeat(32)}"}`,
      "base64",
    ],
    [
      "InitAccountRequest",
      '{"version": «"taproot"»}',
      "enum",
      /Did you mean "ACCOUNT_VERSION_TAPROOT"/,
      '{"version": "ACCOUNT_VERSION_TAPROOT"}',
    ],
    ["InitAccountRequest", '{"version": «"x"»}', "enum", /Its values: ACCOUNT_VERSION_LND_DEPENDENT/],
    ["InitAccountRequest", '{"version": «"2"»}', "enum", /no value "2"/, '{"version": 2}'],
    ["InitAccountRequest", '{"version": «9»}', "enum", /no value 9/],
    ["LeasesRequest", '{"batch_ids": «"00"»}', "wrong-type", /write an array/, '{"batch_ids": ["00"]}'],
    ["LeasesRequest", '{"batch_ids": [«null»]}', "wrong-type", /null/],
    ["LeasesRequest", '{"batch_ids": «{}»}', "wrong-type", /array/, '{"batch_ids": [{}]}'],
    ["SubmitOrderRequest", '{"ask": «[]»}', "wrong-type", /message Ask/],
    ["SubmitOrderRequest", '{"ask": {"details": {«"amount"»: 1}}}', "unknown-field", /Order has no field/],
    ["TermsResponse", '{"lease_durations": «[]»}', "wrong-type", /map/],
    ["TermsResponse", '{"lease_durations": {«"-1"»: true}}', "map-key", /0 to 4294967295/],
    ["TermsResponse", '{"lease_durations": {«"2016.0"»: true}}', "map-key", /uint32 keys/],
    ["TermsResponse", '{"lease_durations": {"1": true, «"1"»: true}}', "duplicate-field", /already/],
    ["QuoteOrderResponse", '{"rate_percent": «"abc"»}', "wrong-type", /double/],
    ["QuoteOrderResponse", '{"rate_percent": «1e999»}', "range", /double/],
    ["GetInfoRequest", "«[]»", "wrong-type", /A request is the message GetInfoRequest/],
    ["GetInfoRequest", "«null»", "wrong-type", /object/],
    ["GetInfoRequest", "« »", "empty", /write \{\}/, "{}"],
    ["GetInfoRequest", "{} «{»}", "syntax", /ends before/],
    [
      "QuoteAccountRequest",
      '{"account_value": «NaN»}',
      "syntax",
      /double quotes/,
      '{"account_value": "NaN"}',
    ],
    [
      "CancelOrderRequest",
      '{"order_nonce": «02abcd»}',
      "syntax",
      /double quotes/,
      '{"order_nonce": "02abcd"}',
    ],
    ["InitAccountRequest", "{«version»: 2}", "syntax", /double quotes/, '{"version": 2}'],
    [
      "QuoteAccountRequest",
      '{"account_value": 1\n «"conf_target"»: 2}',
      "syntax",
      /comma/,
      '{"account_value": 1,\n "conf_target": 2}',
    ],
  ];
  for (const [name, marked, code, says, fixed, bytes] of rows) {
    test(`${name} ${marked}`, () => {
      const text = marked.replace("«", "").replace("»", "");
      const [problem] = problemsOf(name, text, bytes);
      assert.ok(problem, "problem");
      assert.equal(problem.code, code);
      assert.match(problem.message, says);
      const end = problem.offset + problem.length;
      const seen = `${text.slice(0, problem.offset)}«${text.slice(problem.offset, end)}»${text.slice(end)}`;
      assert.equal(seen, marked);
      assert.equal(problem.fix && applyEdits(text, problem.fix.edits), fixed);
    });
  }
});

test("an empty text has its own problem", () => {
  assert.deepEqual(
    problemsOf("GetInfoRequest", "").map((each) => each.code),
    ["empty"],
  );
});

test("the path names list items and map entries", () => {
  const [problem] = problemsOf(
    "SubmitOrderRequest",
    '{"bid": {"details": {"allowed_node_ids": ["00", "x"]}}}',
  );
  assert.equal(problem?.path, "bid.details.allowed_node_ids[1]");
});

test("all problems are told, in the order of the text", () => {
  const problems = problemsOf("QuoteAccountRequest", '{"account_value": -1, "conf": 2, "x": 3}');
  assert.deepEqual(
    problems.map((each) => each.code),
    ["range", "unknown-field", "unknown-field"],
  );
});

test("an unknown enum number is a warning and is sent", () => {
  const result = read("InitAccountRequest", '{"version": 9}');
  assert.ok(result.kind === "ok", 'result.kind === "ok"');
  assert.deepEqual(
    result.warnings.map((each) => each.severity),
    ["warning"],
  );
  assert.deepEqual([...result.wire], [0x38, 9]);
});

describe("hostile texts are refused quickly", () => {
  const long = 2 ** 20;
  const rows: [what: string, text: string, code: ProblemCode][] = [
    ["too long", `{"ticket": "${"a".repeat(long)}"}`, "too-large"],
    ["too long in UTF-8", `{"ticket": "${"漢".repeat(long / 2)}"}`, "too-large"],
    ["deep arrays", "[".repeat(long), "too-deep"],
    ["deep objects", '{"a":'.repeat(long / 8), "too-deep"],
    ["a string that never ends", `"${"\\a".repeat(long / 2 - 1)}`, "syntax"],
    ["a comment that never ends", `/*${"a".repeat(long - 2)}`, "syntax"],
    ["many digits", `{"a": ${"9".repeat(long - 100)}}`, "unknown-field"],
    ["many commas", ",".repeat(long), "syntax"],
  ];
  for (const [what, text, code] of rows) {
    test(what, () => {
      const start = performance.now();
      const problems = problemsOf("SidecarTicket", text);
      assert.equal(problems[0]?.code, code);
      assert.ok(performance.now() - start < 5000, "performance.now() - start < 5000");
    });
  }
  test("many digits for an integer", () => {
    const problems = problemsOf("QuoteAccountRequest", `{"account_value": ${"9".repeat(long - 100)}}`);
    assert.equal(problems[0]?.code, "range");
  });
});

test("never throws: texts cut and mixed at random places", () => {
  const source =
    '{"bid": {"details": {"amt": 100000, "trader_key": "00ff", "auction_type": "X"}, /* c */ "version": 5}}';
  for (let at = 0; at <= source.length; at++) {
    for (const extra of ["", '"', "{", "]", ",", "\\", "//", "/*", "\u0000"]) {
      const result = read("SubmitOrderRequest", source.slice(0, at) + extra + source.slice(at + 1));
      assert.ok(
        result.kind === "ok" || result.problems.some((each) => each.severity === "error"),
        'result.kind === "ok" || result.problems.some((each) => each.severity === "error")',
      );
    }
  }
});
