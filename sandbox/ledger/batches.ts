import { create } from "@bufbuild/protobuf";
import {
  type BatchSnapshotResponse,
  BatchSnapshotResponseSchema,
  type MatchedOrderSnapshot,
  MatchedOrderSnapshotSchema,
  OrderChannelType,
  OrderState,
  OutPointSchema,
} from "../../gen/auctioneerrpc/auctioneer_pb.ts";
import {
  AccountState,
  type Lease,
  LeaseSchema,
  MatchRejectReason,
  MatchState,
} from "../../gen/poolrpc/trader_pb.ts";
import { uniformPrice } from "../../lib/auction/clearing.ts";
import { lumpSumPremium, UNIT } from "../../lib/auction/premium.ts";
import { nanoseconds } from "../chain/clock.ts";
import type { LedgerAccount } from "./account.ts";
import { findAccount } from "./account-checks.ts";
import { accountScript, confirmationsFor } from "./accounts.ts";
import { witnessScript } from "./address.ts";
import { traderFee } from "./chain-fees.ts";
import { batchKey, sha256 } from "./keys.ts";
import { rateNode } from "./market.ts";
import type { LedgerOrder } from "./order.ts";
import { findOrder, updateOrder } from "./orders.ts";
import { executionFee, matchCost } from "./premium.ts";
import { setTicketStateForOrder } from "./sidecar-tickets.ts";
import { draw, type LeaseRecord, type World } from "./state.ts";
import { buildTransaction, displayTxid, type TxOutput } from "./transaction.ts";

/** One side of a match: an order of the sandbox's trader, or someone else's. */
export type MatchSide =
  | { readonly kind: "ours"; readonly nonce: Uint8Array }
  | { readonly kind: "other"; readonly nodeKey: Uint8Array; readonly rateFixed: number };

/** An ask and a bid that the auctioneer brings together. A trader is never matched with itself. */
export interface Match {
  readonly leaseDuration: number;
  readonly units: number;
  readonly ask: MatchSide;
  readonly bid: MatchSide;
}

/** The version of batches that a current daemon takes. */
const BATCH_VERSION = 58;
const ORDER_VERSION = 5;

/**
 * Clears one batch: every market at its own uniform price, the rate of its lowest matched bid. Channels, account
 * outputs and fees go into one transaction that confirms with the next block.
 */
export function clearBatch(world: World, matches: readonly Match[], feeRate: bigint): BatchSnapshotResponse {
  const { state } = world;
  const number = state.batches.length;
  const batchId = batchKey(number);
  const prices = clearingPrices(world, matches);
  const channels = matches.map((match, n) => channelOutput(match, sha256(batchId, `channel ${n}`)));
  const changes = tallyAccounts(world, matches, prices, feeRate);
  const outputs = [...channels, ...changes.map(({ account, value }) => accountOutput(account, value))];
  const others = { txid: draw(state, "other traders' coins"), index: 0 };
  const tx = buildTransaction([...changes.map(({ account }) => account.outpoint), others], outputs);
  const leases: LeaseRecord[] = [];
  matches.forEach((match, n) => {
    const price = prices.get(match.leaseDuration) ?? 0;
    const theirNonce = sha256(batchId, `nonce ${n}`);
    for (const [side, other] of bothWays(match)) {
      if (side.kind === "ours" && other.kind === "other") {
        const order = findOrder(state, side.nonce);
        const lease = newLease(
          order,
          match,
          price,
          { txid: tx.txid, outputIndex: n },
          theirNonce,
          other.nodeKey,
        );
        leases.push({ lease, traderKey: order.traderKey });
        fill(world, order, match.units, theirNonce);
      }
    }
  });
  changes.forEach(({ account, value }, n) => {
    account.value = value;
    account.outpoint = { txid: tx.txid, index: channels.length + n };
    account.latestTxid = tx.txid;
    account.state = AccountState.PENDING_BATCH;
    account.confirmsAt = state.height + confirmationsFor(value);
  });
  const snapshot = create(BatchSnapshotResponseSchema, {
    version: BATCH_VERSION,
    batchId,
    prevBatchId: number === 0 ? new Uint8Array() : batchKey(number - 1),
    batchTxId: displayTxid(tx.txid),
    batchTx: tx.bytes,
    batchTxFeeRateSatPerKw: feeRate,
    creationTimestampNs: nanoseconds(world.clock),
    matchedMarkets: Object.fromEntries(
      [...prices].map(([blocks, price]) => [
        blocks,
        {
          clearingPriceRate: price,
          matchedOrders: matches
            .filter((match) => match.leaseDuration === blocks)
            .map((match) => matchSnapshot(world, match, price)),
        },
      ]),
    ),
  });
  state.batches.push({ snapshot, height: 0, leases });
  return snapshot;
}

function bothWays(match: Match): [MatchSide, MatchSide][] {
  return [
    [match.ask, match.bid],
    [match.bid, match.ask],
  ];
}

