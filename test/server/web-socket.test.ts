import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { Socket } from "node:net";
import { test } from "node:test";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import {
  ClientAuctionMessageSchema,
  ServerAuctionMessageSchema,
} from "../../gen/auctioneerrpc/auctioneer_pb.ts";
import { CipherBoxDescSchema, CipherBoxSchema } from "../../gen/auctioneerrpc/hashmail_pb.ts";
import type { ServerFrame } from "../../lib/call/bridge-protocol.ts";
import type { Peer } from "../support/peer/start-peer.ts";
import { assertWithin, settled, until } from "../support/until.ts";
import { type CallSocket, openCall } from "./support/call-socket.ts";
import { asPage, errorOf, runInPage } from "./support/page.ts";
import { startPlaygroundWithPeer } from "./support/playground.ts";

const BIDI = "poolrpc.ChannelAuctioneer.SubscribeBatchAuction";
const START = { kind: "start", metadata: [], deadlineMs: null } as const;
const box = toBinary(CipherBoxDescSchema, create(CipherBoxDescSchema, { streamId: new Uint8Array(64) }));
const letter = toBinary(CipherBoxSchema, create(CipherBoxSchema, { desc: { streamId: new Uint8Array(64) } }));

async function nextMessage(call: CallSocket): Promise<Buffer> {
  for (;;) {
    const next = await call.next();
    if (Buffer.isBuffer(next)) return next;
    assert.equal(next?.kind, "headers", JSON.stringify(next));
  }
}

/** The ms from `leave` until the peer sees its newest call cancelled. */
async function timeToCancel(peer: Peer, leave: () => void): Promise<number> {
  const seen = peer.calls.at(-1);
  assert.equal(seen?.cancelled, false);
  const from = performance.now();
  leave();
  await peer.waitFor((call) => call === seen && call.cancelled);
  return performance.now() - from;
}

/** Waits until no more of what the page sends is taken. The pongs that join it are less than a unit. */
async function heldBack(call: CallSocket): Promise<void> {
  await settled(() => Math.round(call.socket.bufferedAmount / 100_000));
}

async function endOf(call: CallSocket): Promise<Extract<ServerFrame, { kind: "end" }>> {
  const last = (await call.rest()).at(-1);
  assert.ok(
    last !== undefined && !Buffer.isBuffer(last) && last.kind === "end",
    'last !== undefined && !Buffer.isBuffer(last) && last.kind === "end"',
  );
  return last;
}

test("a call talks both ways, half-closes, and ends with the daemon's status", async () => {
  await using playground = await startPlaygroundWithPeer();
  const call = await openCall(playground, BIDI);
  assert.equal(call.socket.protocol, "playground.v1");
  assert.equal(call.socket.extensions, "", "no compression");
  call.send({
    ...START,
    metadata: [
      { name: "x-peer-headers", value: "x-one=1" },
      { name: "x-peer-trailers", value: "x-two=2" },
    ],
  });
  const headers = (await call.next()) as ServerFrame;
  assert.ok(
    headers.kind === "headers" && headers.headers.some(({ name }) => name === "x-one"),
    'headers.kind === "headers" && headers.headers.some(({ name }) => name === "x-one")',
  );

  const traderKey = Buffer.alloc(33, 2);
  const commitNonce = Buffer.alloc(32, 3);
  const commitHash = createHash("sha256").update(traderKey).update(commitNonce).digest();
  const send = (msg: NonNullable<Parameters<typeof create<typeof ClientAuctionMessageSchema>>[1]>["msg"]) =>
    call.sendMessage(
      toBinary(
        ClientAuctionMessageSchema,
        create(ClientAuctionMessageSchema, msg === undefined ? {} : { msg }),
      ),
    );
  send({ case: "commit", value: { commitHash } });
  const challenge = fromBinary(ServerAuctionMessageSchema, await nextMessage(call));
  assert.equal(challenge.msg.case, "challenge");
  send({ case: "subscribe", value: { traderKey, commitNonce } });
  const success = fromBinary(ServerAuctionMessageSchema, await nextMessage(call));
  assert.equal(success.msg.case, "success");

  call.send({ kind: "half-close" });
  const end = await endOf(call);
  assert.deepEqual([end.code, end.reason], [0, null]);
  assert.ok(
    end.trailers.some(({ name, value }) => name === "x-two" && value === "2"),
    'end.trailers.some(({ name, value }) => name === "x-two" && value === "2")',
  );
  assert.ok(
    !end.trailers.some(({ name }) => name.startsWith("grpc-")),
    '!end.trailers.some(({ name }) => name.startsWith("grpc-"))',
  );
  assert.equal(playground.peer.calls[0]?.cancelled, false);
});

