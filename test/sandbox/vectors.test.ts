import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { create } from "@bufbuild/protobuf";
import {
  ChannelAnnouncementConstraints as Announcement,
  AuctionType,
  ChannelConfirmationConstraints as Confirmation,
  ServerAskSchema,
  ServerBidSchema,
} from "../../gen/auctioneerrpc/auctioneer_pb.ts";
import { executionFee, lumpSumPremium, UNIT } from "../../lib/auction/premium.ts";
import { whyUnmatched } from "../../sandbox/auction/why-unmatched.ts";
import { accountOutputOf } from "../../sandbox/auctioneer/account-keys.ts";
import { orderDigest } from "../../sandbox/auctioneer/signatures.ts";
import { confirmationsFor } from "../../sandbox/ledger/accounts.ts";
import { formatBtc } from "../../sandbox/ledger/amount.ts";
import { createFee, depositFee, isDust, modifyFee, traderFee } from "../../sandbox/ledger/chain-fees.ts";
import { createLedger } from "../../sandbox/ledger/create-ledger.ts";
import { batchKey, fromHex, toHex } from "../../sandbox/ledger/keys.ts";
import type { OrderSide } from "../../sandbox/ledger/order.ts";
import { checkOfferParams } from "../../sandbox/ledger/order-checks.ts";
import { checkPayable, closingValue } from "../../sandbox/ledger/payouts.ts";
import { matchCost, quoteOrder, reservedValue } from "../../sandbox/ledger/premium.ts";
import { Refusal } from "../../sandbox/ledger/refusal.ts";
import type { Vectors } from "../fixtures/vectors/vectors.ts";
import { ROOT } from "../support/start-site.ts";
import { aBid, anAsk, anOrder } from "./vector-orders.ts";

const vectors: Vectors = JSON.parse(readFileSync(join(ROOT, "test/fixtures/vectors/vectors.json"), "utf8"));

/** Compares all at once, so that a difference shows with its input. */
function same<V>(all: readonly V[], wanted: (vector: V) => unknown, ours: (vector: V) => unknown): void {
  assert.ok(all.length > 0, "there are vectors");
  const differing = all.filter((vector) => JSON.stringify(wanted(vector)) !== JSON.stringify(ours(vector)));
  const shown = differing
    .slice(0, 5)
    .map((vector) => ({ vector, wanted: wanted(vector), ours: ours(vector) }));
  assert.deepEqual(shown, [], `${differing.length} of ${all.length} differ`);
}

