import assert from "node:assert/strict";
import { test } from "node:test";
import { fromBinary } from "@bufbuild/protobuf";
import { StringValueSchema } from "@bufbuild/protobuf/wkt";
import { createClient } from "@connectrpc/connect";
import { createGrpcWebTransport } from "@connectrpc/connect-web";
import { Trader } from "../../gen/poolrpc/trader_pb.ts";
import { asPage, errorOf, runInPage } from "./support/page.ts";
import { startPlaygroundWithPeer } from "./support/playground.ts";

const METADATA = [
  { name: "x-peer-error", value: "9" },
  { name: "x-peer-error-message", value: "account%20is%20busy" },
  { name: "x-peer-error-details", value: "two orders are open" },
  { name: "x-peer-trailers", value: "x-note=7" },
];

for (const [transport, method, request] of [
  ["gRPC-Web", "poolrpc.Trader.GetInfo", "{}"],
  ["a socket", "poolrpc.HashMail.SendStream", '{"desc": {"stream_id": "00"}}'],
] as const) {
  test(`a daemon's error over ${transport} has its code, words, details and outcome`, async () => {
    await using playground = await startPlaygroundWithPeer();
    using _page = asPage(playground);
    const error = await errorOf(runInPage(playground, { method, request, metadata: METADATA }));
    assert.ok(error !== null, "it fails");
    assert.deepEqual(
      [error.source, error.reason, error.code, error.message, error.outcome],
      ["daemon", null, 9, "account is busy", "answered"],
    );
    assert.deepEqual(
      error.details.map(({ type, value }) => [type, fromBinary(StringValueSchema, value).value]),
      [["google.protobuf.StringValue", "two orders are open"]],
    );
    assert.ok(
      error.metadata.some(({ name }) => name === "grpc-status-details-bin"),
      "the trailer itself is shown too",
    );
  });
}

test("another gRPC-Web client reads the bridge's replies and errors", async () => {
  await using playground = await startPlaygroundWithPeer();
  using _page = asPage(playground);
  const transport = createGrpcWebTransport({ baseUrl: `${playground.origin}/rpc` });
  const client = createClient(Trader, transport);
  const headers = { "x-playground-profile": "sandbox" };
  assert.notEqual((await client.getInfo({}, { headers })).version, "");
  const asked = Object.fromEntries(METADATA.map(({ name, value }) => [name, value]));
  await assert.rejects(client.getInfo({}, { headers: { ...headers, ...asked } }), (cause: unknown) => {
    const { code, rawMessage, details } = cause as {
      code: number;
      rawMessage: string;
      details: { type: string }[];
    };
    assert.deepEqual(
      [code, rawMessage, details.map(({ type }) => type)],
      [9, "account is busy", ["google.protobuf.StringValue"]],
    );
    return true;
  });
});