test("a client stream counts its messages, an empty one included", async () => {
  await using playground = await startPlaygroundWithPeer();
  const call = await openCall(playground, "poolrpc.HashMail.SendStream");
  call.send(START);
  for (let index = 0; index < 5; index++) call.sendMessage(letter);
  call.send({ kind: "half-close" });
  assert.ok(
    (await nextMessage(call)).includes("5 received"),
    '(await nextMessage(call)).includes("5 received")',
  );
  assert.equal((await endOf(call)).code, 0);

  const empty = await openCall(playground, "poolrpc.HashMail.SendStream");
  empty.send(START);
  empty.sendMessage(new Uint8Array());
  empty.send({ kind: "half-close" });
  assert.match((await endOf(empty)).message, /descriptor required/);
  assert.equal(playground.peer.calls[1]?.messages[0]?.length, 0);
});

test("THREATS 23: cancel, and a socket that goes away, reach the daemon within a second", async () => {
  await using playground = await startPlaygroundWithPeer();
  for (const leave of [
    (call: CallSocket) => call.send({ kind: "cancel" }),
    (call: CallSocket) => call.socket.close(),
    (call: CallSocket) => call.socket.terminate(),
  ]) {
    await assertWithin(1_000, async () => {
      const call = await openCall(playground, "poolrpc.HashMail.RecvStream");
      call.send(START);
      call.sendMessage(box);
      call.send({ kind: "half-close" });
      await nextMessage(call);
      return timeToCancel(playground.peer, () => leave(call));
    });
  }
});

test("a deadline ends a call, with the reason", async () => {
  await using playground = await startPlaygroundWithPeer();
  const call = await openCall(playground, BIDI);
  call.send({ ...START, deadlineMs: 200 });
  const end = await endOf(call);
  assert.deepEqual([end.code, end.reason], [4, "deadline"]);
});

test("a daemon's error has its text in plain", async () => {
  await using playground = await startPlaygroundWithPeer();
  const call = await openCall(playground, BIDI);
  const text = "kein Zutritt: 100 % für „alle“";
  call.send({
    ...START,
    metadata: [
      { name: "x-peer-error", value: "7" },
      { name: "x-peer-error-message", value: encodeURIComponent(text) },
    ],
  });
  const end = await endOf(call);
  assert.deepEqual([end.code, end.message, end.reason], [7, text, null]);
});

test("frames that are not the protocol end the call with bad-request", async () => {
  await using playground = await startPlaygroundWithPeer();
  const wrong: Readonly<Record<string, (call: CallSocket) => void>> = {
    "no JSON": (call) => call.sendText("start"),
    "another kind": (call) => call.sendText('{"kind":"begin"}'),
    "start without metadata": (call) => call.sendText('{"kind":"start","deadlineMs":null}'),
    "metadata that is none": (call) =>
      call.sendText('{"kind":"start","metadata":[{"name":1}],"deadlineMs":null}'),
    "a deadline that is none": (call) => call.sendText('{"kind":"start","metadata":[],"deadlineMs":1.5}'),
    null: (call) => call.sendText("null"),
    "a message first": (call) => call.sendMessage(letter),
    "half-close first": (call) => call.send({ kind: "half-close" }),
  };
  for (const [name, send] of Object.entries(wrong)) {
    const call = await openCall(playground, BIDI);
    send(call);
    assert.equal((await endOf(call)).reason, "bad-request", name);
  }
  assert.equal(playground.peer.calls.length, 0);
  for (const again of [
    (call: CallSocket) => call.send(START),
    (call: CallSocket) => {
      call.send({ kind: "half-close" });
      call.sendMessage(letter);
    },
  ]) {
    const call = await openCall(playground, "poolrpc.HashMail.SendStream");
    call.send({ ...START, metadata: [{ name: "x-peer-hang", value: "1" }] });
    again(call);
    assert.equal((await endOf(call)).reason, "bad-request");
  }
});

