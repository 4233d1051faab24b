import {
  AuctionType,
  ChannelAnnouncementConstraints,
  ChannelConfirmationConstraints,
  DurationBucketState,
  NodeTier,
  OrderChannelType,
} from "../../gen/auctioneerrpc/auctioneer_pb.ts";
import { AccountState } from "../../gen/poolrpc/trader_pb.ts";
import type { LedgerAccount } from "../ledger/account.ts";
import { reservedTotal } from "../ledger/accounts.ts";
import { clearBatch, type Match, type MatchSide } from "../ledger/batches.ts";
import { sameBytes, toHex } from "../ledger/keys.ts";
import { isActiveOrder, NODE_KEY, RATED_NODES, rateNode } from "../ledger/market.ts";
import type { LedgerOrder } from "../ledger/order.ts";
import type { World, WorldState } from "../ledger/state.ts";
import { clearDuration, type OpenMatch } from "./clear-duration.ts";
import type { OpenAsk, OpenBid } from "./open-order.ts";
import type { OtherOrder } from "./other-order.ts";

/** How an auction went. */
export interface AuctionResult {
  /** Id of the batch; null where nothing was matched. */
  readonly batchId: Uint8Array | null;
  readonly matches: number;
  /** In how many of them an order of the sandbox's own trader has a part. */
  readonly ownMatches: number;
}

/** Accounts whose orders take part: the others are not settled, or their expiry is too near. */
const READY: readonly AccountState[] = [
  AccountState.OPEN,
  AccountState.PENDING_BATCH,
  AccountState.PENDING_UPDATE,
];

/** An account that expires within a day could be swept while the batch waits for its block. */
const EXPIRY_MARGIN = 144;

/** Clears every open market at the rate of the next batch, and puts all matches into one batch. */
export function runAuction(world: World): AuctionResult {
  const { state } = world;
  const feeRate = state.fees.nextBatch;
  const open = [...state.orders.flatMap((order) => ownOrder(state, order)), ...state.others.map(otherOrder)];
  const matches: OpenMatch[] = [];
  for (const [type, blocks] of openMarkets(state, open)) {
    const here = open.filter(
      (each) =>
        each.order.auctionType === type &&
        each.order.leaseDuration === blocks &&
        each.order.maxBatchFeeRate >= feeRate,
    );
    const asks = here.flatMap((each) => (each.kind === "ask" ? [each.order] : []));
    const bids = here.flatMap((each) => (each.kind === "bid" ? [each.order] : []));
    matches.push(...(clearDuration(asks, bids)?.matches ?? []));
  }
  if (matches.length === 0) {
    return { batchId: null, matches: 0, ownMatches: 0 };
  }
  const sides = matches.map(
    ({ ask, bid, units }): Match => ({
      leaseDuration: bid.leaseDuration,
      units,
      ask: sideOf(state, ask),
      bid: sideOf(state, bid),
    }),
  );
  const { batchId } = clearBatch(world, sides, feeRate);
  for (const { ask, bid, units } of matches) {
    fillOther(state, ask.id, units);
    fillOther(state, bid.id, units);
  }
  const ownMatches = sides.filter(({ ask, bid }) => ask.kind === "ours" || bid.kind === "ours").length;
  return { batchId, matches: matches.length, ownMatches };
}

type Open =
  | { readonly kind: "ask"; readonly order: OpenAsk }
  | { readonly kind: "bid"; readonly order: OpenBid };

/** The markets in which something is open, cleared in the order of their durations. */
function openMarkets(state: WorldState, open: readonly Open[]): [AuctionType, number][] {
  const { durations } = state.market;
  const blocks = [...new Set(open.map(({ order }) => order.leaseDuration))]
    .filter((duration) => durations[duration] === DurationBucketState.MARKET_OPEN)
    .sort((a, b) => a - b);
  return [AuctionType.BTC_INBOUND_LIQUIDITY, AuctionType.BTC_OUTBOUND_LIQUIDITY].flatMap((type) =>
    blocks.map((duration): [AuctionType, number] => [type, duration]),
  );
}

