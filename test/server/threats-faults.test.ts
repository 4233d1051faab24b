import assert from "node:assert/strict";
import type { ServerHttp2Stream } from "node:http2";
import type { Socket } from "node:net";
import { after, before, describe, test } from "node:test";
import { createServer as createTlsServer } from "node:tls";
import { issueCertificate } from "../support/peer/certificate.ts";
import { startPeer } from "../support/peer/start-peer.ts";
import { assertWithin, until } from "../support/until.ts";
import { openCall } from "./support/call-socket.ts";
import { type Fault, startFaultProxy } from "./support/fault-proxy.ts";
import { callWeb, frame } from "./support/grpc-web.ts";
import { peerAsSandbox, startPlayground, temporaryFolder } from "./support/playground.ts";
import { reply, startRawPeer } from "./support/raw-peer.ts";
import { writeCredentials } from "./support/recording-servers.ts";

const METHOD = "poolrpc.Trader.GetInfo";
const MESSAGE = frame(Buffer.from("message"));

const rejections: unknown[] = [];
const onRejection = (cause: unknown) => rejections.push(cause);
before(() => process.on("unhandledRejection", onRejection));
after(() => {
  process.off("unhandledRejection", onRejection);
  assert.deepEqual(rejections, [], "no rejection was left alone");
});

const GRPC = { ":status": 200, "content-type": "application/grpc" };

const FAULTS: Readonly<
  Record<
    string,
    { answer: (stream: ServerHttp2Stream) => void; reason: string; code: number; messages: number }
  >
> = {
  "an HTML page with 404": {
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
  "a frame length that is more than follows": {
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
  "a frame length over the limit, after one that is not": {
    answer: (stream) => reply(stream, [Buffer.concat([MESSAGE, Buffer.from([0, 0x7f, 0, 0, 0, 1, 2, 3])])]),
    reason: "too-large",
    code: 8,
    messages: 1,
  },
  "a reset of the call": {
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
  "a stall after headers": {
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
  "a stall after headers and a message": {
    answer: (stream) => {
      stream.respond(GRPC);
      stream.write(MESSAGE);
    },
    reason: "deadline",
    code: 4,
    messages: 1,
  },
  "silence from the start": { answer: () => {}, reason: "deadline", code: 4, messages: 0 },
};

for (const [name, { answer, reason, code, messages }] of Object.entries(FAULTS)) {
  test(`THREATS 21: a daemon that gives ${name}: ${reason}, once, within the deadline`, async () => {
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

test("THREATS 21: after GOAWAY the next call has a connection of its own, and the one that was sent is not sent again", async () => {
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

describe("THREATS 21: a line between playground and daemon that fails", () => {
  const DEADLINE_MS = 1_000;
  const rows: readonly (readonly [fault: Fault, reason: string])[] = [
    [{ kind: "latency", ms: 2_000 }, "deadline"],
    [{ kind: "reset" }, "disconnected"],
    [{ kind: "half-close" }, "disconnected"],
    [{ kind: "silence" }, "deadline"],
    [{ kind: "garbage" }, "disconnected"],
  ];
  for (const [fault, reason] of rows) {
    test(`THREATS 21: ${fault.kind}: ${reason} within the deadline, over HTTP and over a socket`, async () => {
      using folder = temporaryFolder();
      await using peer = await startPeer({ dir: folder.path });
      await using proxy = await startFaultProxy(peer.port);
      const ports = { ...peer, port: proxy.port, auctioneerPort: proxy.port };
      await using playground = await startPlayground([peerAsSandbox(ports)]);
      const ready = async () => {
        proxy.fault = { kind: "none" };
        await until(async () => (await callWeb(playground, METHOD)).code === 0);
        proxy.fault = fault;
        return peer.calls.length;
      };
      await assertWithin(DEADLINE_MS + 500, async () => {
        const calls = await ready();
        const from = performance.now();
        const result = await callWeb(playground, METHOD, undefined, { "grpc-timeout": `${DEADLINE_MS}m` });
        const took = performance.now() - from;
        assert.deepEqual([result.reason, result.outcome], [reason, "unknown"], result.message);
        assert.ok(peer.calls.length - calls <= 1, "it is never sent again");
        return took;
      });
      await assertWithin(DEADLINE_MS + 500, async () => {
        await ready();
        const from = performance.now();
        const call = await openCall(playground, METHOD);
        call.send({ kind: "start", metadata: [], deadlineMs: DEADLINE_MS });
        call.sendMessage(new Uint8Array());
        const end = (await call.rest()).at(-1);
        assert.ok(end !== undefined && !Buffer.isBuffer(end) && end.kind === "end", "it ends");
        assert.deepEqual([end.reason, end.outcome], [reason, "unknown"], end.message);
        return performance.now() - from;
      });
      proxy.fault = { kind: "none" };
      await until(async () => (await callWeb(playground, METHOD)).code === 0);
    });
  }

  test("THREATS 21: latency that the deadline allows costs time and nothing else", async () => {
    using folder = temporaryFolder();
    await using peer = await startPeer({ dir: folder.path });
    await using proxy = await startFaultProxy(peer.port);
    await using playground = await startPlayground([peerAsSandbox({ ...peer, port: proxy.port })]);
    proxy.fault = { kind: "latency", ms: 100 };
    assert.equal((await callWeb(playground, METHOD)).code, 0);
    const from = performance.now();
    assert.equal((await callWeb(playground, METHOD)).code, 0);
    assert.ok(performance.now() - from >= 200, "there and back");
  });

  test("THREATS 21: an HTTP/2 frame longer than HTTP/2 allows: the deadline, and the next call has a connection of its own", async () => {
    using folder = temporaryFolder();
    const { cert, key } = issueCertificate();
    const sockets = new Set<Socket>();
    const server = createTlsServer({ cert, key, ALPNProtocols: ["h2"] }, (socket) => {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.write(Buffer.from("000000040000000000", "hex"));
      // A frame of data for the first call that says to be 16 MiB long.
      socket.once("data", () => socket.write(Buffer.from("ffffff000000000001", "hex")));
    });
    try {
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const { port } = server.address() as { port: number };
      const profile = peerAsSandbox({ port, auctioneerPort: port, ...writeCredentials(folder.path, cert) });
      await using playground = await startPlayground([profile]);
      for (const connections of [1, 2]) {
        const from = performance.now();
        const result = await callWeb(playground, METHOD, undefined, { "grpc-timeout": "1000m" });
        assert.deepEqual([result.reason, result.outcome], ["deadline", "unknown"], result.message);
        assert.ok(performance.now() - from < 1_500, "within the deadline");
        assert.equal(sockets.size, connections);
      }
    } finally {
      for (const socket of sockets) socket.destroy();
      server.close();
    }
  });

  test("THREATS 21: a connection that died without a word is given up after one call", async () => {
    using folder = temporaryFolder();
    await using peer = await startPeer({ dir: folder.path });
    await using proxy = await startFaultProxy(peer.port);
    await using playground = await startPlayground([peerAsSandbox({ ...peer, port: proxy.port })]);
    assert.equal((await callWeb(playground, METHOD)).code, 0);
    proxy.silenceOpen();
    const lost = await callWeb(playground, METHOD, undefined, { "grpc-timeout": "300m" });
    assert.equal(lost.reason, "deadline");
    assert.equal((await callWeb(playground, METHOD)).code, 0);
  });
});
