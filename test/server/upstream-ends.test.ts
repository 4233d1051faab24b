import assert from "node:assert/strict";
import type { ServerHttp2Stream } from "node:http2";
import { connect, createServer } from "node:net";
import { test } from "node:test";
import { FrameSplitter } from "../../server/bridge/frames.ts";
import { decodeGrpcMessage } from "../../server/bridge/grpc-message.ts";
import { prepareCall } from "../../server/bridge/prepare-call.ts";
import { UpstreamCall } from "../../server/bridge/upstream-call.ts";
import { UpstreamPool } from "../../server/bridge/upstream-pool.ts";
import { DEFAULT_LIMITS } from "../../server/limits.ts";
import { createProfileStore } from "../../server/profiles/profile-store.ts";
import { until } from "../support/until.ts";
import { callRules } from "./support/api.ts";
import { openCall } from "./support/call-socket.ts";
import { callHeaders, callWeb, frame } from "./support/grpc-web.ts";
import { startPlayground } from "./support/playground.ts";
import { reply, startRawPeer } from "./support/raw-peer.ts";

test("a call that is cancelled while its connection is made is over at once, and is not sent later", async () => {
  await using peer = await startRawPeer((stream) => reply(stream, [frame(new Uint8Array())]));
  await using slow = await startHeldBack(peer.port);
  await using playground = await startPlayground([
    {
      ...peer.profile,
      endpoints: peer.profile.endpoints.map((endpoint) => ({
        ...endpoint,
        address: { host: "localhost", port: slow.port },
      })),
    },
  ]);
  const call = await openCall(playground, "poolrpc.HashMail.SendStream");
  call.send({ kind: "start", metadata: [], deadlineMs: null });
  call.sendMessage(new Uint8Array(DEFAULT_LIMITS.requestBytes));
  call.send({ kind: "half-close" });
  await until(slow.connections);
  call.send({ kind: "cancel" });
  const end = (await call.rest()).at(-1);
  assert.equal(end !== undefined && !Buffer.isBuffer(end) && end.kind === "end" ? end.code : end, 1);
  assert.equal(peer.sessions.length, 0);

  slow.letGo();
  const later = await callWeb(playground, "poolrpc.HashMail.DelCipherBox");
  assert.equal(later.code, 0);
  assert.deepEqual(
    peer.streams.map(({ headers }) => headers[":path"]),
    ["/poolrpc.HashMail/DelCipherBox"],
  );
});

test("a reply that has arrived is given whole though the daemon goes away before it is read", async () => {
  const size = 100;
  await using peer = await startRawPeer((stream) =>
    reply(
      stream,
      Array.from({ length: size }, () => frame(new Uint8Array(1_000))),
    ),
  );
  using daemon = openDaemon(peer.profile);
  let bytes = 0;
  const ends: string[] = [];
  const call = daemon.call("RecvStream", {
    frames: (frames) => {
      bytes += frames.length;
      return false;
    },
    end: ({ code }) => ends.push(code),
  });
  await until(() => bytes > 0 && peer.sessions[0]?.closed === false);
  await until(() => peer.streams[0]?.closed());
  assert.deepEqual(ends, []);
  // As a daemon that stops in order does: GOAWAY, and the end of the connection once its streams are done.
  peer.sessions[0]?.close();
  await until(() => peer.sessions[0]?.destroyed);
  await until(() => {
    call.resume();
    return ends.length > 0;
  });
  assert.deepEqual({ bytes, ends }, { bytes: size * 1_005, ends: ["0"] });
});

test("a daemon that answers before it has read the request, or goes on after its answer, is hung up on", async () => {
  const answers: Record<string, (stream: ServerHttp2Stream) => void> = {
    early: (stream) => {
      stream.removeAllListeners("data");
      stream.pause();
      stream.respond(
        { ":status": 200, "content-type": "application/grpc", "grpc-status": "8" },
        { endStream: true },
      );
    },
    endless: (stream) => {
      stream.respond({ ":status": 500, "content-type": "text/html", "grpc-status": "8" });
      stream.write("more to come");
    },
  };
  for (const [name, answer] of Object.entries(answers)) {
    await using peer = await startRawPeer(answer);
    await using playground = await startPlayground([peer.profile]);
    const result = await callWeb(playground, "poolrpc.Trader.GetInfo", new Uint8Array(900_000));
    assert.equal(result.code, 8, name);
    await until(() => peer.streams[0]?.closed());
  }
});

test("unary calls that end in order are not reset", async () => {
  const resets: number[] = [];
  await using peer = await startRawPeer((stream) => {
    stream.on("close", () => resets.push(stream.rstCode));
    reply(stream, [frame(new Uint8Array())]);
  });
  await using playground = await startPlayground([peer.profile]);
  for (let round = 0; round < 50; round++) await callWeb(playground, "poolrpc.Trader.GetInfo");
  await until(() => resets.length === 50);
  assert.deepEqual(new Set(resets), new Set([0]));
});

