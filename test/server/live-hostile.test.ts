import assert from "node:assert/strict";
import type { ServerHttp2Stream } from "node:http2";
import { test } from "node:test";
import { create, toBinary } from "@bufbuild/protobuf";
import { GetInfoResponseSchema } from "../../gen/poolrpc/trader_pb.ts";
import type { LiveStatus } from "../../lib/call/live-status.ts";
import { until } from "../support/until.ts";
import { frame } from "./support/grpc-web.ts";
import { type Playground, startPlayground } from "./support/playground.ts";
import { reply, startRawPeer } from "./support/raw-peer.ts";

const live = { method: "poolrpc.Trader.GetInfo", height: "current_block_height", version: "version" };

test("a daemon whose answer does not end is hung up on, and is down", async () => {
  await using peer = await startRawPeer(pour);
  await using playground = await startPlayground([peer.profile], { live: [live] });
  assert.deepEqual(await ask(playground), {
    kind: "down",
    message: "the answer is longer than a poolrpc.GetInfoResponse can be",
  });
  await until(() => peer.streams[0]?.closed());
});

test("a daemon that does not answer is asked once, however long pages ask", async () => {
  const streams: ServerHttp2Stream[] = [];
  await using peer = await startRawPeer((stream) => streams.push(stream));
  await using playground = await startPlayground([peer.profile], { live: [live] });
  const first = ask(playground);
  await until(() => streams.length > 0);
  // Longer than an answer is fresh.
  await new Promise((resolve) => setTimeout(resolve, 3_200));
  const second = ask(playground);
  const [stream] = streams;
  assert.ok(stream, "the daemon was not asked");
  const long = create(GetInfoResponseSchema, { currentBlockHeight: 7, version: "v".repeat(100_000) });
  reply(stream, [frame(toBinary(GetInfoResponseSchema, long))]);
  const status = await first;
  assert.deepEqual(status, await second);
  assert.deepEqual(status, { kind: "up", height: "7", version: "v".repeat(500) });
  assert.equal(streams.length, 1);
});

/** Writes messages for as long as they are taken. */
function pour(stream: ServerHttp2Stream): void {
  stream.respond({ ":status": 200, "content-type": "application/grpc" });
  const message = frame(new Uint8Array(64 << 10));
  const more = () => {
    while (!stream.destroyed && stream.write(message));
  };
  stream.on("drain", more);
  more();
}

async function ask({ origin, cookie }: Playground): Promise<LiveStatus> {
  const response = await fetch(`${origin}/api/live?profile=sandbox`, {
    headers: { cookie, "x-playground": "1" },
  });
  return (await response.json()) as LiveStatus;
}
