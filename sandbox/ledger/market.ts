import { create } from "@bufbuild/protobuf";
import {
  type DurationBucketState,
  type MarketInfo,
  type MarketInfo_TierValue,
  MarketInfo_TierValueSchema,
  MarketInfoSchema,
  type NodeRating,
  NodeRatingSchema,
  NodeTier,
  OrderState,
} from "../../gen/auctioneerrpc/auctioneer_pb.ts";
import type { OtherOrder } from "../auction/other-order.ts";
import { publicKey, sameBytes } from "./keys.ts";
import type { LedgerOrder } from "./order.ts";
import type { WorldState } from "./state.ts";
import { LEASE_DURATIONS } from "./terms.ts";

/** The sandbox's own node. */
export const NODE_KEY = publicKey("node", 0);

/** Nodes of others that the auctioneer knows and rates well. */
export const RATED_NODES: readonly Uint8Array[] = [1, 2, 3].map((n) => publicKey("node", n));

/** How many orders of others are open in a market, and their units. */
export interface OpenOrders {
  readonly asks: number;
  readonly bids: number;
  readonly askUnits: number;
  readonly bidUnits: number;
}

/** The auctioneer's markets by lease duration in blocks. */
export interface MarketState {
  readonly durations: Readonly<Record<number, DurationBucketState>>;
  /** Orders that are only counted: they are never matched. */
  readonly others: Readonly<Record<number, OpenOrders>>;
}

/** What simulated traders have on offer when a world begins, in units: the market is never empty. */
export const FIRST_ORDERS: Readonly<Record<number, OpenOrders>> = {
  2016: { asks: 14, bids: 9, askUnits: 1_850, bidUnits: 320 },
  4032: { asks: 6, bids: 3, askUnits: 640, bidUnits: 110 },
  6048: { asks: 2, bids: 1, askUnits: 100, bidUnits: 20 },
};

/** The markets in which every sandbox begins. */
export const MARKET: MarketState = { durations: LEASE_DURATIONS, others: {} };

/** An unknown node has the lowest tier. */
export function rateNode(nodeKey: Uint8Array): NodeRating {
  const good = [NODE_KEY, ...RATED_NODES].some((known) => sameBytes(known, nodeKey));
  return create(NodeRatingSchema, {
    nodePubkey: nodeKey,
    nodeTier: good ? NodeTier.TIER_1 : NodeTier.TIER_0,
  });
}

/** Open orders of the trader and of all others, by lease duration and by tier of the node behind them. */
export function marketInfo({ orders, market, others }: WorldState): Record<number, MarketInfo> {
  const open = orders.filter((order) => isActiveOrder(order.state));
  const durations = new Set([
    ...Object.keys(market.others).map(Number),
    ...open.map((order) => order.leaseDuration),
    ...others.map((order) => order.leaseDuration),
  ]);
  return Object.fromEntries(
    [...durations]
      .sort((a, b) => a - b)
      .map((blocks) => [blocks, bucket(open, blocks, othersIn(blocks, others, market.others[blocks]))]),
  );
}

/** Whether an order can still be matched. */
export function isActiveOrder(state: OrderState): boolean {
  return (
    state === OrderState.ORDER_SUBMITTED ||
    state === OrderState.ORDER_CLEARED ||
    state === OrderState.ORDER_PARTIALLY_FILLED
  );
}

function othersIn(blocks: number, others: readonly OtherOrder[], counted = NO_ORDERS): OpenOrders {
  const here = others.filter((order) => order.leaseDuration === blocks);
  const asks = here.filter(({ side }) => side === "ask");
  const bids = here.filter(({ side }) => side === "bid");
  return {
    asks: counted.asks + asks.length,
    bids: counted.bids + bids.length,
    askUnits: counted.askUnits + asks.reduce((sum, { units }) => sum + units, 0),
    bidUnits: counted.bidUnits + bids.reduce((sum, { units }) => sum + units, 0),
  };
}

const NO_ORDERS: OpenOrders = { asks: 0, bids: 0, askUnits: 0, bidUnits: 0 };

function bucket(open: readonly LedgerOrder[], blocks: number, others: OpenOrders): MarketInfo {
  const mine = open.filter((order) => order.leaseDuration === blocks);
  const asks = mine.filter((order) => order.side.kind === "ask");
  const bids = mine.filter((order) => order.side.kind === "bid");
  return create(MarketInfoSchema, {
    numAsks: tier1(others.asks + asks.length),
    numBids: tier1(others.bids + bids.length),
    askOpenInterestUnits: tier1(others.askUnits + openUnits(asks)),
    bidOpenInterestUnits: tier1(others.bidUnits + openUnits(bids)),
  });
}

function tier1(value: number): MarketInfo_TierValue[] {
  return value === 0 ? [] : [create(MarketInfo_TierValueSchema, { tier: NodeTier.TIER_1, value })];
}

function openUnits(orders: readonly LedgerOrder[]): number {
  return orders.reduce((sum, order) => sum + order.unitsUnfulfilled, 0);
}
