import assert from "node:assert/strict";
import { test } from "node:test";
import { createRegistry } from "@bufbuild/protobuf";
import { CloseAccountRequestSchema, SubmitOrderRequestSchema } from "../../../gen/poolrpc/trader_pb.ts";
import { convertBytes } from "../../../lib/schema/convert-bytes.ts";

const registry = createRegistry();

test("bytes change form in place, comments and spacing stay", () => {
  const text = '{ // mine\n  "bid": { "details": {"trader_key":  "00fffe" /* key */, "amt": "100000" } },\n}';
  const base64 = convertBytes(text, SubmitOrderRequestSchema, { from: "hex", to: "base64", registry });
  assert.equal(base64, text.replace("00fffe", "AP/+"));
  assert.equal(convertBytes(base64, SubmitOrderRequestSchema, { from: "base64", to: "hex", registry }), text);
});

test("a value that cannot be read stays as it was typed", () => {
  const text = '{ "trader_key": "xyz" }';
  assert.equal(convertBytes(text, CloseAccountRequestSchema, { from: "hex", to: "base64", registry }), text);
});

test("a text that is no JSON stays as it was typed", () => {
  assert.equal(convertBytes("", CloseAccountRequestSchema, { from: "hex", to: "base64", registry }), "");
});