test("calls that wait behind another on one connection are cancelled with it, and free their places", async () => {
  await using peer = await startRawPeer((stream) =>
    stream.respond({ ":status": 200, "content-type": "application/grpc" }),
  );
  await using playground = await startPlayground([peer.profile], { limits: { callsInFlight: 3 } });
  const { host, port } = new URL(playground.origin);
  const head = Object.entries({ ...callHeaders(playground), host, "content-length": "5" });
  const request = `POST /rpc/poolrpc.HashMail/RecvStream HTTP/1.1\r\n${head
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join("")}\r\n\0\0\0\0\0`;
  for (const round of [1, 2]) {
    const socket = connect(Number(port), "127.0.0.1");
    socket.on("error", () => {});
    socket.write(request.repeat(3));
    await until(() => peer.streams.length === 3 * round);
    socket.destroy();
    await until(() => peer.streams.every(({ closed }) => closed()));
  }
});

test("a message in pieces of one byte takes memory by its size, not by its pieces", () => {
  const size = 1 << 20;
  const frames = new FrameSplitter(size);
  const head = frame(new Uint8Array(size)).subarray(0, 5);
  assert.equal(frames.push(head).whole, null);
  const before = process.memoryUsage();
  for (let at = 1; at < size; at++) frames.push(Buffer.from([at & 0xff]));
  const after = process.memoryUsage();
  const grown = after.heapUsed + after.external - before.heapUsed - before.external;
  const { whole } = frames.push(Buffer.from([7]));
  assert.equal(whole?.length, size + 5);
  assert.equal(whole?.at(5), 1);
  assert.equal(whole?.at(-1), 7);
  assert.ok(grown < 64 << 20, `grew by ${grown >> 20} MiB`);
});

test("a daemon's text is carried in escapes that every client reads, whatever it wrote", async () => {
  for (const [sent, read] of [
    ["100% sure, %zz", "100% sure, %zz"],
    ["%FF", "\ufffd"],
    ["caf\u00c3\u00a9", "caf\u00e9"],
    ["a%20b%0Ac", "a b\nc"],
  ] as const) {
    await using peer = await startRawPeer((stream) =>
      reply(stream, [], { "grpc-status": "9", "grpc-message": sent }),
    );
    await using playground = await startPlayground([peer.profile]);
    const { code, trailers } = await callWeb(playground, "poolrpc.Trader.GetInfo");
    const carried = trailers.find(({ name }) => name === "grpc-message")?.value ?? "";
    assert.deepEqual([code, decodeURIComponent(carried)], [9, read]);
    assert.equal(decodeGrpcMessage(carried), read);
  }
});

/** Passes connections to `port`, but no byte before `letGo`. */
async function startHeldBack(port: number) {
  let connections = 0;
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const server = createServer((client) => {
    connections++;
    client.on("error", () => {});
    void held.then(() => {
      const daemon = connect(port, "127.0.0.1");
      daemon.on("error", () => client.destroy());
      daemon.on("close", () => client.destroy());
      client.on("close", () => daemon.destroy());
      client.pipe(daemon).pipe(client);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port: own } = server.address() as { port: number };
  return {
    port: own,
    connections: () => connections,
    letGo,
    [Symbol.asyncDispose]: async () => {
      letGo();
      server.close();
    },
  };
}

/** Calls of `poolrpc.HashMail` without a browser in front. */
function openDaemon(profile: Parameters<typeof createProfileStore>[0][number]) {
  const pool = new UpstreamPool(DEFAULT_LIMITS, (path) => path);
  const profiles = createProfileStore([profile], { home: "/home/nobody" });
  return {
    call(method: string, sink: Partial<ConstructorParameters<typeof UpstreamCall>[3]>): UpstreamCall {
      const prepared = prepareCall(
        {
          profile: profile.id,
          service: "poolrpc.HashMail",
          method,
          metadata: [],
          deadlineMs: null,
          compression: "identity",
        },
        callRules(profiles),
      );
      if (prepared.kind === "failure") throw new Error(prepared.message);
      const nothing = () => {};
      const call = new UpstreamCall(prepared, pool, DEFAULT_LIMITS, {
        open: nothing,
        headers: nothing,
        frames: () => true,
        end: nothing,
        fail: ({ message }) => assert.fail(message),
        drain: nothing,
        ...sink,
      });
      call.write(frame(new Uint8Array()));
      call.end();
      return call;
    },
    [Symbol.dispose]: () => pool.close(),
  };
}
