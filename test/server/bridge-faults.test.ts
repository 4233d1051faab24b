import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { ServerHttp2Stream } from "node:http2";
import { test } from "node:test";
import { connectPinned } from "../../server/bridge/pinned-connection.ts";
import { readCertificate } from "../../server/profiles/certificate.ts";
import { startPeer } from "../support/peer/start-peer.ts";
import { assertWithin, until } from "../support/until.ts";
import { callHeaders, callWeb, frame, readWeb, rpcUrl } from "./support/grpc-web.ts";
import { startPlayground, startPlaygroundWithPeer, temporaryFolder } from "./support/playground.ts";
import { reply, startRawPeer } from "./support/raw-peer.ts";

const METHOD = "poolrpc.Trader.GetInfo";
const MESSAGE = frame(Buffer.from("message"));
const GRPC = { ":status": 200, "content-type": "application/grpc" };

const FAULTS: Readonly<
  Record<
    string,
    { answer: (stream: ServerHttp2Stream) => void; reason: string; code: number; messages: number }
  >
> = {
  "an HTML page": {
    answer: (stream) => {
      stream.respond({ ":status": 404, "content-type": "text/html" });
      stream.end("<h1>not found</h1>");
    },
    reason: "not-grpc",
    code: 12,
    messages: 0,
  },
  "a 200 that is not gRPC": {
    answer: (stream) => {
      stream.respond({ ":status": 200, "content-type": "application/json" });
      stream.end("{}");
    },
    reason: "not-grpc",
    code: 2,
    messages: 0,
  },
  "no trailers": {
    answer: (stream) => {
      stream.respond(GRPC);
      stream.end(MESSAGE);
    },
    reason: "not-grpc",
    code: 2,
    messages: 1,
  },
  "trailers without a status": {
    answer: (stream) => reply(stream, [MESSAGE], { "x-other": "1" }),
    reason: "not-grpc",
    code: 2,
    messages: 1,
  },
  "a message that is cut off": {
    answer: (stream) => reply(stream, [MESSAGE, MESSAGE.subarray(0, 7)]),
    reason: "not-grpc",
    code: 13,
    messages: 1,
  },
  "a frame that looks like gRPC-Web's trailers": {
    answer: (stream) =>
      reply(stream, [Buffer.concat([Buffer.from([0x80, 0, 0, 0, 16]), Buffer.from("grpc-status: 0\r\n")])]),
    reason: "not-grpc",
    code: 2,
    messages: 0,
  },
  "a compressed message that nobody asked for": {
    answer: (stream) => reply(stream, [Buffer.from([1, 0, 0, 0, 1, 0])]),
    reason: "not-grpc",
    code: 2,
    messages: 0,
  },
  "a message over the limit, after one that is not": {
    answer: (stream) => reply(stream, [Buffer.concat([MESSAGE, Buffer.from([0, 0x7f, 0, 0, 0, 1, 2, 3])])]),
    reason: "too-large",
    code: 8,
    messages: 1,
  },
  "a reset": {
    answer: (stream) => stream.close(2),
    reason: "disconnected",
    code: 14,
    messages: 0,
  },
  "half a message and then no connection": {
    answer: (stream) => {
      stream.respond(GRPC);
      stream.write(MESSAGE.subarray(0, 6));
      setTimeout(() => stream.session?.destroy(), 20);
    },
    reason: "disconnected",
    code: 14,
    messages: 0,
  },
  "a connection that dies": {
    answer: (stream) => stream.session?.destroy(),
    reason: "disconnected",
    code: 14,
    messages: 0,
  },
  "silence after headers": {
    answer: (stream) => stream.respond(GRPC),
    reason: "deadline",
    code: 4,
    messages: 0,
  },
  "silence in the middle of a message": {
    answer: (stream) => {
      stream.respond(GRPC);
      stream.write(Buffer.concat([MESSAGE, MESSAGE.subarray(0, 6)]));
    },
    reason: "deadline",
    code: 4,
    messages: 1,
  },
  "silence from the start": { answer: () => {}, reason: "deadline", code: 4, messages: 0 },
};

