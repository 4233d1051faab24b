import assert from "node:assert/strict";
import { test } from "node:test";
import { fromBinary } from "@bufbuild/protobuf";
import { GetInfoResponseSchema } from "../../gen/poolrpc/trader_pb.ts";
import { callWeb } from "./support/grpc-web.ts";
import { startPlaygroundWithPeer } from "./support/playground.ts";

test("a unary call reaches the daemon over TLS with its macaroon", async () => {
  await using playground = await startPlaygroundWithPeer();
  const result = await callWeb(playground, "poolrpc.Trader.GetInfo");
  assert.equal(result.http, 200);
  assert.equal(result.code, 0);
  assert.equal(result.messages.length, 1);
  assert.notEqual(fromBinary(GetInfoResponseSchema, result.messages[0] ?? new Uint8Array()).version, "");
  assert.deepEqual(
    playground.peer.calls.map(({ method, code }) => ({ method, code })),
    [{ method: "poolrpc.Trader.GetInfo", code: 0 }],
  );
});
