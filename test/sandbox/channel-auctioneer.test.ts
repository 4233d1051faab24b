import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { create, equals, type MessageInitShape } from "@bufbuild/protobuf";
import { type Client, Code, ConnectError, createClient } from "@connectrpc/connect";
import {
  type BatchSnapshotResponse,
  BatchSnapshotResponseSchema,
  ChannelAuctioneer,
  ClientAuctionMessageSchema,
  OrderState,
  type ServerAuctionMessage,
  SubscribeError_Error,
} from "../../gen/auctioneerrpc/auctioneer_pb.ts";
import { accountOutputOf } from "../../sandbox/auctioneer/account-keys.ts";
import {
  DEMO_AUTH_SIG,
  DEMO_BATCH_VERSION,
  DEMO_COMMIT_HASH,
  DEMO_COMMIT_NONCE,
  DEMO_ORDER_NONCE,
  DEMO_ORDER_PREIMAGE,
  DEMO_TRADER_KEY,
} from "../../sandbox/auctioneer/demo-subscription.ts";
import { publicKey, toHex } from "../../sandbox/ledger/keys.ts";
import { registerChannelAuctioneer } from "../../sandbox/services/channel-auctioneer.ts";
import { settled, until } from "../support/until.ts";
import { type AuctioneerServer, startAuctioneer } from "./auctioneer-server.ts";

const STREAM = "poolrpc.ChannelAuctioneer.SubscribeBatchAuction";
const hex = (text: string) => Buffer.from(text, "hex");
const sha256 = (...parts: Uint8Array[]) => createHash("sha256").update(Buffer.concat(parts)).digest();
const same = (actual: Uint8Array, expected: Uint8Array) =>
  assert.equal(Buffer.from(actual).toString("hex"), Buffer.from(expected).toString("hex"));

async function failure(run: Promise<unknown>): Promise<readonly [Code, string]> {
  const error = await run.then(
    () => assert.fail("the call did not fail"),
    (cause: unknown) => ConnectError.from(cause),
  );
  return [error.code, error.rawMessage];
}

type ClientMsg = NonNullable<MessageInitShape<typeof ClientAuctionMessageSchema>["msg"]>;
type ServerMsg = ServerAuctionMessage["msg"];

/** A stream that is talked on by hand. */
class Talk {
  readonly #abort = new AbortController();
  readonly #outgoing: (ClientMsg | null)[] = [];
  #more = () => {};
  readonly #replies: AsyncIterator<ServerAuctionMessage>;

  constructor(
    auctioneer: Client<typeof ChannelAuctioneer>,
    method: "subscribeBatchAuction" | "subscribeSidecar",
  ) {
    const stream = auctioneer[method](this.#requests(), { signal: this.#abort.signal });
    this.#replies = stream[Symbol.asyncIterator]();
  }

  async *#requests() {
    for (;;) {
      while (this.#outgoing.length === 0) {
        await new Promise<void>((resolve) => {
          this.#more = resolve;
        });
      }
      const msg = this.#outgoing.shift();
      if (msg == null) return;
      yield create(ClientAuctionMessageSchema, { msg });
    }
  }

  say(msg: ClientMsg | null): void {
    this.#outgoing.push(msg);
    this.#more();
  }

  /** The next message, which has to be of this kind. */
  async hear<K extends Exclude<ServerMsg["case"], undefined>>(
    kind: K,
  ): Promise<Extract<ServerMsg, { case: K }>["value"]> {
    const next = await this.#replies.next();
    assert.ok(!next.done, "the stream ended");
    const { msg } = next.value;
    assert.equal(
      msg.case,
      kind,
      JSON.stringify(msg, (_, value) => (typeof value === "bigint" ? `${value}` : value)),
    );
    return (msg as { readonly value: unknown }).value as never;
  }

