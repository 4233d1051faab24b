import assert from "node:assert/strict";
import { test } from "node:test";
import { create, toBinary } from "@bufbuild/protobuf";
import { type SubmitOrderRequest, SubmitOrderRequestSchema, Trader } from "../../../gen/poolrpc/trader_pb.ts";
import { fromOpaque, opaqueMethod, toOpaque } from "../../../lib/run/opaque-method.ts";

test("bytes of a message pass unchanged, in their order, fields that nobody knows too", () => {
  const request: SubmitOrderRequest = create(SubmitOrderRequestSchema, {
    details: {
      case: "bid",
      value: {
        details: { traderKey: new Uint8Array(33).fill(2), amt: 18446744073709551615n, rateFixed: 4960 },
      },
    },
    initiator: "ünïcode",
  });
  const wire = toBinary(SubmitOrderRequestSchema, request);
  // Field 9 as varint, field 3 again, field 100 as 64 bits, field 12 as 32 bits: not the order of numbers.
  const odd = Uint8Array.of(
    0x48,
    0x96,
    0x01,
    0x1a,
    1,
    0x61,
    0xa1,
    0x06,
    1,
    2,
    3,
    4,
    5,
    6,
    7,
    8,
    0x65,
    9,
    9,
    9,
    9,
  );
  for (const bytes of [wire, odd, Uint8Array.of(), Uint8Array.of(...odd, ...wire)]) {
    assert.deepEqual(fromOpaque(toOpaque(bytes)), bytes);
  }
});

test("the method keeps its name and service", () => {
  const method = opaqueMethod(Trader.method.submitOrder);
  assert.equal(method.name, "SubmitOrder");
  assert.equal(method.parent.typeName, "poolrpc.Trader");
  assert.equal(method.methodKind, "server_streaming");
});