for (const [name, { answer, reason, code, messages }] of Object.entries(FAULTS)) {
  test(`a daemon that gives ${name}: ${reason}, once, within the deadline`, async () => {
    let connected = false;
    await using peer = await startRawPeer((stream) =>
      connected ? answer(stream) : reply(stream, [MESSAGE]),
    );
    // Long enough for what the daemon does give to arrive before it on any machine.
    const limits = { unaryDeadlineMs: reason === "deadline" ? 1_000 : 10_000 };
    await using playground = await startPlayground([peer.profile], { limits });
    // The deadline of a call that is timed is not spent on connecting.
    await until(async () => (await callWeb(playground, METHOD)).code === 0);
    connected = true;
    await assertWithin(reason === "deadline" ? limits.unaryDeadlineMs + 500 : 900, async () => {
      const before = peer.streams.length;
      const from = performance.now();
      const result = await callWeb(playground, METHOD);
      const took = performance.now() - from;
      assert.deepEqual(
        [result.reason, result.code, result.messages.length],
        [reason, code, messages],
        result.message,
      );
      assert.match(result.message, new RegExp(`localhost:${peer.port}`));
      assert.equal(peer.streams.length, before + 1, "the call is never sent again");
      return took;
    });
  });
}

test("after GOAWAY the next call has a connection of its own, and the one that was sent is not sent again", async () => {
  await using peer = await startRawPeer((stream, index) => {
    if (index === 1) stream.session?.goaway(0, 0);
    else reply(stream, [MESSAGE]);
  });
  await using playground = await startPlayground([peer.profile]);
  assert.equal((await callWeb(playground, METHOD)).code, 0);
  const cut = await callWeb(playground, METHOD, undefined, { "grpc-timeout": "400m" });
  assert.ok(["disconnected", "deadline"].includes(cut.reason ?? ""), cut.message);
  assert.equal(peer.streams.length, 2);
  assert.equal((await callWeb(playground, METHOD)).code, 0);
  assert.equal(peer.streams.length, 3);
  assert.equal(peer.sessions.length, 2);
});

test("a daemon that was restarted is reached again at once", async () => {
  await using playground = await startPlaygroundWithPeer();
  assert.equal((await callWeb(playground, METHOD)).code, 0);
  await playground.peer.stop();
  assert.equal((await callWeb(playground, METHOD)).reason, "unreachable");
  await playground.peer.restart();
  assert.equal((await callWeb(playground, METHOD)).code, 0);
});

test("calls share a connection, and one without calls is closed", async () => {
  await using peer = await startRawPeer((stream) => reply(stream, [MESSAGE]));
  await using playground = await startPlayground([peer.profile], { limits: { idleMs: 100 } });
  await Promise.all(Array.from({ length: 10 }, () => callWeb(playground, METHOD)));
  assert.equal(peer.sessions.length, 1);
  await until(() => peer.sessions[0]?.destroyed === true);
  assert.equal((await callWeb(playground, METHOD)).code, 0);
  assert.equal(peer.sessions.length, 2);
});

test("a connection that is given up while it opens brings nothing down", async () => {
  using folder = temporaryFolder();
  await using peer = await startPeer({ dir: folder.path });
  const session = await connectPinned({
    address: { host: "localhost", port: peer.port },
    where: "the peer",
    certPath: peer.tlsCertPath,
    pinned: readCertificate(readFileSync(peer.tlsCertPath)) ?? assert.fail("no certificate"),
    connectMs: 10_000,
  });
  assert.ok(!("kind" in session), "the peer was not reached");
  const closed = once(session, "close");
  session.destroy();
  await closed;
});

test("requests that are not one plain message are refused, and nothing is sent", async () => {
  await using playground = await startPlaygroundWithPeer();
  const bodies: Readonly<Record<string, Uint8Array>> = {
    empty: new Uint8Array(),
    "a cut prefix": new Uint8Array(3),
    "a cut message": MESSAGE.subarray(0, 8),
    "bytes after it": Buffer.concat([MESSAGE, Buffer.from([0])]),
    "two messages": Buffer.concat([MESSAGE, MESSAGE]),
    compressed: Buffer.concat([Buffer.from([1]), MESSAGE.subarray(1)]),
    trailers: Buffer.concat([Buffer.from([0x80]), MESSAGE.subarray(1)]),
    "a length of 4 GiB": Buffer.from([0, 255, 255, 255, 255, 1]),
  };
  for (const [name, body] of Object.entries(bodies)) {
    const response = await fetch(rpcUrl(playground.origin, METHOD), {
      method: "POST",
      headers: callHeaders(playground),
      body: new Uint8Array(body),
    });
    const result = readWeb(response.status, response.headers, Buffer.from(await response.arrayBuffer()));
    assert.deepEqual([result.reason, result.code], ["bad-request", 3], name);
  }
  assert.equal(playground.peer.calls.length, 0);
});