test("credentials and pseudo-headers in start are refused, and nothing is sent", async () => {
  await using playground = await startPlaygroundWithPeer();
  for (const name of ["macaroon", "Authorization", ":path", ":authority", "x y", "x\r\ny", ""]) {
    const call = await openCall(playground, BIDI);
    call.send({ ...START, metadata: [{ name, value: "00" }] });
    assert.equal((await endOf(call)).reason, "bad-request", name);
  }
  const call = await openCall(playground, BIDI);
  call.send({ ...START, metadata: [{ name: "x-note", value: "a\r\nmacaroon: 00" }] });
  assert.equal((await endOf(call)).reason, "bad-request");
  assert.equal(playground.peer.calls.length, 0);
});

test("a message over the limit ends the call in words, and one far over it the socket too", async () => {
  await using playground = await startPlaygroundWithPeer({ limits: { requestBytes: 5_000 } });
  for (const [bytes, code] of [
    [5_001, 1000],
    [20_001, 1009],
  ] as const) {
    const before = playground.peer.calls.length;
    const call = await openCall(playground, "poolrpc.HashMail.SendStream");
    call.send({ ...START, metadata: [{ name: "x-peer-hang", value: "1" }] });
    await playground.peer.waitFor(({ id }) => id > before);
    const closed = new Promise<number>((resolve) => call.socket.on("close", resolve));
    call.sendMessage(new Uint8Array(bytes));
    assert.equal(await closed, code);
    if (code === 1000) assert.equal((await endOf(call)).reason, "too-large");
    await playground.peer.waitFor(({ id, cancelled }) => id > before && cancelled);
    assert.equal(playground.peer.calls[before]?.messages.length, 0);
  }
});

test("a page is told that its message is too long, however long it is", async () => {
  await using playground = await startPlaygroundWithPeer({ limits: { requestBytes: 5_000 } });
  using _page = asPage(playground);
  for (const bytes of [5_001, 20_001]) {
    const request = JSON.stringify({ msg: "00".repeat(bytes) });
    const error = await errorOf(runInPage(playground, { method: "poolrpc.HashMail.SendStream", request }));
    assert.deepEqual([error?.reason, error?.code], ["too-large", 8], error?.message);
  }
});

test("a page that reads slowly holds the daemon back, and gets all in order", async () => {
  const count = 3_000;
  await using playground = await startPlaygroundWithPeer();
  const call = await openCall(playground, "poolrpc.HashMail.RecvStream");
  call.send({
    ...START,
    metadata: [
      { name: "x-peer-messages", value: String(count) },
      { name: "x-peer-reply-bytes", value: "10000" },
    ],
  });
  call.sendMessage(box);
  call.send({ kind: "half-close" });
  await nextMessage(call);
  call.socket.pause();
  const sent = await settled(() => playground.peer.calls[0]?.sent ?? count);
  assert.ok(sent < count / 2, `${sent} of ${count} messages were taken from the daemon`);
  call.socket.resume();
  const rest = await call.rest();
  const numbers = rest
    .filter((item) => Buffer.isBuffer(item))
    .map((item) => Number(Buffer.from(fromBinary(CipherBoxSchema, item).msg).toString()));
  assert.deepEqual(
    numbers,
    Array.from({ length: count - 1 }, (_, index) => index + 1),
  );
  const end = rest.at(-1);
  assert.ok(
    end !== undefined && !Buffer.isBuffer(end) && end.kind === "end" && end.code === 0,
    'end !== undefined && !Buffer.isBuffer(end) && end.kind === "end" && end.code === 0',
  );
});

test("a daemon that reads slowly holds the page back", async () => {
  await using playground = await startPlaygroundWithPeer();
  const call = await openCall(playground, "poolrpc.HashMail.SendStream");
  call.send({ ...START, metadata: [{ name: "x-peer-hang", value: "1" }] });
  const big = new Uint8Array(500_000);
  for (let index = 0; index < 60; index++) call.sendMessage(big);
  await playground.peer.waitFor(() => true);
  await heldBack(call);
  const waiting = call.socket.bufferedAmount;
  assert.ok(waiting > 5_000_000, `${waiting} bytes wait at the page`);
  call.socket.terminate();
});

