import assert from "node:assert/strict";
import type { ServerHttp2Stream } from "node:http2";
import { describe, test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import type { RunEvent } from "../../lib/call/run-event.ts";
import { settled } from "../support/until.ts";
import { openCall } from "./support/call-socket.ts";
import { callWeb, frame } from "./support/grpc-web.ts";
import { asPage, collect, runInPage } from "./support/page.ts";
import { type Playground, startPlayground, startPlaygroundWithPeer } from "./support/playground.ts";
import { reply, startRawPeer } from "./support/raw-peer.ts";

const GZIP = { "x-playground-compression": "gzip" };
const METHOD = "poolrpc.Trader.GetInfo";
const SEND = "poolrpc.HashMail.SendStream";
const RECEIVE = "poolrpc.HashMail.RecvStream";
const PACKED = { "grpc-encoding": "gzip" };

/** A compressed message with its prefix. */
function packed(message: Uint8Array): Buffer {
  const whole = frame(gzipSync(message));
  whole[0] = 1;
  return whole;
}

/** A peer that reads the whole request and answers with these frames. */
function answering(frames: readonly Uint8Array[], headers: Readonly<Record<string, string>> = PACKED) {
  return startRawPeer((stream: ServerHttp2Stream) =>
    stream.once("end", () => reply(stream, frames, undefined, headers)),
  );
}

test("a daemon unpacks what the bridge packed, message by message", async () => {
  await using playground = await startPlaygroundWithPeer();
  const { peer } = playground;
  const box = Buffer.concat([Buffer.from("12904e", "hex"), Buffer.alloc(10_000, 7)]);
  const web = await callWeb(playground, METHOD, box, GZIP);
  assert.equal(web.code, 0, web.message);
  const call = await openCall(playground, SEND);
  call.send({ kind: "start", metadata: [], deadlineMs: 5_000, compression: "gzip" });
  const boxes = ["0a020a00", "0a030a0101"].map((hex) => Buffer.from(hex, "hex"));
  for (const message of boxes) call.sendMessage(message);
  call.send({ kind: "half-close" });
  const end = (await call.rest()).at(-1);
  assert.ok(
    end !== undefined && !Buffer.isBuffer(end) && end.kind === "end" && end.code === 0,
    "it succeeds",
  );
  assert.deepEqual(
    peer.calls.map(({ messages }) => messages.map((bytes) => Buffer.from(bytes))),
    [[box], boxes],
  );
});

test("on the wire: flag and headers when gzip is asked for, and none of them when it is not", async () => {
  await using peer = await answering([frame(Buffer.from("0801", "hex"))], {});
  await using playground = await startPlayground([peer.profile]);
  const request = Buffer.alloc(1_000, 1);
  for (const [changes, encoding, accepts] of [
    [GZIP, "gzip", "identity,gzip"],
    [{}, undefined, undefined],
    [{ "x-playground-compression": "identity" }, undefined, undefined],
  ] as const) {
    assert.equal((await callWeb(playground, METHOD, request, changes)).code, 0);
    const { headers, body } = peer.streams.at(-1) ?? assert.fail("nothing came");
    assert.equal(headers["grpc-encoding"], encoding);
    assert.equal(headers["grpc-accept-encoding"], accepts);
    assert.equal(headers["x-playground-compression"], undefined);
    const message = body().subarray(5);
    assert.equal(body()[0], encoding === undefined ? 0 : 1);
    assert.deepEqual(encoding === undefined ? message : gunzipSync(message), request);
  }
});

test("replies that the daemon packed come out as they were, among some that it did not pack", async () => {
  const messages = Array.from({ length: 40 }, (_, at) => Buffer.alloc(at * 500, at));
  await using peer = await answering(
    messages.map((message, at) => (at % 3 === 0 ? frame(message) : packed(message))),
  );
  await using playground = await startPlayground([peer.profile]);
  const web = await callWeb(playground, RECEIVE, undefined, GZIP);
  assert.equal(web.code, 0, web.message);
  assert.deepEqual(web.messages, messages);
  const call = await openCall(playground, SEND);
  call.send({ kind: "start", metadata: [], deadlineMs: 5_000, compression: "gzip" });
  call.send({ kind: "half-close" });
  assert.deepEqual((await call.rest()).filter(Buffer.isBuffer), messages);
});

test("a page runs a compressed call as any other, and sees how long connecting took", async () => {
  await using playground = await startPlaygroundWithPeer();
  using _page = asPage(playground);
  const connectOf = (events: readonly RunEvent[]) =>
    events.flatMap((event) => (event.kind === "headers" ? [event.connectMs] : []))[0] ?? -1;
  for (const [method, first] of [
    [METHOD, true],
    [METHOD, false],
    [SEND, true],
    [SEND, false],
  ] as const) {
    const request = method === SEND ? '{"desc": {"stream_id": "00"}}' : "{}";
    const metadata = [{ name: "x-peer-headers", value: "a=b" }];
    const events = await collect(runInPage(playground, { method, request, metadata, compression: "gzip" }));
    assert.deepEqual(
      events.map(({ kind }) => kind),
      ["headers", "message", "trailers"],
    );
    if (first) assert.ok(connectOf(events) > 0, "a new connection takes time");
    else assert.equal(connectOf(events), 0);
  }
});

describe("what a daemon may not do with compression", () => {
  const refused = async (
    frames: readonly Uint8Array[],
    headers: Readonly<Record<string, string>> | undefined,
    changes: Readonly<Record<string, string>> = GZIP,
  ) => {
    await using peer = await answering(frames, headers);
    await using playground = await startPlayground([peer.profile], {
      limits: { replyMessageBytes: 100_000 },
    });
    const result = await callWeb(playground, METHOD, undefined, changes);
    return [result.reason, result.outcome, result.messages.length];
  };

  test("pack what was not asked to be packed, say not how, or send what is no gzip", async () => {
    assert.deepEqual(await refused([packed(Buffer.from("0801"))], PACKED, {}), ["not-grpc", "unknown", 0]);
    assert.deepEqual(await refused([packed(Buffer.from("0801"))], {}), ["not-grpc", "unknown", 0]);
    const noGzip = frame(Buffer.from("no gzip"));
    noGzip[0] = 1;
    assert.deepEqual(await refused([noGzip], PACKED), ["not-grpc", "unknown", 0]);
    assert.deepEqual(await refused([packed(Buffer.from("0801")).subarray(0, 12)], PACKED), [
      "not-grpc",
      "unknown",
      0,
    ]);
  });

  test("send more than a reply may have, unpacked", async () => {
    assert.deepEqual(await refused([packed(Buffer.alloc(100_001))], PACKED), ["too-large", "unknown", 0]);
  });
});

test("a daemon that knows no gzip says so itself, and that is shown as it is", async () => {
  await using peer = await startRawPeer((stream) =>
    stream.respond(
      {
        ":status": 200,
        "content-type": "application/grpc",
        "grpc-status": "12",
        "grpc-message": "grpc: Decompressor is not installed",
        "grpc-accept-encoding": "identity",
      },
      { endStream: true },
    ),
  );
  await using playground = await startPlayground([peer.profile]);
  const result = await callWeb(playground, METHOD, undefined, GZIP);
  assert.deepEqual([result.code, result.reason], [12, null]);
  assert.match(result.message, /Decompressor/);
});

test("an unknown compression is refused, and nothing is sent", async () => {
  await using playground = await startPlaygroundWithPeer();
  for (const name of ["br", "GZIP", "gzip, identity", ""]) {
    const result = await callWeb(playground, METHOD, undefined, { "x-playground-compression": name });
    assert.deepEqual([result.reason, result.outcome], ["bad-request", "not-sent"], name);
    const call = await openCall(playground, SEND);
    call.sendText(JSON.stringify({ kind: "start", metadata: [], deadlineMs: null, compression: name }));
    const end = (await call.rest()).at(-1);
    assert.equal(
      end !== undefined && !Buffer.isBuffer(end) && end.kind === "end" && end.reason,
      "bad-request",
    );
  }
  assert.equal(playground.peer.calls.length, 0);
});

test("bombs of 16 MiB each, in one packet, to a reader that does not read: memory stays bounded", async () => {
  const bomb = packed(Buffer.alloc(16 << 20));
  await using peer = await answering(Array.from({ length: 60 }, () => bomb));
  await using playground = await startPlayground([peer.profile]);
  const before = await quietMemory();
  const reading = await slowReader(playground);
  // Without a bound 960 MiB would lie here.
  const held = (await quietMemory()) - before;
  assert.ok(held < 128, `${held} MiB held`);
  reading.abort();
});

/** The process's memory in MiB, once it stays the same. */
async function quietMemory(): Promise<number> {
  globalThis.gc?.();
  return 4 * (await settled(() => Math.round(process.memoryUsage.rss() / 2 ** 22), 500));
}

/** A call whose reply nobody reads. */
async function slowReader({ origin, cookie }: Playground): Promise<AbortController> {
  const abort = new AbortController();
  const response = await fetch(`${origin}/rpc/poolrpc.HashMail/RecvStream`, {
    method: "POST",
    headers: {
      "content-type": "application/grpc-web+proto",
      cookie,
      origin,
      "x-playground-profile": "sandbox",
      ...GZIP,
    },
    body: new Uint8Array(5),
    signal: abort.signal,
  });
  response.body
    ?.getReader()
    .read()
    .catch(() => {});
  return abort;
}