function ownOrder(state: WorldState, order: LedgerOrder): Open[] {
  const account = state.accounts.find(({ traderKey }) => sameBytes(traderKey, order.traderKey));
  if (account === undefined || !isActiveOrder(order.state) || !isReady(state, account)) {
    return [];
  }
  const base = {
    id: toHex(order.nonce),
    trader: toHex(NODE_KEY),
    node: toHex(NODE_KEY),
    nodeTier: rateNode(NODE_KEY).nodeTier,
    rate: order.rateFixed,
    units: order.unitsUnfulfilled,
    minUnits: Math.min(order.minUnitsMatch, order.unitsUnfulfilled),
    leaseDuration: order.leaseDuration,
    auctionType: order.auctionType,
    channelType: settledType(order.channelType),
    maxBatchFeeRate: order.maxBatchFeeRate,
    allowedNodes: order.allowedNodes.map(toHex),
    deniedNodes: order.notAllowedNodes.map(toHex),
  };
  const { side } = order;
  if (side.kind === "ask") {
    return [
      { kind: "ask", order: { ...base, announcement: side.announcement, confirmation: side.confirmation } },
    ];
  }
  const waits = side.sidecarTicket !== "" && !expectsChannel(state, order);
  const { minNodeTier, selfChanBalance, unannounced, zeroConf } = side;
  return waits
    ? []
    : [{ kind: "bid", order: { ...base, minNodeTier, selfChanBalance, unannounced, zeroConf } }];
}

/** A bid for a sidecar channel waits until its recipient does. One that is not this daemon is there at once. */
function expectsChannel(state: WorldState, { nonce }: LedgerOrder): boolean {
  const ticket = state.tickets.find(({ order }) => order !== undefined && sameBytes(order.bidNonce, nonce));
  const recipient = ticket?.recipient?.nodeKey ?? NODE_KEY;
  return ticket?.state === "expecting channel" || !sameBytes(recipient, NODE_KEY);
}

function isReady(state: WorldState, account: LedgerAccount): boolean {
  const settled = READY.includes(account.state) && account.expirationHeight > state.height + EXPIRY_MARGIN;
  return settled && account.value >= reservedTotal(state, account);
}

function otherOrder(order: OtherOrder): Open {
  const node = toHex(otherNode(order));
  const base = {
    id: toHex(order.id),
    trader: node,
    node,
    nodeTier: NodeTier.TIER_1,
    rate: order.rate,
    units: order.units,
    minUnits: Math.min(order.minUnits, order.units),
    leaseDuration: order.leaseDuration,
    auctionType: AuctionType.BTC_INBOUND_LIQUIDITY,
    channelType: null,
    maxBatchFeeRate: 1n << 62n,
    allowedNodes: [],
    deniedNodes: [],
  };
  return order.side === "ask"
    ? {
        kind: "ask",
        order: {
          ...base,
          announcement: ChannelAnnouncementConstraints.ANNOUNCEMENT_NO_PREFERENCE,
          confirmation: ChannelConfirmationConstraints.CONFIRMATION_NO_PREFERENCE,
        },
      }
    : {
        kind: "bid",
        order: {
          ...base,
          minNodeTier: NodeTier.TIER_0,
          selfChanBalance: 0n,
          unannounced: false,
          zeroConf: false,
        },
      };
}

/** An order that names no channel type takes what its peer has. */
function settledType(type: OrderChannelType): OrderChannelType {
  return type === OrderChannelType.UNKNOWN ? OrderChannelType.PEER_DEPENDENT : type;
}

function otherNode({ node }: OtherOrder): Uint8Array {
  return RATED_NODES[node % RATED_NODES.length] as Uint8Array;
}

function sideOf(state: WorldState, { id, rate }: OpenAsk | OpenBid): MatchSide {
  const other = state.others.find((order) => toHex(order.id) === id);
  return other === undefined
    ? { kind: "ours", nonce: Uint8Array.from(Buffer.from(id, "hex")) }
    : { kind: "other", nodeKey: otherNode(other), rateFixed: rate };
}

function fillOther(state: WorldState, id: string, units: number): void {
  const at = state.others.findIndex((order) => toHex(order.id) === id);
  const other = state.others[at];
  if (other === undefined) return;
  other.units -= units;
  if (other.units === 0) state.others.splice(at, 1);
}
