import assert from "node:assert/strict";
import { test } from "node:test";
import { convertBytes } from "../../../lib/schema/convert-bytes.ts";
import { poolMessage, poolRegistry } from "./pool-registry.ts";

const registry = poolRegistry;
const desc = poolMessage("SubmitOrderRequest");
const hex =
  '{ // keep\n "bid": {"details": {"trader_key": "00ff", "allowed_node_ids": ["ab", ""]}, "x": "00"},}';
const base64 =
  '{ // keep\n "bid": {"details": {"trader_key": "AP8=", "allowed_node_ids": ["qw==", ""]}, "x": "00"},}';

test("bytes change their form and nothing else does", () => {
  const converted = convertBytes(hex, desc, { from: "hex", to: "base64", registry });
  assert.deepEqual(converted, { kind: "ok", text: base64 });
});

test("and back", () => {
  const converted = convertBytes(base64, desc, { from: "base64", to: "hex", registry });
  assert.deepEqual(converted, { kind: "ok", text: hex });
});

/** Texts that are not converted, with the code and the place of what is wrong. */
const rows: readonly (readonly [text: string, code: string, at: string])[] = [
  ['{"bid": {"details": {"trader_key": "zz"}}}', "bytes", "zz"],
  ['{"bid": {"details": {"trader_key": "00f"}}}', "bytes", '"00f"'],
  ['{"bid": {"details": {"trader_key": "00ff", }', "syntax", ""],
  ["", "empty", ""],
];

for (const [text, code, at] of rows) {
  test(`nothing is converted in ${JSON.stringify(text)}`, () => {
    const converted = convertBytes(text, desc, { from: "hex", to: "base64", registry });
    assert.equal(converted.kind, "problem");
    if (converted.kind !== "problem") return;
    assert.equal(converted.problem.code, code);
    assert.equal(text.slice(converted.problem.offset).startsWith(at.slice(0, 1)), true, "at its place");
  });
}
