import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Code } from "@connectrpc/connect";
import { OrderState } from "../../gen/auctioneerrpc/auctioneer_pb.ts";
import { AccountState, Trader } from "../../gen/poolrpc/trader_pb.ts";
import { fromHex, toHex } from "../../sandbox/ledger/keys.ts";
import { SEED } from "../../sandbox/ledger/seed-keys.ts";
import { failure, startTestSandbox, type TestSandbox } from "./trader-client.ts";

const key = (name: keyof typeof SEED.accounts) => fromHex(SEED.accounts[name]);
const nonce = (name: keyof typeof SEED.orders) => fromHex(SEED.orders[name]);
const DETAILS = {
  traderKey: key("main"),
  rateFixed: 4960,
  amt: 200_000n,
  maxBatchFeeRateSatPerKw: 12_500n,
  minUnitsMatch: 2,
};
const BID = { details: DETAILS, leaseDurationBlocks: 2016, version: 5, selfChanBalance: 10_000n };

let running: TestSandbox;
before(async () => {
  running = await startTestSandbox();
});
after(() => running.stop());

describe("every method of the Trader answers a sensible request on a fresh sandbox", () => {
  type Call = (trader: ReturnType<TestSandbox["trader"]>) => Promise<void>;
  const calls: Readonly<Record<string, Call>> = {
    getInfo: async (trader) => {
      const info = await trader.getInfo({});
      assert.match(info.version, /^0\.6\.6-beta commit=/);
      assert.equal(info.currentBlockHeight, 812_044);
      assert.deepEqual(
        [info.accountsTotal, info.accountsActive, info.accountsActiveExpired, info.accountsArchived],
        [7, 6, 1, 1],
      );
      assert.equal(info.ordersTotal, info.ordersActive + info.ordersArchived);
      assert.ok(info.marketInfo[2016]?.numAsks[0]?.value, "info.marketInfo[2016]?.numAsks[0]?.value");
    },
    listAccounts: async (trader) => {
      const { accounts } = await trader.listAccounts({});
      assert.equal(accounts.length, 7);
      const keys = accounts.map((account) => toHex(account.traderKey));
      assert.deepEqual(keys, [...keys].sort());
      assert.equal(new Set(accounts.map((account) => account.state)).size, 5);
      assert.equal((await trader.listAccounts({ activeOnly: true })).accounts.length, 6);
    },
    listOrders: async (trader) => {
      const { asks, bids } = await trader.listOrders({ verbose: true });
      assert.deepEqual([asks.length, bids.length], [6, 5]);
      const partial = asks.find((ask) => ask.details?.state === OrderState.ORDER_PARTIALLY_FILLED);
      assert.deepEqual(
        partial?.details?.events.slice(0, 6).map((event) => event.eventStr),
        [
          "OrderCreated",
          "OrderMatch(prepare)",
          "OrderMatch(accepted)",
          "OrderUpdate(partially_filled)",
          "OrderMatch(signed)",
          "OrderMatch(finalized)",
        ],
      );
      const brief = await trader.listOrders({ activeOnly: true });
      assert.equal(brief.asks.length + brief.bids.length, 5);
      assert.ok(
        brief.asks.every((ask) => ask.details?.events.length === 0),
        "brief.asks.every((ask) => ask.details?.events.length === 0)",
      );
    },
    quoteAccount: async (trader) => {
      const at = async (confTarget: number) =>
        trader.quoteAccount({ accountValue: 1_000_000n, fees: { case: "confTarget", value: confTarget } });
      const slow = await at(6);
      assert.deepEqual([slow.minerFeeRateSatPerKw, slow.minerFeeTotal], [253n, 166n]);
      assert.ok(
        (await at(2)).minerFeeTotal > slow.minerFeeTotal,
        "(await at(2)).minerFeeTotal > slow.minerFeeTotal",
      );
    },
    initAccount: async (trader) => {
      const account = await trader.initAccount({
        accountValue: 1_000_000n,
        accountExpiry: { case: "relativeHeight", value: 4032 },
        fees: { case: "confTarget", value: 6 },
      });
      assert.equal(account.state, AccountState.PENDING_OPEN);
      assert.equal(account.expirationHeight, 816_076);
      assert.equal(account.availableBalance, 0n);
    },
    depositAccount: async (trader) => {
      const request = { traderKey: key("main"), amountSat: 100_000n, feeRateSatPerKw: 253n };
      const { account, depositTxid } = await trader.depositAccount(request);
      assert.equal(account?.state, AccountState.PENDING_UPDATE);
      assert.deepEqual(account?.latestTxid, depositTxid);
    },
    withdrawAccount: async (trader) => {
      const { account } = await trader.withdrawAccount({
        traderKey: key("bidder"),
        outputs: [{ valueSat: 100_000n, address: SEED.address }],
        feeRateSatPerKw: 253n,
      });
      assert.equal(account?.state, AccountState.PENDING_UPDATE);
    },
    renewAccount: async (trader) => {
      const { account } = await trader.renewAccount({
        accountKey: key("expired"),
        accountExpiry: { case: "relativeExpiry", value: 3000 },
        feeRateSatPerKw: 253n,
      });
      assert.deepEqual([account?.value, account?.expirationHeight], [1_500_000n - 112n, 815_044]);
    },
    bumpAccountFee: async (trader) => {
      await trader.bumpAccountFee({ traderKey: key("stuck"), feeRateSatPerKw: 1000n });
    },
    closeAccount: async (trader) => {
      const { closeTxid } = await trader.closeAccount({
        traderKey: key("legacy"),
        fundsDestination: {
          case: "outputWithFee",
          value: { fees: { case: "feeRateSatPerKw", value: 253n } },
        },
      });
      assert.equal(closeTxid.length, 32);
    },
    recoverAccounts: async (trader) => {
      const { code, message } = await failure(trader.recoverAccounts({ accountTarget: 10 }));
      assert.equal(code, Code.Unknown);
      assert.match(message, /^error performing recovery: .* is already subscribed, cannot recover$/);
    },
    accountModificationFees: async (trader) => {
      const { accounts } = await trader.accountModificationFees({});
      const fees = accounts[SEED.accounts.closed]?.modificationFees ?? [];
      assert.deepEqual(
        fees.map((fee) => fee.action),
        ["close", "create"],
      );
    },
    quoteOrder: async (trader) => {
      const quote = await trader.quoteOrder({
        amt: 1_000_000n,
        rateFixed: 4960,
        leaseDurationBlocks: 2016,
        maxBatchFeeRateSatPerKw: 12_500n,
        minUnitsMatch: 1,
      });
      assert.equal(quote.totalPremiumSat, 9999n);
      assert.deepEqual([quote.ratePerBlock, quote.ratePercent], [4.96e-6, 0.000496]);
    },
    submitOrder: async (trader) => {
      const { details } = await trader.submitOrder({ details: { case: "bid", value: BID } });
      assert.equal(details.case, "acceptedOrderNonce");
    },
    cancelOrder: async (trader) => {
      await trader.cancelOrder({ orderNonce: nonce("openAsk") });
      await trader.cancelOrder({ orderNonce: nonce("openAsk") });
    },
    auctionFee: async (trader) => {
      const { executionFee } = await trader.auctionFee({});
      assert.deepEqual([executionFee?.baseFee, executionFee?.feeRate], [1n, 1000n]);
    },
    leaseDurations: async (trader) => {
      const { leaseDurations, leaseDurationBuckets } = await trader.leaseDurations({});
      assert.deepEqual(Object.keys(leaseDurations), Object.keys(leaseDurationBuckets));
      assert.equal(leaseDurations[2016], true);
    },
    nextBatchInfo: async (trader) => {
      const askedAt = BigInt(Math.floor(Date.now() / 1000));
      const info = await trader.nextBatchInfo({});
      assert.equal(info.clearTimestamp % 600n, 0n);
      assert.ok(info.clearTimestamp > askedAt, `${info.clearTimestamp} was past at ${askedAt}`);
    },
    batchSnapshot: async (trader) => {
      const newest = await trader.batchSnapshot({});
      assert.equal(toHex(newest.batchId), SEED.batches.at(-1));
      const before = await trader.batchSnapshot({ batchId: newest.prevBatchId });
      assert.equal(toHex(before.batchId), SEED.batches.at(-2));
    },
    batchSnapshots: async (trader) => {
      const { batches } = await trader.batchSnapshots({ numBatchesBack: 100 });
      assert.deepEqual(
        batches.map((batch) => toHex(batch.batchId)),
        [...SEED.batches].reverse(),
      );
      assert.equal((await trader.batchSnapshots({})).batches.length, 1);
    },
    leases: async (trader) => {
      const all = await trader.leases({});
      assert.equal(all.leases.length, 5);
      assert.ok(
        all.leases.some((lease) => lease.channelLeaseExpiry > 812_044),
        "all.leases.some((lease) => lease.channelLeaseExpiry > 812_044)",
      );
      assert.ok(
        all.leases.some((lease) => lease.channelLeaseExpiry < 812_044),
        "all.leases.some((lease) => lease.channelLeaseExpiry < 812_044)",
      );
      const sold = await trader.leases({ accounts: [key("main")] });
      assert.ok(
        sold.leases.every((lease) => !lease.purchased),
        "sold.leases.every((lease) => !lease.purchased)",
      );
      assert.equal(
        sold.leases.reduce((sum, lease) => sum + lease.premiumSat, 0n),
        all.totalAmtEarnedSat,
      );
    },
    nodeRatings: async (trader) => {
      const { nodeRatings } = await trader.nodeRatings({ nodePubkeys: SEED.nodes.map(fromHex) });
      assert.deepEqual(
        nodeRatings.map((rating) => rating.nodeTier),
        [2, 2, 2, 2, 1],
      );
    },
    offerSidecar: async (trader) => {
      const { ticket } = await trader.offerSidecar({ bid: BID });
      const offered = await trader.decodeSidecarTicket({ ticket });
      assert.equal(offered.state, "offered");
      assert.deepEqual([offered.offerCapacity, offered.offerPushAmount], [200_000n, 10_000n]);
      assert.equal(offered.encodedTicket, ticket);
    },
    registerSidecar: async (trader) => {
      const { ticket } = await trader.registerSidecar({ ticket: SEED.tickets.incoming });
      assert.equal((await trader.decodeSidecarTicket({ ticket })).state, "registered");
      const again = await failure(trader.registerSidecar({ ticket: SEED.tickets.incoming }));
      assert.equal(again.message, `ticket with ID ${SEED.ticketIds.incoming} already exists`);
    },
    expectSidecarChannel: async (trader) => {
      await trader.expectSidecarChannel({ ticket: SEED.tickets.ordered });
      const { tickets } = await trader.listSidecars({ sidecarId: fromHex(SEED.ticketIds.registered) });
      assert.deepEqual(
        tickets.map((ticket) => ticket.state),
        ["expecting channel"],
      );
    },
    decodeSidecarTicket: async (trader) => {
      const ticket = await trader.decodeSidecarTicket({ ticket: SEED.tickets.offered });
      assert.equal(toHex(ticket.id), SEED.ticketIds.offered);
      assert.equal(toHex(ticket.offerSignPubkey), SEED.accounts.main);
    },
    listSidecars: async (trader) => {
      const { tickets } = await trader.listSidecars({});
      assert.ok(
        new Set(tickets.map((ticket) => ticket.state)).size >= 3,
        "new Set(tickets.map((ticket) => ticket.state)).size >= 3",
      );
    },
    cancelSidecar: async (trader) => {
      const sidecarId = fromHex(SEED.ticketIds.offered);
      await trader.cancelSidecar({ sidecarId });
      const again = await failure(trader.cancelSidecar({ sidecarId }));
      assert.equal(
        again.message,
        `no ticket with ID ${SEED.ticketIds.offered} found or ticket is already in terminal state`,
      );
    },
    getLsatTokens: async (trader) => {
      assert.equal((await trader.getLsatTokens({})).tokens.length, 2);
    },
    stopDaemon: async (trader) => {
      await trader.stopDaemon({});
    },
  };
  for (const [name, call] of Object.entries(calls)) {
    test(name, async () => {
      const fresh = name === "stopDaemon" ? await startTestSandbox({ restartAfter: 60_000 }) : running;
      await call(fresh.trader());
      assert.ok(
        fresh.calls.some((line) => line.method.toLowerCase() === `poolrpc.trader.${name.toLowerCase()}`),
      );
      if (fresh !== running) {
        await fresh.stop();
      }
    });
  }
  test("and none is left out", () => {
    assert.deepEqual(Object.keys(calls).sort(), Trader.methods.map((method) => method.localName).sort());
  });
});

test("what the real daemon crashes on is answered with a warning", async () => {
  const trader = running.trader();
  const rows = [
    trader.submitOrder({ details: { case: "ask", value: {} } }),
    trader.submitOrder({ details: { case: "bid", value: {} } }),
    trader.offerSidecar({ bid: {} }),
  ];
  for (const row of rows) {
    const { code, message } = await failure(row);
    assert.equal(code, Code.Unavailable);
    assert.match(message, /a real poold 0\.6\.6 crashes here/);
  }
  assert.ok((await trader.getInfo({})).version, "(await trader.getInfo({})).version");
});