/** A number or the words of a refusal. */
function outcome(work: () => bigint): string {
  try {
    return `${work()}`;
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}

describe("prices are Pool's own", () => {
  test("premiums", () =>
    same(
      vectors.premiums,
      (v) => v.premium,
      (v) => `${lumpSumPremium(BigInt(v.amt), v.rate, v.blocks)}`,
    ));

  test("execution fees", () =>
    same(
      vectors.executionFees,
      (v) => v.fee,
      (v) => `${executionFee(BigInt(v.amt), { baseFee: BigInt(v.base), feeRate: BigInt(v.rate) })}`,
    ));

  test("units", () =>
    same(
      vectors.supplyUnits,
      (v) => [`${v.units}`, v.sats],
      (v) => [`${BigInt(v.amt) / UNIT}`, `${BigInt(v.units) * UNIT}`],
    ));

  test("a trader's part of a batch's fee", () =>
    same(
      vectors.traderFees,
      (v) => v.fee,
      (v) => `${traderFee(BigInt(v.channels), BigInt(v.feeRate), v.version + 1)}`,
    ));

  test("quotes", () =>
    same(
      vectors.quotes,
      (v) => [v.premium, v.ratePerBlock, v.executionFee, v.chainFee],
      (v) => {
        const quote = quoteOrder(BigInt(v.amt), v.rate, v.blocks, BigInt(v.feeRate), v.minUnits);
        return [
          `${quote.totalPremium}`,
          quote.ratePerBlock,
          `${quote.executionFee}`,
          `${quote.worstCaseChainFee}`,
        ];
      },
    ));

  test("what an order reserves", () =>
    same(
      vectors.reservedValues,
      (v) => v.reserved,
      (v) => {
        const side: OrderSide =
          v.side === "ask" ? anAsk().side : aBid({ selfChanBalance: BigInt(v.selfBalance ?? 0) }).side;
        const order = anOrder({
          side,
          state: v.state,
          unitsUnfulfilled: v.unfilled,
          minUnitsMatch: v.minUnits,
          rateFixed: v.rate,
          leaseDuration: v.blocks,
          maxBatchFeeRate: BigInt(v.feeRate),
          auctionType: v.market ?? AuctionType.BTC_INBOUND_LIQUIDITY,
        });
        return `${reservedValue(order, v.version + 1, { baseFee: BigInt(v.base), feeRate: BigInt(v.ppm) })}`;
      },
    ));

  test("what a match takes from each side", () =>
    same(
      vectors.matches,
      (v) => [v.ask, v.inboundBid, v.outboundBid],
      (v) => {
        const bid = aBid({ selfChanBalance: BigInt(v.selfBalance) });
        const inbound = { ...bid, leaseDuration: v.blocks };
        const fees = { baseFee: BigInt(v.base), feeRate: BigInt(v.ppm) };
        return [
          { ...anAsk(), leaseDuration: v.blocks },
          inbound,
          { ...inbound, auctionType: AuctionType.BTC_OUTBOUND_LIQUIDITY },
        ].map((order) => `${matchCost(order, BigInt(v.amt), v.price, fees)}`);
      },
    ));

  test("amounts in words", () =>
    same(
      vectors.amounts,
      (v) => v.text,
      (v) => formatBtc(BigInt(v.amt)),
    ));
});

describe("rules are Pool's own", () => {
  test("offers that no channel can have", () =>
    same(
      vectors.offerParams,
      (v) => v.error,
      (v) => checkOfferParams(v.market, BigInt(v.capacity), BigInt(v.push)) ?? "",
    ));

  test("what an asker wants of announcement and confirmation", () =>
    same(
      vectors.constraints,
      (v) => [v.announcement, v.confirmation],
      (v) => {
        const trader = { ...OPEN, id: "b", trader: "b", node: "b" };
        const bid = { ...trader, minNodeTier: 0, selfChanBalance: 0n, unannounced: false, zeroConf: false };
        const ask = {
          ...OPEN,
          announcement: Announcement.ANNOUNCEMENT_NO_PREFERENCE,
          confirmation: Confirmation.CONFIRMATION_NO_PREFERENCE,
        };
        return [
          whyUnmatched({ ...ask, announcement: v.asker }, { ...bid, unannounced: v.bidder }) === null,
          whyUnmatched({ ...ask, confirmation: v.asker }, { ...bid, zeroConf: v.bidder }) === null,
        ];
      },
    ));

  test("what a trader signs for an order", () =>
    same(
      vectors.digests,
      (v) => v.digest ?? "",
      (v) => {
        const details = {
          orderNonce: fromHex(v.nonce),
          rateFixed: v.rate,
          amt: BigInt(v.amt),
          maxBatchFeeRateSatPerKw: BigInt(v.feeRate),
          minChanAmt: BigInt(v.minUnits) * UNIT,
          // On the wire 0 is none, and the daemon's own numbers begin after it.
          channelType: v.channelType + 1,
        };
        const common = { details, version: v.version, leaseDurationBlocks: v.blocks };
        const digest = orderDigest(
          v.side === "ask"
            ? { kind: "ask", value: create(ServerAskSchema, common) }
            : {
                kind: "bid",
                value: create(ServerBidSchema, {
                  ...common,
                  minNodeTier: v.tier ?? 0,
                  selfChanBalance: BigInt(v.selfBalance ?? 0),
                  isSidecarChannel: v.sidecar ?? false,
                }),
              },
        );
        return digest === undefined ? "" : toHex(digest);
      },
    ));
});

describe("accounts are Pool's own", () => {
  test("confirmations", () =>
    same(
      vectors.confirmations,
      (v) => v.blocks,
      (v) => confirmationsFor(BigInt(v.value)),
    ));

  test("fees of opening and of deposits", () =>
    same(
      vectors.fundingFees,
      (v) => [v.create, v.deposit],
      (v) => [`${createFee(BigInt(v.feeRate))}`, `${depositFee(BigInt(v.feeRate), v.version + 1)}`],
    ));

  test("fees of renewals and withdrawals, and outputs that are refused", () =>
    same(
      vectors.updates,
      (v) => v.error || v.fee,
      (v) =>
        outcome(() => {
          v.outputs.forEach((kind, n) => {
            checkPayable({ value: 100_000n, script: { kind, bytes: fromHex(v.scripts[n] ?? "") } });
          });
          return modifyFee(BigInt(v.feeRate), v.version + 1, v.outputs);
        }),
    ));

  test("what is left at closing to one output", () =>
    same(
      vectors.closes,
      (v) => v.left ?? v.error,
      (v) => {
        const account = { value: BigInt(v.value), version: v.version + 1 };
        const script = { kind: v.output, bytes: fromHex(v.script) };
        return outcome(() => closingValue(account, v.height >= v.expiry, script, BigInt(v.feeRate)));
      },
    ));

  test("a close that nodes would not relay is refused, as Pool checks before it publishes", () => {
    const ledger = createLedger({ network: "regtest", seed: 1, scenario: "funded", clock: () => 0 });
    const key = ledger.accounts()[0]?.traderKey ?? assert.fail("no account");
    const address = "mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn";
    const close = (feeRate: bigint) => ledger.run("closeAccount", key, { kind: "fee", address, feeRate });
    assert.throws(() => close(253n), {
      message: "signed transaction only pays 68 sats in fees while 103 are required for relay",
    });
    close(400n);
  });

  test("dust", () =>
    same(
      vectors.dust,
      () => [true, false],
      (v) => [isDust(BigInt(v.least) - 1n, v.output), isDust(BigInt(v.least), v.output)],
    ));

  test("output scripts of all versions", () =>
    same(
      vectors.scripts,
      (v) => v.script,
      (v) =>
        toHex(
          accountOutputOf({
            traderKey: fromHex(v.traderKey),
            batchKey: fromHex(v.batchKey),
            expiry: v.expiry,
            version: v.version,
          }).script,
        ),
    ));

  test("the keys of batches", () =>
    same(
      vectors.batchKeys,
      (v) => v.key,
      (v) => toHex(batchKey(v.n)),
    ));
});

const OPEN = {
  id: "a",
  trader: "a",
  node: "a",
  nodeTier: 2,
  rate: 1,
  units: 1,
  minUnits: 1,
  leaseDuration: 2016,
  auctionType: AuctionType.BTC_INBOUND_LIQUIDITY,
  channelType: null,
  maxBatchFeeRate: 253n,
  allowedNodes: [],
  deniedNodes: [],
};
