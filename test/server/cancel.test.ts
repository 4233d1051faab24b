import assert from "node:assert/strict";
import type { ServerHttp2Stream } from "node:http2";
import { test } from "node:test";
import { create, toBinary } from "@bufbuild/protobuf";
import { CipherBoxSchema } from "../../gen/auctioneerrpc/hashmail_pb.ts";
import { until } from "../support/until.ts";
import { openCall } from "./support/call-socket.ts";
import { startPlayground } from "./support/playground.ts";
import { startRawPeer } from "./support/raw-peer.ts";

const letter = toBinary(CipherBoxSchema, create(CipherBoxSchema, { desc: { streamId: new Uint8Array(64) } }));

/** What the daemon saw of a stream, in order: `message`, `half-close`, `reset 8`. */
function record(stream: ServerHttp2Stream, seen: string[]): void {
  stream.respond({ ":status": 200, "content-type": "application/grpc" }, { waitForTrailers: true });
  stream.on("data", () => seen.push("message"));
  stream.on("end", () => stream.aborted || seen.push("half-close"));
  stream.on("aborted", () => seen.push(`reset ${stream.rstCode}`));
  stream.on("error", () => {});
}

test("a cancelled stream from the client is reset and never half-closed: the daemon would take it for complete", async () => {
  const calls: string[][] = [];
  await using peer = await startRawPeer((stream) => {
    const seen: string[] = [];
    calls.push(seen);
    record(stream, seen);
  });
  await using playground = await startPlayground([peer.profile]);
  for (let round = 0; round < 20; round++) {
    const call = await openCall(playground, "poolrpc.HashMail.SendStream");
    call.send({ kind: "start", metadata: [], deadlineMs: null });
    call.sendMessage(letter);
    await until(() => calls[round]?.length === 1);
    if (round % 2 === 0) call.send({ kind: "cancel" });
    else call.socket.terminate();
    await until(() => calls[round]?.some((event) => event.startsWith("reset")) ?? false);
  }
  assert.deepEqual(new Set(calls.map((seen) => seen.join(", "))), new Set(["message, reset 8"]));
});

test("the end of sending reaches the daemon as a half-close, and only then", async () => {
  const seen: string[] = [];
  await using peer = await startRawPeer((stream) => record(stream, seen));
  await using playground = await startPlayground([peer.profile]);
  const call = await openCall(playground, "poolrpc.HashMail.SendStream");
  call.send({ kind: "start", metadata: [], deadlineMs: null });
  call.sendMessage(letter);
  call.sendMessage(letter);
  await until(() => seen.length === 2);
  call.send({ kind: "half-close" });
  await until(() => seen.length === 3);
  assert.deepEqual(seen, ["message", "message", "half-close"]);
  call.socket.terminate();
});
