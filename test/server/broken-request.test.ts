import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { test } from "node:test";
import { until } from "../support/until.ts";
import { callHeaders, frame } from "./support/grpc-web.ts";
import { startPlayground } from "./support/playground.ts";
import { startRawPeer } from "./support/raw-peer.ts";

test("bytes that are no HTTP end a connection, and put nothing into the answer that is under way on it", async () => {
  await using peer = await startRawPeer((stream) => {
    stream.respond({ ":status": 200, "content-type": "application/grpc" });
    stream.write(frame(new Uint8Array(20)));
  });
  await using playground = await startPlayground([peer.profile]);
  const { host, port } = new URL(playground.origin);
  const head = Object.entries({ ...callHeaders(playground), host, "content-length": "5" });
  const socket = connect(Number(port), "127.0.0.1");
  let answer = "";
  socket.on("error", () => {});
  socket.on("data", (chunk: Buffer) => {
    answer += chunk.toString("latin1");
  });
  socket.write(
    `POST /rpc/poolrpc.HashMail/RecvStream HTTP/1.1\r\n${head
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join("")}\r\n\0\0\0\0\0`,
  );
  await until(() => answer.endsWith(`${"\0".repeat(20)}\r\n`));
  const before = answer;
  const closed = once(socket, "close");
  socket.write("no request\r\n\r\n");
  await closed;
  assert.equal(answer, before);
  await until(() => peer.streams[0]?.closed());
});

test("bytes that are no HTTP are refused in words on a connection whose answers are done", async () => {
  await using peer = await startRawPeer(() => {});
  await using playground = await startPlayground([peer.profile]);
  const { host, port } = new URL(playground.origin);
  const socket = connect(Number(port), "127.0.0.1");
  let answer = "";
  socket.on("data", (chunk: Buffer) => {
    answer += chunk.toString("latin1");
  });
  const closed = once(socket, "close");
  socket.write(`GET / HTTP/1.1\r\nhost: ${host}\r\n\r\n`);
  await until(() => answer.includes("The site."));
  socket.write("no request\r\n\r\n");
  await closed;
  assert.match(answer, /HTTP\/1\.1 400 Refused[\s\S]*The request is not valid HTTP/);
});
