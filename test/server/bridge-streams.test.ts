import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { CipherBoxDescSchema, CipherBoxSchema } from "../../gen/auctioneerrpc/hashmail_pb.ts";
import { FrameSplitter, messagesOf } from "../../server/bridge/frames.ts";
import { assertWithin, settled } from "../support/until.ts";
import { callHeaders, frame, readWeb, rpcUrl } from "./support/grpc-web.ts";
import { startPlayground, startPlaygroundWithPeer } from "./support/playground.ts";
import { reply, startRawPeer } from "./support/raw-peer.ts";

const STREAM = "poolrpc.HashMail.RecvStream";
const box = toBinary(CipherBoxDescSchema, create(CipherBoxDescSchema, { streamId: new Uint8Array(64) }));

function open(
  server: { readonly origin: string; readonly cookie: string },
  method: string,
  body: Uint8Array | ReadableStream<Uint8Array>,
  changes: Readonly<Record<string, string>> = {},
  signal: AbortSignal | null = null,
): Promise<Response> {
  return fetch(rpcUrl(server.origin, method), {
    method: "POST",
    headers: callHeaders(server, changes),
    body,
    signal,
    duplex: "half",
  } as RequestInit);
}

function reader(response: Response): ReadableStreamDefaultReader<Uint8Array> {
  assert.ok(response.body !== null, "response.body !== null");
  return response.body.getReader();
}

test("headers of a stream arrive before its first message", async () => {
  await using playground = await startPlaygroundWithPeer();
  const response = await open(playground, STREAM, new Uint8Array(frame(box)), {
    "x-peer-headers": "x-early=1",
    "x-peer-delay-ms": "20000",
  });
  assert.equal(response.headers.get("x-early"), "1");
  assert.equal(playground.peer.calls[0]?.sent, 0, "the daemon had sent no message by then");
  await response.body?.cancel();
});

test("THREATS 23: messages of a stream arrive one by one, and a cancel reaches the daemon within a second", async () => {
  await using playground = await startPlaygroundWithPeer();
  await assertWithin(1_000, async () => {
    const abort = new AbortController();
    const response = await open(playground, STREAM, new Uint8Array(frame(box)), {}, abort.signal);
    const seen = playground.peer.calls.at(-1);
    const body = reader(response);
    // How many the daemon had sent when each arrived. It pauses 300 ms between two.
    const sent: number[] = [];
    const splitter = new FrameSplitter(1 << 20);
    while (sent.length < 3) {
      const { value } = await body.read();
      const { whole } = splitter.push(Buffer.from(value ?? new Uint8Array()));
      for (const _ of messagesOf(whole ?? Buffer.alloc(0))) sent.push(seen?.sent ?? 0);
    }
    assert.ok((sent[0] ?? 0) < 3, "the first came only with the third");
    const from = performance.now();
    abort.abort();
    const call = await playground.peer.waitFor((call) => call === seen && call.cancelled);
    assert.equal(call.method, STREAM);
    return performance.now() - from;
  });
});

test("THREATS 23: a unary call that the page gives up is cancelled at the daemon", async () => {
  await using playground = await startPlaygroundWithPeer();
  await assertWithin(1_000, async () => {
    const before = playground.peer.calls.length;
    const abort = new AbortController();
    const call = open(
      playground,
      "poolrpc.Trader.GetInfo",
      new Uint8Array(5),
      { "x-peer-hang": "1" },
      abort.signal,
    ).catch(() => null);
    await playground.peer.waitFor(({ id }) => id > before);
    const from = performance.now();
    abort.abort();
    await playground.peer.waitFor(({ id, cancelled }) => id > before && cancelled);
    await call;
    return performance.now() - from;
  });
});

test("streams have no deadline unless one is asked for or configured", async () => {
  await using peer = await startRawPeer((stream) => {
    stream.respond({ ":status": 200, "content-type": "application/grpc" });
  });
  for (const [limits, changes, timeout] of [
    [{}, { "grpc-timeout": "1500m" }, "1500m"],
    [{ streamDeadlineMs: 1_500 }, {}, "1500m"],
  ] as const) {
    await using playground = await startPlayground([peer.profile], { limits });
    const response = await open(playground, STREAM, new Uint8Array(frame(box)), changes);
    const result = readWeb(response.status, response.headers, Buffer.from(await response.arrayBuffer()));
    assert.equal(result.reason, "deadline");
    assert.equal(peer.streams.at(-1)?.headers["grpc-timeout"], timeout);
  }
  await using playground = await startPlayground([peer.profile], { limits: { unaryDeadlineMs: 200 } });
  const abort = new AbortController();
  const response = await open(playground, STREAM, new Uint8Array(frame(box)), {}, abort.signal);
  const ending = reader(response)
    .read()
    .catch(() => "cut off");
  assert.equal(await Promise.race([ending, sleep(500, "open")]), "open");
  assert.equal(peer.streams.at(-1)?.headers["grpc-timeout"], undefined);
  abort.abort();
});

