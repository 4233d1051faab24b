import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { format } from "../../../lib/editor/format.ts";
import { jsonTokens } from "../../../lib/editor/json-tokens.ts";

describe("a line's tokens", () => {
  const rows: [line: string, kinds: string][] = [
    ['  "key": "value",', "plain key plain string plain"],
    ['  "a\\"b" : -1.5e3', "plain key plain number"],
    ['"https://x", // said', "string plain comment"],
    ["true, null, trueish", "word plain word plain"],
    ['"open', "string"],
    ["", ""],
  ];
  for (const [line, kinds] of rows) {
    test(line, () => {
      const tokens = jsonTokens(line);
      assert.equal(tokens.map((token) => token.kind).join(" "), kinds);
      assert.equal(tokens.map((token) => token.text).join(""), line);
    });
  }
});

test("a long line takes linear time", () => {
  const start = performance.now();
  jsonTokens(`"${"a".repeat(2_000_000)}"`);
  jsonTokens(`"${"\\".repeat(2_000_001)}`);
  assert.ok(performance.now() - start < 3000, "performance.now() - start < 3000");
});

test("layout keeps comments and big numbers", () => {
  const text = '{ // c\n"a":18446744073709551615,"b":[1,2],}';
  assert.equal(format(text), '{ // c\n  "a": 18446744073709551615,\n  "b": [\n    1,\n    2\n  ],\n}');
});
