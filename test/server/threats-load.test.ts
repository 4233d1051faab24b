import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fromBinary } from "@bufbuild/protobuf";
import { CipherBoxSchema } from "../../gen/auctioneerrpc/hashmail_pb.ts";
import { FrameSplitter, messagesOf } from "../../server/bridge/frames.ts";
import { startPeer } from "../support/peer/start-peer.ts";
import { settled } from "../support/until.ts";
import { openCall } from "./support/call-socket.ts";
import { callHeaders, callWeb, rpcUrl } from "./support/grpc-web.ts";
import { peerAsSandbox, startPlayground, temporaryFolder } from "./support/playground.ts";
import { type PlaygroundProcess, startPlaygroundProcess } from "./support/playground-process.ts";

const STREAM = "poolrpc.HashMail.RecvStream";
const METHOD = "poolrpc.Trader.GetInfo";

describe("THREATS 24: a stream of 100,000 messages to a slow reader", () => {
  const COUNT = 100_000;
  /** 100 MB in all: more than may be held. */
  const ASKED = { "x-peer-messages": String(COUNT), "x-peer-reply-bytes": "1000" };

  /** Reads with pauses, and gives the numbers in the messages and the most memory that the server took meanwhile. */
  async function readSlowly(
    playground: PlaygroundProcess,
    sent: () => number,
    read: () => Promise<readonly Buffer[] | null>,
  ) {
    const before = (await playground.figures()).memory;
    const numbers: number[] = [];
    const take = (messages: readonly Buffer[]) => {
      for (const message of messages) {
        numbers.push(Number(Buffer.from(fromBinary(CipherBoxSchema, message).msg).toString()));
      }
    };
    take((await read()) ?? []);
    // As slow as can be: everything in between is full.
    const taken = await settled(sent);
    assert.ok(taken < COUNT / 2, `${taken} messages were taken from the daemon that nobody read`);
    let most = (await playground.figures()).memory;
    for (let parts = 1; ; parts++) {
      const messages = await read();
      if (messages === null) break;
      take(messages);
      if (parts % 50 === 0) {
        await sleep(5);
        most = Math.max(most, (await playground.figures()).memory);
      }
    }
    assert.equal(numbers.length, COUNT);
    assert.ok(
      numbers.every((number, at) => number === at),
      "they come in their order",
    );
    assert.ok(most - before <= 50, `${Math.round(before)} MiB became ${Math.round(most)}`);
  }

  test("THREATS 24: over HTTP: memory grows by 50 MB at most, and the order is kept", async () => {
    using folder = temporaryFolder();
    await using peer = await startPeer({ dir: folder.path });
    await using playground = await startPlaygroundProcess([peerAsSandbox(peer)]);
    for (let warm = 0; warm < 20; warm++) await callWeb(playground, METHOD);
    const response = await fetch(rpcUrl(playground.origin, STREAM), {
      method: "POST",
      headers: callHeaders(playground, ASKED),
      body: new Uint8Array(5),
    });
    const body = response.body?.getReader();
    const splitter = new FrameSplitter(1 << 20);
    const read = async () => {
      const piece = await body?.read();
      if (piece === undefined || piece.done) return null;
      const { whole } = splitter.push(Buffer.from(piece.value));
      return whole === null ? [] : [...messagesOf(whole)];
    };
    await readSlowly(playground, () => peer.calls.at(-1)?.sent ?? 0, read);
  });

  test("THREATS 24: over a socket: memory grows by 50 MB at most, and the order is kept", async () => {
    using folder = temporaryFolder();
    await using peer = await startPeer({ dir: folder.path });
    await using playground = await startPlaygroundProcess([peerAsSandbox(peer)]);
    for (let warm = 0; warm < 20; warm++) await callWeb(playground, METHOD);
    const call = await openCall(playground, STREAM);
    const metadata = Object.entries(ASKED).map(([name, value]) => ({ name, value }));
    call.send({ kind: "start", metadata, deadlineMs: null });
    call.sendMessage(new Uint8Array());
    call.send({ kind: "half-close" });
    let item = await call.next();
    while (item !== undefined && !Buffer.isBuffer(item)) item = await call.next();
    call.socket.pause();
    let first: Buffer | undefined = item;
    const read = async () => {
      if (first !== undefined) {
        const messages = [first];
        first = undefined;
        return messages;
      }
      call.socket.resume();
      const messages: Buffer[] = [];
      while (messages.length < 100) {
        const next = await call.next();
        if (next === undefined || !Buffer.isBuffer(next)) return messages.length === 0 ? null : messages;
        messages.push(next);
      }
      call.socket.pause();
      return messages;
    };
    await readSlowly(playground, () => peer.calls.at(-1)?.sent ?? 0, read);
  });
});

describe("THREATS 25: fifty clients at once", () => {
  const CLIENTS = 50;

  /**
   * Each client calls again and again until the time is over, and each reply must be the one to its own call. A call
   * that is told `busy` was not sent, so the client tries it again, a write as well as a read.
   */
  async function hammer(
    playground: { readonly origin: string; readonly cookie: string },
    forMs: number,
    delayMs: number,
  ) {
    const counts = { answered: 0, busy: 0, lost: 0 };
    const until = performance.now() + forMs;
    const client = async (_: unknown, id: number) => {
      for (let call = 0; performance.now() < until; call++) {
        const name = `${id}-${call}`;
        const result = await callWeb(playground, METHOD, undefined, {
          "x-peer-echo": "1",
          "x-peer-delay-ms": String(delayMs),
          "x-call": name,
        });
        if (result.reason === "busy" && result.outcome === "not-sent") {
          counts.busy++;
          await sleep(delayMs);
        } else if (result.code === 0 && result.messages.length === 1) {
          if (result.headers.get("x-echo-x-call") === name) counts.answered++;
          else counts.lost++;
        } else counts.lost++;
      }
    };
    await Promise.all(Array.from({ length: CLIENTS }, client));
    return counts;
  }

  test("THREATS 25: fifty in flight for 60 s, where so many are allowed: none lost, none refused", async () => {
    using folder = temporaryFolder();
    await using peer = await startPeer({ dir: folder.path });
    // A place becomes free a moment after its reply has arrived.
    await using playground = await startPlayground([peerAsSandbox(peer)], { limits: { callsInFlight: 64 } });
    const { answered, busy, lost } = await hammer(playground, 60_000, 250);
    assert.deepEqual({ busy, lost }, { busy: 0, lost: 0 });
    assert.ok(answered > 50 * 60, `${answered} calls`);
    assert.equal(peer.calls.length, answered);
  });

  test("THREATS 25: where 32 are allowed the others are told that it is busy, and nothing of theirs was sent", async () => {
    using folder = temporaryFolder();
    await using peer = await startPeer({ dir: folder.path });
    await using playground = await startPlayground([peerAsSandbox(peer)]);
    const { answered, busy, lost } = await hammer(playground, 3_000, 100);
    assert.equal(lost, 0);
    assert.ok(busy > 0, "some were told");
    assert.ok(answered > 100, `${answered} calls`);
    assert.equal(peer.calls.length, answered);
  });
});
