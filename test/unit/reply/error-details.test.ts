import assert from "node:assert/strict";
import { test } from "node:test";
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import type { RunError } from "../../../lib/call/run-event.ts";
import { errorDetails } from "../../../lib/reply/error-details.ts";
import { statusMeaning } from "../../../lib/reply/status-meaning.ts";
import { poolRegistry } from "../schema/pool-registry.ts";

const text = (number: number, value: string) => [number, new TextEncoder().encode(value)] as const;

/** A message of length-delimited fields, written by hand: these bytes are what other servers send. */
function message(...fields: readonly (readonly [number, Uint8Array])[]): Uint8Array {
  const writer = new BinaryWriter();
  for (const [number, bytes] of fields) writer.tag(number, WireType.LengthDelimited).bytes(bytes);
  return writer.finish();
}

function failed(...details: RunError["details"]): RunError {
  return {
    source: "daemon",
    reason: null,
    code: 3,
    message: "no",
    outcome: "answered",
    metadata: [],
    details,
  };
}

test("the details that servers attach by convention are decoded", () => {
  const seconds = new BinaryWriter().tag(1, WireType.Varint).int64(5).finish();
  const violation = message(text(1, "account_value"), text(2, "too low"));
  const entry = message(text(1, "min"), text(2, "100000"));
  const details = errorDetails(
    failed(
      { type: "google.rpc.BadRequest", value: message([1, violation]) },
      { type: "google.rpc.ErrorInfo", value: message(text(1, "LOW"), text(2, "pool"), [3, entry]) },
      { type: "google.rpc.RetryInfo", value: message([1, seconds]) },
      {
        type: "google.rpc.Help",
        value: message([1, message(text(1, "read this"), text(2, "https://x.test"))]),
      },
    ),
    poolRegistry,
    "hex",
  );
  assert.deepEqual(
    details.map((detail) => (detail.kind === "known" ? JSON.parse(detail.text) : detail)),
    [
      { field_violations: [{ field: "account_value", description: "too low" }] },
      { reason: "LOW", domain: "pool", metadata: { min: "100000" } },
      { retry_delay: "5s" },
      { links: [{ description: "read this", url: "https://x.test" }] },
    ],
  );
});

test("types of the method are decoded too; others, and malformed ones, are shown as bytes", () => {
  const value = message([1, Uint8Array.of(7)]);
  assert.deepEqual(
    errorDetails(
      failed(
        { type: "poolrpc.CancelOrderRequest", value },
        { type: "elsewhere.Thing", value },
        { type: "google.rpc.BadRequest", value: Uint8Array.of(0xff) },
      ),
      poolRegistry,
      "hex",
    ),
    [
      { kind: "known", type: "poolrpc.CancelOrderRequest", text: '{\n  "order_nonce": "07"\n}' },
      { kind: "unknown", type: "elsewhere.Thing", hex: "0a0107" },
      { kind: "unknown", type: "google.rpc.BadRequest", hex: "ff" },
    ],
  );
});

test("every status has a meaning of its own", () => {
  const meanings = Array.from({ length: 17 }, (_, code) => statusMeaning(code));
  assert.equal(new Set(meanings).size, 17);
  assert.match(statusMeaning(42), /does not define/);
});