test("THREATS 23: a page that goes away while the daemon holds it back is noticed within a second", async () => {
  await using playground = await startPlaygroundWithPeer();
  for (const leave of ["close", "terminate"] as const) {
    await assertWithin(1_000, async () => {
      const before = playground.peer.calls.length;
      const call = await openCall(playground, "poolrpc.HashMail.SendStream");
      call.send({ ...START, metadata: [{ name: "x-peer-hang", value: "1" }] });
      const big = new Uint8Array(500_000);
      for (let index = 0; index < 60; index++) call.sendMessage(big);
      await playground.peer.waitFor(({ id }) => id > before);
      await heldBack(call);
      return timeToCancel(playground.peer, () => {
        if (leave === "terminate") call.socket.terminate();
        // What closing a tab does to a socket whose data still waits.
        else (call.socket as unknown as { _socket: Socket })._socket.destroy();
      });
    });
  }
});

test("THREATS 23: a page that goes away while it holds the daemon back is noticed within a second", async () => {
  await using playground = await startPlaygroundWithPeer();
  await assertWithin(1_000, async () => {
    const call = await openCall(playground, "poolrpc.HashMail.RecvStream");
    call.send({
      ...START,
      metadata: [
        { name: "x-peer-messages", value: "3000" },
        { name: "x-peer-reply-bytes", value: "10000" },
      ],
    });
    call.sendMessage(box);
    await nextMessage(call);
    call.socket.pause();
    const seen = playground.peer.calls.at(-1);
    await settled(() => seen?.sent ?? 0);
    return timeToCancel(playground.peer, () => call.socket.terminate());
  });
});

test("a page that goes away without a word, on a call where nobody speaks, is noticed by its silence", async () => {
  const socketPingMs = 200;
  await using playground = await startPlaygroundWithPeer({ limits: { socketPingMs } });
  const call = await openCall(playground, BIDI);
  let pings = 0;
  call.socket.on("ping", () => pings++);
  call.send(START);
  await playground.peer.waitFor(() => true);
  await until(() => pings >= 4);
  assert.equal(playground.peer.calls[0]?.cancelled, false, "a page that answers is left alone");
  await assertWithin(2 * socketPingMs + 300, () =>
    // Its connection stays open, and nobody is there to read it.
    timeToCancel(playground.peer, () => call.socket.pause()),
  );
});

test("a page that is slow to read what waits for it is not taken for one that has gone", async () => {
  await using playground = await startPlaygroundWithPeer({ limits: { socketPingMs: 1_000 } });
  const call = await openCall(playground, "poolrpc.HashMail.RecvStream");
  call.send({
    ...START,
    metadata: [
      { name: "x-peer-messages", value: "3000" },
      { name: "x-peer-reply-bytes", value: "10000" },
    ],
  });
  call.sendMessage(box);
  await nextMessage(call);
  call.socket.pause();
  const seen = playground.peer.calls[0];
  // Longer than from one ping to the next but one.
  await settled(() => seen?.sent ?? 0, 2_500);
  assert.equal(seen?.cancelled, false);
  call.socket.terminate();
});

test("a socket counts as a call in flight", async () => {
  await using playground = await startPlaygroundWithPeer({ limits: { callsInFlight: 1 } });
  const first = await openCall(playground, BIDI);
  first.send(START);
  await playground.peer.waitFor(() => true);
  const second = await openCall(playground, BIDI);
  second.send(START);
  const end = await endOf(second);
  assert.deepEqual([end.reason, end.code], ["busy", 8]);
  first.send({ kind: "cancel" });
  assert.equal((await endOf(first)).reason, "cancelled");
  const third = await openCall(playground, BIDI);
  third.send(START);
  third.send({ kind: "half-close" });
  assert.equal((await endOf(third)).code, 0);
});

test("a unary call works over a socket too", async () => {
  await using playground = await startPlaygroundWithPeer();
  const call = await openCall(playground, "poolrpc.Trader.GetInfo");
  call.send(START);
  call.sendMessage(new Uint8Array());
  call.send({ kind: "half-close" });
  assert.ok((await nextMessage(call)).length > 0, "(await nextMessage(call)).length > 0");
  assert.equal((await endOf(call)).code, 0);
});