test("a slow reader holds the daemon back, loses nothing and keeps the order", async () => {
  const count = 3_000;
  const size = 10_000;
  await using playground = await startPlaygroundWithPeer();
  const response = await open(playground, STREAM, new Uint8Array(frame(box)), {
    "x-peer-messages": String(count),
    "x-peer-reply-bytes": String(size),
  });
  const body = reader(response);
  const first = await body.read();
  const sent = await settled(() => playground.peer.calls[0]?.sent ?? count);
  assert.ok(sent * size < 12_000_000, `${sent} of ${count} messages were taken from the daemon`);
  const chunks = [Buffer.from(first.value ?? new Uint8Array())];
  for (let part = await body.read(); !part.done; part = await body.read())
    chunks.push(Buffer.from(part.value));
  const result = readWeb(response.status, response.headers, Buffer.concat(chunks));
  assert.equal(result.code, 0);
  assert.deepEqual(
    result.messages.map((message) =>
      Number(Buffer.from(fromBinary(CipherBoxSchema, message).msg).toString()),
    ),
    Array.from({ length: count }, (_, index) => index),
  );
});

test("THREATS 23: a reader that goes away while it holds the daemon back is noticed within a second", async () => {
  await using playground = await startPlaygroundWithPeer();
  await assertWithin(1_000, async () => {
    const abort = new AbortController();
    const asked = { "x-peer-messages": "3000", "x-peer-reply-bytes": "10000" };
    const response = await open(playground, STREAM, new Uint8Array(frame(box)), asked, abort.signal);
    await reader(response).read();
    const seen = playground.peer.calls.at(-1);
    await settled(() => seen?.sent ?? 0);
    assert.equal(seen?.cancelled, false);
    const from = performance.now();
    abort.abort();
    await playground.peer.waitFor((call) => call === seen && call.cancelled);
    return performance.now() - from;
  });
});

test("a stream of many messages arrives whole and in order", async () => {
  const count = 20_000;
  await using playground = await startPlaygroundWithPeer();
  const response = await open(playground, STREAM, new Uint8Array(frame(box)), {
    "x-peer-messages": String(count),
  });
  const result = readWeb(response.status, response.headers, Buffer.from(await response.arrayBuffer()));
  assert.equal(result.code, 0);
  assert.equal(result.messages.length, count);
});

test("a reply of 8 MiB passes byte by byte as it is", async () => {
  const big = Buffer.alloc(8 << 20, "0123456789abcdef-");
  await using peer = await startRawPeer((stream) => reply(stream, [frame(big), frame(big.subarray(0, 10))]));
  await using playground = await startPlayground([peer.profile]);
  const response = await open(playground, STREAM, new Uint8Array(frame(box)));
  const result = readWeb(response.status, response.headers, Buffer.from(await response.arrayBuffer()));
  assert.equal(result.code, 0);
  assert.ok(result.messages[0]?.equals(big), "result.messages[0]?.equals(big)");
  assert.equal(result.messages.length, 2);
});

test("a client stream over POST, as programs send it: whole frames go on as they come", async () => {
  await using playground = await startPlaygroundWithPeer();
  const letter = toBinary(
    CipherBoxSchema,
    create(CipherBoxSchema, { desc: { streamId: new Uint8Array(64) } }),
  );
  const bytes = Buffer.concat([frame(letter), frame(letter), frame(letter)]);
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      for (let at = 0; at < bytes.length; at += 50) {
        controller.enqueue(new Uint8Array(bytes.subarray(at, at + 50)));
        await sleep(5);
      }
      controller.close();
    },
  });
  const response = await open(playground, "poolrpc.HashMail.SendStream", body);
  const result = readWeb(response.status, response.headers, Buffer.from(await response.arrayBuffer()));
  assert.equal(result.code, 0, result.message);
  assert.ok(result.messages[0]?.includes("3 received"), 'result.messages[0]?.includes("3 received")');
  assert.equal(playground.peer.calls[0]?.messages.length, 3);
});
