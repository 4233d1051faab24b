import assert from "node:assert/strict";
import { once } from "node:events";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type Client, Code, ConnectError, createClient } from "@connectrpc/connect";
import { HashMail } from "../../gen/auctioneerrpc/hashmail_pb.ts";
import { DEMO_STREAM_ID } from "../../sandbox/auctioneer/demo-mailbox.ts";
import { registerHashMail } from "../../sandbox/services/hash-mail.ts";
import { assertWithin, until } from "../support/until.ts";
import { type AuctioneerServer, startAuctioneer } from "./auctioneer-server.ts";

const RECV = "poolrpc.HashMail.RecvStream";
const demo = { streamId: Buffer.from(DEMO_STREAM_ID, "hex") };
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

async function failure(run: Promise<unknown>): Promise<readonly [Code, string]> {
  const error = await run.then(
    () => assert.fail("the call did not fail"),
    (cause: unknown) => ConnectError.from(cause),
  );
  return [error.code, error.rawMessage];
}

describe("the sandbox's HashMail", () => {
  let server: AuctioneerServer;
  let mail: Client<typeof HashMail>;
  let boxes = 0;
  before(async () => {
    server = await startAuctioneer(registerHashMail);
    mail = createClient(HashMail, server.connect());
  });
  after(() => server.stop());

  const auth = { case: "sidecarAuth", value: { ticket: "sidecar1test" } } as const;
  async function newBox() {
    boxes += 1;
    const desc = { streamId: Buffer.alloc(64, boxes) };
    await mail.newCipherBox({ desc, auth });
    return desc;
  }
  /** A reader that has its place: it has read a message. */
  async function readerOf(desc: { streamId: Uint8Array }, signal = new AbortController().signal) {
    const reader = mail.recvStream(desc, { signal })[Symbol.asyncIterator]();
    const first = reader.next();
    await mail.sendStream(boxesOf(desc, ["for whoever reads"]));
    assert.equal(text((await first).value?.msg), "for whoever reads");
    return reader;
  }
  const isOccupied = (cause: unknown) => ConnectError.from(cause).rawMessage === "write stream occupied";
  async function* boxesOf(desc: { streamId: Uint8Array }, messages: readonly string[]) {
    for (const message of messages) yield { desc, msg: Buffer.from(message) };
  }

  test("letters of the demo mailbox come at once and then one a second, and stop with the reader", async () => {
    server.ledger.mineBlock();
    const begun = performance.now();
    const abort = new AbortController();
    const letters: { letter: number; block_height: number }[] = [];
    const times: number[] = [];
    const reading = (async () => {
      for await (const box of mail.recvStream(demo, { signal: abort.signal })) {
        letters.push(JSON.parse(text(box.msg)));
        times.push(performance.now() - begun);
        if (letters.length === 3) abort.abort();
      }
    })();
    assert.equal((await failure(reading))[0], Code.Canceled);
    assert.deepEqual(
      letters.map((each) => each.letter),
      [1, 2, 3],
    );
    assert.equal(letters[0]?.block_height, server.ledger.height());
    // From the start of reading, so that a letter that was held up on its way does not count as a short pause.
    const [, second = 0, third = 0] = times;
    assert.ok(second > 950 && third > 1_950, `the letters came after ${times} ms`);
    // Two seconds, and what a busy machine may add; a longer pause than the promised one shows all the same.
    assert.ok(third < 6_000, `the letters came after ${times} ms`);
    await server.finished(RECV);
    await assertWithin(900, async () => {
      const abort = new AbortController();
      const from = performance.now();
      const first = mail.recvStream(demo, { signal: abort.signal })[Symbol.asyncIterator]();
      await first.next();
      const took = performance.now() - from;
      abort.abort();
      await server.finished(RECV);
      return took;
    });
    await sleep(1_200);
    const abortAgain = new AbortController();
    const again = mail.recvStream(demo, { signal: abortAgain.signal })[Symbol.asyncIterator]();
    const next = JSON.parse(text((await again.next()).value.msg));
    assert.equal(next.letter, 1, "letters were written while nobody read");
    abortAgain.abort();
    await server.finished(RECV);
  });

  test("a cancel is logged within 50 ms and frees the reader's place", async () => {
    await assertWithin(50, async () => {
      const abort = new AbortController();
      const reading = mail.recvStream(demo, { signal: abort.signal })[Symbol.asyncIterator]();
      await reading.next();
      const cancelledAt = performance.now();
      abort.abort();
      const line = await server.finished(RECV);
      assert.deepEqual([line.cancelled, line.code], [true, Code.Canceled]);
      await reading.next().catch(() => undefined);
      return line.at - cancelledAt;
    });
  });

  test("what was sent is read in order, and the box outlives its writer", async () => {
    const desc = await newBox();
    const sent = Array.from({ length: 20 }, (_, index) => `message ${index}`);
    const receipt = await mail.sendStream(boxesOf(desc, sent));
    assert.deepEqual(Buffer.from(receipt.streamId), desc.streamId);
    await mail.sendStream(boxesOf(desc, ["by another writer"]));
    const read: string[] = [];
    for await (const box of mail.recvStream(desc)) {
      read.push(text(box.msg));
      if (read.length === 21) break;
    }
    assert.deepEqual(read, [...sent, "by another writer"]);
  });

  test("a full box holds its writer back until something is read", async () => {
    const desc = await newBox();
    const sent = Array.from({ length: 40 }, (_, index) => String(index));
    let finished = false;
    const sending = mail.sendStream(boxesOf(desc, sent)).then(() => {
      finished = true;
    });
    await sleep(200);
    assert.equal(finished, false);
    const read: string[] = [];
    for await (const box of mail.recvStream(desc)) {
      read.push(text(box.msg));
      if (read.length === sent.length) break;
    }
    await sending;
    assert.deepEqual(read, sent);
  });

  test("a second reader and a second writer are refused, a patient one is not", async () => {
    const desc = await newBox();
    const abort = new AbortController();
    const first = await readerOf(desc, abort.signal);
    const waiting = first.next().catch(() => undefined);
    const second = () => mail.recvStream(desc)[Symbol.asyncIterator]().next();
    assert.deepEqual(await failure(second()), [Code.Unknown, "read stream occupied"]);

    const hold = new AbortController();
    const writing = mail.sendStream(
      (async function* () {
        yield { desc, msg: Buffer.from("held") };
        await once(hold.signal, "abort");
      })(),
    );
    await waiting;
    const from = performance.now();
    assert.deepEqual(await failure(mail.sendStream(boxesOf(desc, ["x"]))), [
      Code.Unknown,
      "write stream occupied",
    ]);
    assert.ok(performance.now() - from > 200, "it was refused without waiting for the first to leave");
    const patient = mail.sendStream(boxesOf(desc, ["after a short wait"]));
    hold.abort();
    await patient;
    await writing;
    abort.abort();
  });

  test("removing a box ends its reader", async () => {
    const desc = await newBox();
    const reading = failure((await readerOf(desc)).next());
    await mail.delCipherBox({ desc, auth });
    assert.deepEqual(await reading, [Code.Unknown, "EOF"]);
    assert.deepEqual(await failure(mail.delCipherBox({ desc, auth })), [Code.Unknown, "stream not found"]);
  });

  test("removing a box ends a writer that waits for room", async () => {
    const desc = await newBox();
    const write = () => failure(mail.sendStream(boxesOf(desc, new Array<string>(40).fill("x"))));
    let ended = write();
    // A second writer is refused once the first has its place. One that came before it has the first refused, and
    // leaves again at once.
    await until(async () => {
      const second = mail.sendStream(boxesOf(desc, ["y"])).then(() => false, isOccupied);
      const firstEnded = await Promise.race([ended.then(() => true), second.then(() => false)]);
      if (firstEnded) ended = write();
      return !firstEnded && (await second);
    });
    await mail.delCipherBox({ desc, auth });
    assert.deepEqual(await ended, [Code.Unknown, "io: read/write on closed pipe"]);
  });

  test("the demo mailbox is there again after it was removed", async () => {
    await mail.delCipherBox({ desc: demo, auth });
    assert.deepEqual(await failure(mail.newCipherBox({ desc: demo, auth })), [
      Code.AlreadyExists,
      "stream already active",
    ]);
  });

  const nowhere = { streamId: Buffer.from("nowhere") };
  const refusals = [
    [
      "an unknown box read",
      () => mail.recvStream(nowhere)[Symbol.asyncIterator]().next(),
      "stream not found",
    ],
    ["an unknown box written", () => mail.sendStream(boxesOf(nowhere, ["x"])), "stream not found"],
    ["a message without a box", () => mail.sendStream(noBox()), "cipher box descriptor required"],
    ["a stream without messages", () => mail.sendStream(boxesOf(nowhere, [])), "EOF"],
    ["a new box without an id", () => mail.newCipherBox({ desc: {}, auth }), "stream_id required"],
    ["a new box without a name", () => mail.newCipherBox({ auth }), "cipher box descriptor required"],
    ["a new box without credentials", () => mail.newCipherBox({ desc: nowhere }), "auth type required"],
  ] as const;
  for (const [what, run, message] of refusals) {
    test(`refuses ${what}`, async () => {
      assert.deepEqual(await failure(run()), [Code.Unknown, message]);
    });
  }
});

async function* noBox() {
  yield { msg: Buffer.from("x") };
}
