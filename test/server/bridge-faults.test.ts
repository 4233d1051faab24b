import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { connectPinned } from "../../server/bridge/pinned-connection.ts";
import { readCertificate } from "../../server/profiles/certificate.ts";
import { startPeer } from "../support/peer/start-peer.ts";
import { until } from "../support/until.ts";
import { callHeaders, callWeb, frame, readWeb, rpcUrl } from "./support/grpc-web.ts";
import { startPlayground, startPlaygroundWithPeer, temporaryFolder } from "./support/playground.ts";
import { reply, startRawPeer } from "./support/raw-peer.ts";

const METHOD = "poolrpc.Trader.GetInfo";
const MESSAGE = frame(Buffer.from("message"));

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