function rateOf(world: World, side: MatchSide): number {
  return side.kind === "ours" ? findOrder(world.state, side.nonce).rateFixed : side.rateFixed;
}

function clearingPrices(world: World, matches: readonly Match[]): Map<number, number> {
  const durations = [...new Set(matches.map(({ leaseDuration }) => leaseDuration))].sort((a, b) => a - b);
  return new Map(
    durations.map((blocks) => [
      blocks,
      uniformPrice(
        matches
          .filter(({ leaseDuration }) => leaseDuration === blocks)
          .map(({ ask, bid }) => ({ ask: rateOf(world, ask), bid: rateOf(world, bid) })),
      ),
    ]),
  );
}

/** The new value of each account of ours that takes part: matches settled, its part of the chain fee paid. */
function tallyAccounts(
  world: World,
  matches: readonly Match[],
  prices: ReadonlyMap<number, number>,
  feeRate: bigint,
): { account: LedgerAccount; value: bigint }[] {
  const tallies: { account: LedgerAccount; value: bigint; channels: bigint }[] = [];
  for (const match of matches) {
    for (const [side] of bothWays(match)) {
      if (side.kind === "ours") {
        const order = findOrder(world.state, side.nonce);
        const account = findAccount(world.state, order.traderKey);
        let tally = tallies.find((known) => known.account === account);
        if (tally === undefined) {
          tally = { account, value: account.value, channels: 0n };
          tallies.push(tally);
        }
        tally.value -= matchCost(order, BigInt(match.units) * UNIT, prices.get(match.leaseDuration) ?? 0);
        tally.channels += 1n;
      }
    }
  }
  return tallies.map(({ account, value, channels }) => ({
    account,
    value: value - traderFee(channels, feeRate, account.version),
  }));
}

function channelOutput(match: Match, content: Uint8Array): TxOutput {
  return { value: BigInt(match.units) * UNIT, script: witnessScript(content).bytes };
}

function accountOutput(account: LedgerAccount, value: bigint): TxOutput {
  return { value, script: accountScript(account.traderKey, account.version, account.expirationHeight) };
}

function fill(world: World, order: LedgerOrder, units: number, matchedOrder: Uint8Array): void {
  const matched = (matchState: MatchState): void => {
    order.events.push({
      kind: "matched",
      timestampNs: nanoseconds(world.clock),
      matchState,
      unitsFilled: units,
      matchedOrder,
      rejectReason: MatchRejectReason.NONE,
    });
  };
  matched(MatchState.PREPARE);
  matched(MatchState.ACCEPTED);
  order.unitsUnfulfilled -= units;
  // What is left of it could never be matched: the daemon calls such an order executed too.
  const done = order.unitsUnfulfilled < order.minUnitsMatch;
  updateOrder(world, order, done ? OrderState.ORDER_EXECUTED : OrderState.ORDER_PARTIALLY_FILLED, units);
  setTicketStateForOrder(world.state, order.nonce, "completed");
  matched(MatchState.SIGNED);
  matched(MatchState.FINALIZED);
}

function newLease(
  order: LedgerOrder,
  match: Match,
  price: number,
  channelPoint: { txid: Uint8Array; outputIndex: number },
  matchedOrderNonce: Uint8Array,
  nodeKey: Uint8Array,
): Lease {
  const amt = BigInt(match.units) * UNIT;
  const purchased = order.side.kind === "bid";
  return create(LeaseSchema, {
    channelPoint: create(OutPointSchema, channelPoint),
    channelAmtSat: amt,
    channelDurationBlocks: match.leaseDuration,
    channelLeaseExpiry: 0,
    premiumSat: lumpSumPremium(amt, price, match.leaseDuration),
    executionFeeSat: executionFee(amt),
    clearingRatePrice: BigInt(price),
    orderFixedRate: BigInt(order.rateFixed),
    orderNonce: order.nonce,
    matchedOrderNonce,
    purchased,
    channelRemoteNodeKey: nodeKey,
    channelNodeTier: rateNode(nodeKey).nodeTier,
    selfChanBalance: order.side.kind === "bid" ? order.side.selfChanBalance : 0n,
    sidecarChannel: order.side.kind === "bid" && order.side.sidecarTicket !== "",
  });
}

function matchSnapshot(world: World, match: Match, price: number): MatchedOrderSnapshot {
  const side = (from: MatchSide) => {
    const ours = from.kind === "ours" ? findOrder(world.state, from.nonce) : undefined;
    return {
      version: ours?.version ?? ORDER_VERSION,
      leaseDurationBlocks: match.leaseDuration,
      rateFixed: rateOf(world, from),
      chanType: ours?.channelType ?? OrderChannelType.PEER_DEPENDENT,
    };
  };
  return create(MatchedOrderSnapshotSchema, {
    ask: side(match.ask),
    bid: side(match.bid),
    matchingRate: price,
    totalSatsCleared: BigInt(match.units) * UNIT,
    unitsMatched: match.units,
  });
}