test("a request over the limit is refused, with and without a length, and one at the limit is not", async () => {
  await using playground = await startPlaygroundWithPeer({ limits: { requestBytes: 10_000 } });
  const send = async (bytes: number, streamed: boolean) => {
    const body = new Uint8Array(frame(new Uint8Array(bytes)));
    const response = await fetch(rpcUrl(playground.origin, METHOD), {
      method: "POST",
      headers: callHeaders(playground),
      ...(streamed ? { body: new Blob([body]).stream(), duplex: "half" } : { body }),
    } as RequestInit);
    return readWeb(response.status, response.headers, Buffer.from(await response.arrayBuffer())).reason;
  };
  for (const streamed of [false, true]) {
    assert.equal(await send(10_001, streamed), "too-large");
    assert.equal(await send(1_000_000, streamed), "too-large");
  }
  assert.equal(playground.peer.calls.length, 0);
  assert.notEqual(await send(10_000, false), "too-large");
  assert.equal(playground.peer.calls.length, 1);
});

test("calls over the number allowed are told that it is busy, and places become free again", async () => {
  await using playground = await startPlaygroundWithPeer({ limits: { callsInFlight: 3 } });
  const hanging = Array.from({ length: 3 }, () =>
    callWeb(playground, METHOD, undefined, { "x-peer-hang": "1", "grpc-timeout": "3S" }),
  );
  await playground.peer.waitFor(() => playground.peer.calls.length === 3);
  const refused = await callWeb(playground, METHOD);
  assert.deepEqual([refused.reason, refused.code], ["busy", 8]);
  assert.equal(playground.peer.calls.length, 3);
  for (const { code } of await Promise.all(hanging)) assert.equal(code, 4);
  assert.equal((await callWeb(playground, METHOD)).code, 0);
});

test("metadata and heads over the limit are refused", async () => {
  await using playground = await startPlaygroundWithPeer({ limits: { metadataBytes: 1_000 } });
  const tooMuch = await callWeb(playground, METHOD, undefined, {
    "x-a": "a".repeat(600),
    "x-b": "b".repeat(600),
  });
  assert.equal(tooMuch.reason, "too-large");
  const many = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`x-${index}`, "1"]));
  const response = await fetch(rpcUrl(playground.origin, METHOD), {
    method: "POST",
    headers: callHeaders(playground, many),
    body: new Uint8Array(5),
  });
  assert.equal(response.status, 431);
  const large = await fetch(playground.origin, { headers: { "x-large": "x".repeat(20_000) } });
  assert.equal(large.status, 431);
  assert.equal(playground.peer.calls.length, 0);
});

test("what a profile does not serve, and what nobody serves, is said without a connection", async () => {
  await using playground = await startPlaygroundWithPeer();
  const { peer } = playground;
  assert.equal((await callWeb(playground, "poolrpc.Trader.Nope")).reason, "unknown-method");
  assert.equal((await callWeb(playground, "nope.Nope.Nope")).reason, "unknown-method");
  await using daemonOnly = await startPlayground([
    {
      id: "sandbox",
      label: "alone",
      kind: "daemon",
      network: "regtest",
      endpoints: [
        {
          address: { host: "localhost", port: peer.port },
          services: ["poolrpc.Trader"],
          tlsCertPath: peer.tlsCertPath,
          macaroonPath: peer.macaroonPath,
        },
      ],
    },
  ]);
  const result = await callWeb(daemonOnly, "poolrpc.ChannelAuctioneer.Terms");
  assert.deepEqual([result.reason, result.code], ["service-not-served", 12]);
  assert.equal(peer.calls.length, 0);
});