  async ended(): Promise<void> {
    assert.equal((await this.#replies.next()).done, true);
  }

  async cancel(): Promise<void> {
    this.#abort.abort();
    await this.#replies.next().catch(() => undefined);
  }
}

const commit: ClientMsg = {
  case: "commit",
  value: { commitHash: hex(DEMO_COMMIT_HASH), batchVersion: DEMO_BATCH_VERSION },
};
const subscribe: ClientMsg = {
  case: "subscribe",
  value: {
    traderKey: hex(DEMO_TRADER_KEY),
    commitNonce: hex(DEMO_COMMIT_NONCE),
    authSig: hex(DEMO_AUTH_SIG),
  },
};

test("the worked example fits together", () => {
  same(sha256(hex(DEMO_TRADER_KEY), hex(DEMO_COMMIT_NONCE)), hex(DEMO_COMMIT_HASH));
  same(sha256(hex(DEMO_ORDER_PREIMAGE)), hex(DEMO_ORDER_NONCE));
});

describe("the sandbox's ChannelAuctioneer", () => {
  let server: AuctioneerServer;
  let auctioneer: Client<typeof ChannelAuctioneer>;
  before(async () => {
    server = await startAuctioneer(registerChannelAuctioneer);
    auctioneer = createClient(ChannelAuctioneer, server.connect());
  });
  after(() => server.stop());
  const talk = (method: "subscribeBatchAuction" | "subscribeSidecar" = "subscribeBatchAuction") =>
    new Talk(auctioneer, method);

  test("a batch from commit to finalize, after a rejected one", async () => {
    const stream = talk();
    stream.say(commit);
    const challenge = await stream.hear("challenge");
    same(challenge.commitHash, hex(DEMO_COMMIT_HASH));
    assert.equal(challenge.challenge.length, 32);
    const subscribedAt = performance.now();
    stream.say(subscribe);
    same((await stream.hear("success")).traderKey, hex(DEMO_TRADER_KEY));

    const rejected = await stream.hear("prepare");
    assert.ok(performance.now() - subscribedAt > 800, "the batch did not wait");
    stream.say({ case: "reject", value: { batchId: rejected.batchId, reason: "not now" } });
    const batch = await stream.hear("prepare");
    same(batch.batchId, rejected.batchId);

    stream.say({ case: "accept", value: { batchId: batch.batchId } });
    const sign = await stream.hear("sign");
    same(sign.batchId, batch.batchId);
    assert.equal(sign.serverNonces[DEMO_TRADER_KEY]?.length, 66);
    stream.say({ case: "sign", value: { batchId: batch.batchId } });
    const final = await stream.hear("finalize");
    same(final.batchTxid, sha256(sha256(batch.batchTransaction)));

    stream.say(null);
    await stream.ended();
    const line = await server.finished(STREAM);
    assert.deepEqual([line.code, line.cancelled], [0, false]);
  });

  test("the prepared batch adds up", async () => {
    const stream = talk();
    stream.say(commit);
    await stream.hear("challenge");
    stream.say(subscribe);
    await stream.hear("success");
    stream.say({ case: "recover", value: { traderKey: hex(DEMO_TRADER_KEY) } });
    const account = await stream.hear("account");
    const batch = await stream.hear("prepare");
    stream.say({ case: "accept", value: { batchId: batch.batchId } });
    const { prevOutputs } = await stream.hear("sign");
    await stream.cancel();

    same(sha256(sha256(account.latestTx)), account.outpoint?.txid ?? Buffer.alloc(0));
    const [blocks, market] = Object.entries(batch.matchedMarkets)[0] ?? assert.fail("no market");
    const matched = Object.values(market.matchedOrders)[0]?.matchedAsks[0] ?? assert.fail("no match");
    const amount = BigInt(matched.unitsFilled) * 100_000n;
    const premium = (amount * BigInt(market.clearingPriceRate) * BigInt(blocks)) / 1_000_000_000n;
    const fee = batch.executionFee ?? assert.fail("no execution fee");
    const execution = fee.baseFee + (amount * fee.feeRate) / 1_000_000n;
    // One Taproot input, one account output and half a channel output, in weight units.
    const chain = (batch.feeRateSatPerKw * BigInt((41 + 43 + 22) * 4 + 66)) / 1_000n;
    const diff = batch.chargedAccounts[0] ?? assert.fail("no account");
    assert.equal(diff.endingBalance, account.value - premium - execution - chain);
    assert.ok(
      (matched.ask?.details?.rateFixed ?? 0) <= market.clearingPriceRate,
      "(matched.ask?.details?.rateFixed ?? 0) <= market.clearingPriceRate",
    );
    assert.equal(batch.clearingPriceRate, 0, "a deprecated field is filled");
    assert.equal(batch.batchVersion, DEMO_BATCH_VERSION);
    assert.equal(batch.batchHeightHint, server.ledger.height());

    const transaction = readTransaction(batch.batchTransaction);
    assert.equal(transaction.outputs[diff.outpointIndex], diff.endingBalance);
    assert.ok(transaction.outputs.includes(amount), "no output funds the channel");
    assert.equal(transaction.inputs, prevOutputs.length);
    const spent = prevOutputs.reduce((sum, { value }) => sum + value, 0n);
    const created = transaction.outputs.reduce((sum, value) => sum + value, 0n);
    assert.ok(
      prevOutputs.some(({ value }) => value === account.value),
      "prevOutputs.some(({ value }) => value === account.value)",
    );
    assert.ok(spent - created >= 2n * chain, "the transaction pays no fee");
  });

  test("refuses in the protocol's own words and keeps the stream open", async () => {
    const stream = talk();
    const error = async () => (await stream.hear("error")).error;
    stream.say({ case: "commit", value: { commitHash: hex(DEMO_COMMIT_HASH), batchVersion: 99 } });
    assert.equal(await error(), "unknown batch version 99");
    stream.say({ case: "commit", value: { commitHash: hex("abcd"), batchVersion: DEMO_BATCH_VERSION } });
    assert.equal(await error(), "commit hash must be 32 bytes, got 2");
    stream.say(subscribe);
    assert.match(await error(), /^no commitment/);
    stream.say({ case: "accept", value: { batchId: Buffer.alloc(33) } });
    assert.equal(await error(), "no batch waits for accept");
    stream.say({ case: undefined } as unknown as ClientMsg);
    assert.equal(await error(), "the message has no content");
    stream.say({ case: "recover", value: { traderKey: hex(DEMO_TRADER_KEY) } });
    assert.equal(await error(), "account is not subscribed on this stream");
    stream.say(commit);
    await stream.hear("challenge");
    stream.say({
      case: "subscribe",
      value: { traderKey: hex(DEMO_TRADER_KEY), commitNonce: hex(DEMO_COMMIT_NONCE) },
    });
    assert.equal(await error(), "the signature of the challenge is missing");
    stream.say(subscribe);
    await stream.hear("success");
    await stream.cancel();
  });

  test("an account that it does not know, and one that is only reserved", async () => {
    const stream = talk();
    const nonce = Buffer.alloc(32, 7);
    const authSig = Buffer.from([1]);
    const stranger = publicKey("stranger", 0);
    const announce = async () => {
      stream.say({ case: "commit", value: { commitHash: sha256(stranger, nonce), batchVersion: 58 } });
      await stream.hear("challenge");
      stream.say({ case: "subscribe", value: { traderKey: stranger, commitNonce: nonce, authSig } });
      return stream.hear("error");
    };
    assert.equal((await announce()).errorCode, SubscribeError_Error.ACCOUNT_DOES_NOT_EXIST);
    const request = {
      accountValue: 400_000n,
      accountExpiry: server.ledger.height() + 1_000,
      traderKey: stranger,
    };
    const reserved = await auctioneer.reserveAccount({ ...request, version: 1 });
    same(reserved.auctioneerKey, server.ledger.auctioneerKey);
    const incomplete = await announce();
    assert.equal(incomplete.errorCode, SubscribeError_Error.INCOMPLETE_ACCOUNT_RESERVATION);
    assert.equal(incomplete.accountReservation?.value, 400_000n);
    const { accountExpiry: expiry, traderKey } = request;
    const terms = { traderKey, expiry, version: 1, batchKey: reserved.initialBatchKey };
    const funding = {
      accountPoint: { txid: Buffer.alloc(32, 1) },
      accountScript: accountOutputOf(terms).script,
      version: 1,
    };
    const wrong = [
      [{ version: 0 }, "account parameters differ from the reservation"],
      [
        { accountScript: Buffer.alloc(34) },
        `account script must be ${toHex(funding.accountScript)} for these keys and this expiry`,
      ],
    ] as const;
    for (const [change, reason] of wrong) {
      assert.deepEqual(await failure(auctioneer.initAccount({ ...request, ...funding, ...change })), [
        Code.Unknown,
        reason,
      ]);
    }
    await auctioneer.initAccount({ ...request, ...funding });
    const unsigned = await announce();
    assert.equal(unsigned.error, "the signature of the challenge is not the account's");
    await stream.cancel();
  });

  test("an account of the ledger is offered a match for its own open order", async () => {
    const { ledger } = server;
    const open = ledger.orders().filter(({ state }) => state === OrderState.ORDER_SUBMITTED);
    const traderKey = open[0]?.traderKey ?? assert.fail("the ledger has no open order");
    const [stream, nonce, authSig] = [talk(), Buffer.alloc(32, 4), Buffer.from([1])];
    stream.say({ case: "commit", value: { commitHash: sha256(traderKey, nonce), batchVersion: 11 } });
    await stream.hear("challenge");
    stream.say({ case: "subscribe", value: { traderKey, commitNonce: nonce, authSig } });
    await stream.hear("success");
    const batch = await stream.hear("prepare");
    await stream.cancel();
    const matched = Object.entries(batch.matchedMarkets).flatMap(([blocks, market]) =>
      Object.keys(market.matchedOrders).map((own) => ({ own, blocks: Number(blocks) })),
    );
    assert.equal(matched.length, 1);
    const order = ledger.findOrder(hex(matched[0]?.own ?? ""));
    assert.equal(order?.leaseDuration, matched[0]?.blocks);
    same(order?.traderKey ?? Buffer.alloc(0), traderKey);
    same(batch.chargedAccounts[0]?.traderKey ?? Buffer.alloc(0), traderKey);
    assert.equal(batch.batchVersion, 11);
  });

  test("a sidecar's recipient needs no account and is charged nothing", async () => {
    const stream = talk("subscribeSidecar");
    const [key, nonce] = [Buffer.from([3, ...Buffer.alloc(32, 5)]), Buffer.alloc(32, 6)];
    stream.say({ case: "commit", value: { commitHash: sha256(key, nonce), batchVersion: 0 } });
    await stream.hear("challenge");
    stream.say({
      case: "subscribe",
      value: { traderKey: key, commitNonce: nonce, authSig: Buffer.from([1]) },
    });
    await stream.hear("success");
    const batch = await stream.hear("prepare");
    assert.deepEqual(batch.chargedAccounts, []);
    assert.equal(Object.keys(batch.matchedMarkets).length, 1);
    stream.say({ case: "accept", value: { batchId: batch.batchId } });
    assert.deepEqual((await stream.hear("sign")).serverNonces, {});
    await stream.cancel();
  });

  test("a cancelled stream is logged as such", async () => {
    const stream = talk();
    stream.say(commit);
    await stream.hear("challenge");
    // The streams that other tests cancelled may still be on their way to the log.
    const lines = () => server.calls.filter(({ method }) => method === STREAM).length;
    const begun = await settled(lines);
    await stream.cancel();
    await until(lines, (count) => count > begun);
    const line = server.calls.findLast(({ method }) => method === STREAM);
    assert.equal(line?.cancelled, true);
  });

  test("terms, markets and ratings are the ledger's", async () => {
    assert.deepEqual(await auctioneer.terms({}), server.ledger.terms());
    const { markets } = await auctioneer.marketInfo({});
    assert.deepEqual(Object.keys(markets), Object.keys(server.ledger.marketInfo()));
    const { nodeRatings } = await auctioneer.nodeRating({ nodePubkeys: [server.ledger.nodeKey] });
    assert.deepEqual(nodeRatings, [server.ledger.nodeRating(server.ledger.nodeKey)]);
  });

  test("batches by id, the newest without one, and a run back in time", async () => {
    const batches = server.ledger.batches();
    const [newest, second] = batches;
    assert.deepEqual(await failure(auctioneer.batchSnapshot({ batchId: Buffer.alloc(33, 9) })), [
      Code.Unknown,
      "batch snapshot not found",
    ]);
    assert.ok(newest && second, "the ledger has too few batches");
    const shows = (actual: readonly BatchSnapshotResponse[], expected: readonly BatchSnapshotResponse[]) => {
      assert.equal(actual.length, expected.length);
      actual.forEach((batch, index) => {
        assert.ok(
          equals(BatchSnapshotResponseSchema, batch, expected[index] ?? assert.fail()),
          "equals(BatchSnapshotResponseSchema, batch, expected[index] ?? assert.fail())",
        );
      });
    };
    shows((await auctioneer.batchSnapshots({ numBatchesBack: 100 })).batches, batches);
    shows([await auctioneer.batchSnapshot({})], [newest]);
    shows([await auctioneer.batchSnapshot({ batchId: Buffer.alloc(33) })], [newest]);
    shows([await auctioneer.batchSnapshot({ batchId: second.batchId })], [second]);
    const run = await auctioneer.batchSnapshots({ startBatchId: second.batchId, numBatchesBack: 1 });
    shows(run.batches, [second]);
  });

  test("the part of a batch that concerns an account", async () => {
    const record = server.ledger.world.state.batches.find(({ leases }) => leases.length > 0);
    assert.ok(record, "no batch of the ledger has a lease");
    const { traderKey, lease } = record.leases[0] ?? assert.fail();
    const id = record.snapshot.batchId;
    const relevant = await auctioneer.relevantBatchSnapshot({ id, accounts: [traderKey] });
    same(relevant.chargedAccounts[0]?.traderKey ?? Buffer.alloc(0), traderKey);
    same(relevant.transaction, record.snapshot.batchTx);
    const market = relevant.matchedMarkets[lease.channelDurationBlocks] ?? assert.fail("no market");
    const matched =
      market.matchedOrders[Buffer.from(lease.orderNonce).toString("hex")] ?? assert.fail("no match");
    const filled = [...matched.matchedAsks, ...matched.matchedBids].map((match) => match.unitsFilled);
    assert.ok(
      filled.includes(Number(lease.channelAmtSat / 100_000n)),
      "filled.includes(Number(lease.channelAmtSat / 100_000n))",
    );
    const others = await auctioneer.relevantBatchSnapshot({ id, accounts: [Buffer.alloc(33, 2)] });
    assert.deepEqual([others.chargedAccounts, others.matchedMarkets], [[], {}]);
  });

  const details = {
    traderKey: hex(DEMO_TRADER_KEY),
    orderNonce: sha256(Buffer.from("a secret")),
    rateFixed: 100,
    amt: 300_000n,
    minChanAmt: 100_000n,
    maxBatchFeeRateSatPerKw: 12_500n,
  };

  test("an order is taken, shown, cancelled by its preimage, and shown as cancelled", async () => {
    const bid = { details, leaseDurationBlocks: 2_016, version: 5 };
    const answer = await auctioneer.submitOrder({ details: { case: "bid", value: bid } });
    assert.deepEqual(answer.details, { case: "accepted", value: true });
    const orderNonce = details.orderNonce;
    const before = await auctioneer.orderState({ orderNonce });
    assert.deepEqual([before.state, before.unitsUnfulfilled], [OrderState.ORDER_SUBMITTED, 3]);
    await auctioneer.cancelOrder({ orderNoncePreimage: Buffer.from("a secret") });
    assert.equal((await auctioneer.orderState({ orderNonce })).state, OrderState.ORDER_CANCELED);
    await auctioneer.orderState({ orderNonce: hex(DEMO_ORDER_NONCE) });
    await auctioneer.cancelOrder({ orderNoncePreimage: hex(DEMO_ORDER_PREIMAGE) });
  });

  const bad = [
    ["no amount", { ...details, amt: 0n }, 2_016, "order amount must be at least 100000 sat"],
    ["another duration", details, 2_017, "no market takes orders for 2017 blocks"],
    ["a stranger", { ...details, traderKey: Buffer.alloc(33, 8) }, 2_016, "account does not exist"],
  ] as const;
  for (const [what, order, leaseDurationBlocks, reason] of bad) {
    test(`an order with ${what} is refused in the reply, not by an error`, async () => {
      const value = { details: order, leaseDurationBlocks };
      const answer = await auctioneer.submitOrder({ details: { case: "ask", value } });
      assert.ok(answer.details.case === "invalidOrder", 'answer.details.case === "invalidOrder"');
      assert.equal(answer.details.value.failString, reason);
    });
  }

  test("co-signs a change of an account with a signature of the right form", async () => {
    const reply = await auctioneer.modifyAccount({ traderKey: hex(DEMO_TRADER_KEY) });
    assert.deepEqual([reply.accountSig.length, reply.serverNonces.length], [32, 66]);
  });

  const refusals = [
    ["orderState", () => auctioneer.orderState({ orderNonce: Buffer.alloc(32) }), "no order found"],
    ["cancelOrder", () => auctioneer.cancelOrder({ orderNoncePreimage: Buffer.alloc(32) }), "no order found"],
    ["submitOrder", () => auctioneer.submitOrder({}), "invalid order request"],
    ["modifyAccount", () => auctioneer.modifyAccount({}), "account not found"],
    ["initAccount", () => auctioneer.initAccount({}), "account is not reserved"],
    [
      "reserveAccount",
      () => auctioneer.reserveAccount({ traderKey: hex(DEMO_TRADER_KEY), accountValue: 99_999n }),
      "account value must be at least 100000 sat",
    ],
  ] as const;
  for (const [method, run, message] of refusals) {
    test(`${method} refuses with "${message}"`, async () => {
      assert.deepEqual(await failure(run()), [Code.Unknown, message]);
    });
  }
});

/** Output values and the number of inputs of a transaction without witnesses, read apart from how it was built. */
function readTransaction(bytes: Uint8Array): {
  readonly inputs: number;
  readonly outputs: readonly bigint[];
} {
  const view = Buffer.from(bytes);
  assert.equal(view.readUInt32LE(0), 2);
  const inputs = view.readUInt8(4);
  let at = 5 + inputs * 41;
  const outputs: bigint[] = [];
  for (let left = view.readUInt8(at++); left > 0; left -= 1) {
    outputs.push(view.readBigUInt64LE(at));
    at += 8 + 1 + view.readUInt8(at + 8);
  }
  assert.equal(at + 4, view.length);
  return { inputs, outputs };
}
