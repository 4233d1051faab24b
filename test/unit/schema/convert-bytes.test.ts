import assert from "node:assert/strict";
import { test } from "node:test";
import { convertBytes } from "../../../lib/schema/convert-bytes.ts";
import { poolMessage, poolRegistry } from "./pool-registry.ts";

const registry = poolRegistry;
const desc = poolMessage("SubmitOrderRequest");
const hex =
  '{ // keep\n "bid": {"details": {"trader_key": "00ff", "allowed_node_ids": ["ab", "", "zz"]}, "x": "00"},}';
const base64 =
  '{ // keep\n "bid": {"details": {"trader_key": "AP8=", "allowed_node_ids": ["qw==", "", "zz"]}, "x": "00"},}';

test("bytes change their form and nothing else does", () => {
  assert.equal(convertBytes(hex, desc, { from: "hex", to: "base64", registry }), base64);
});

test("and back", () => {
  const clean = base64.replace(', "zz"', "");
  assert.equal(convertBytes(clean, desc, { from: "base64", to: "hex", registry }), hex.replace(', "zz"', ""));
});

test("a text that cannot be read stays", () => {
  assert.equal(convertBytes("", desc, { from: "hex", to: "base64", registry }), "");
});
