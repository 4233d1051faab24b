import {
  AuctionType,
  ChannelAnnouncementConstraints,
  ChannelConfirmationConstraints,
  DurationBucketState,
  NodeTier,
  OrderChannelType,
} from "../../gen/auctioneerrpc/auctioneer_pb.ts";
import { UNIT } from "../../lib/auction/premium.ts";
import type { LedgerAccount } from "./account.ts";
import { checkAccountReady, isKey } from "./account-checks.ts";
import { signed } from "./amount.ts";
import { FEE_FLOOR } from "./chain-fees.ts";
import { sameBytes, toHex } from "./keys.ts";
import type { LedgerOrder } from "./order.ts";
import type { NewOrder } from "./orders.ts";
import { reservedValue } from "./premium.ts";
import { refuse } from "./refusal.ts";
import type { WorldState } from "./state.ts";
import { decodeTicket } from "./ticket-codec.ts";

/** The order version that brought each feature. */
const VERSION = { selfChanBalance: 3, sidecar: 4, newest: 5 } as const;

const AUCTION_ERROR = "error submitting order to auctioneer";

/** What the daemon finds wrong while it reads an order. */
export function checkOrderForm(order: NewOrder): void {
  const units = order.amt / UNIT;
  if (order.minUnitsMatch === 0) {
    refuse("min units match must be greater than 0");
  }
  if (order.auctionType !== AuctionType.BTC_OUTBOUND_LIQUIDITY && BigInt(order.minUnitsMatch) > units) {
    refuse("min units match must not exceed total order units");
  }
  if (OrderChannelType[order.channelType] === undefined) {
    refuse(`unhandled channel type ${order.channelType}`);
  }
  if (order.allowedNodes.length > 0 && order.notAllowedNodes.length > 0) {
    refuse("allowed and not allowed node ids set at the same time");
  }
  checkNodeIds("allowed_node_ids", order.allowedNodes);
  checkNodeIds("not_allowed_node_ids", order.notAllowedNodes);
  if (order.side.kind === "bid") {
    if (NodeTier[order.side.minNodeTier] === undefined) {
      refuse(`unknown node tier: ${order.side.minNodeTier}`);
    }
    if (order.side.sidecarTicket !== "") {
      if (order.version < VERSION.sidecar) {
        refuse("cannot set sidecar for old order version");
      }
      decodeTicket(order.side.sidecarTicket);
    }
  }
}

function checkNodeIds(field: string, ids: readonly Uint8Array[]): void {
  for (const id of ids) {
    if (id.length !== 33) {
      refuse(`invalid ${field}: invalid node_id length: ${toHex(id)}`);
    }
    if (!isKey(id)) {
      refuse(`invalid ${field}: invalid node_id: ${toHex(id)}`);
    }
  }
}

/** What the market and the auctioneer's terms forbid. */
export function checkAuctionRules(state: WorldState, order: LedgerOrder, account: LedgerAccount): void {
  if (signed(order.maxBatchFeeRate) < FEE_FLOOR) {
    const rate = `${signed(order.maxBatchFeeRate)} sat/kw`;
    refuse(`${AUCTION_ERROR}: invalid max batch fee rate ${rate}, must be greater than ${FEE_FLOOR} sat/kw`);
  }
  if (order.side.kind === "bid" && order.side.selfChanBalance > 0n) {
    checkSelfBalance(order, order.side.selfChanBalance);
  }
  const reserved = [order, ...state.orders]
    .filter((known) => sameBytes(known.traderKey, account.traderKey))
    .reduce((sum, known) => sum + reservedValue(known, account.version), 0n);
  if (account.value < reserved) {
    refuse(`${AUCTION_ERROR}: insufficient account balance`);
  }
}

/** Refuses versions that the daemon has no digest for. */
export function checkDigest(order: LedgerOrder): void {
  if (order.version > VERSION.newest) {
    refuse(`${AUCTION_ERROR}: could not digest order: unknown version ${order.version}`);
  }
}

/** Refuses a lease duration, channel type or size that no market takes. Also said of a sidecar's bid. */
export function checkMarket(
  { market }: WorldState,
  order: NewOrder & { units: number },
  account: LedgerAccount,
  prefix: string,
): void {
  const anchors =
    order.channelType === OrderChannelType.SCRIPT_ENFORCED ||
    order.channelType === OrderChannelType.SIMPLE_TAPROOT;
  const zeroConf =
    order.side.kind === "bid"
      ? order.side.zeroConf
      : order.side.confirmation === ChannelConfirmationConstraints.ONLY_ZEROCONF;
  if (zeroConf && !anchors) {
    refuse(`${prefix}zero conf channels need to use anchors. Use the script enforced channel type`);
  }
  const unannounced =
    order.side.kind === "bid"
      ? order.side.unannounced
      : [
          ChannelAnnouncementConstraints.ANNOUNCEMENT_NO_PREFERENCE,
          ChannelAnnouncementConstraints.ONLY_UNANNOUNCED,
        ].includes(order.side.announcement);
  if (order.channelType === OrderChannelType.SIMPLE_TAPROOT && !unannounced) {
    refuse(`${prefix}simple taproot channels can only be unannounced`);
  }
  checkAccountReady(account, prefix);
  if (market.durations[order.leaseDuration] === undefined) {
    const active = Object.entries(market.durations).map(
      ([blocks, state]) => `${blocks}:${DurationBucketState[state]}`,
    );
    const given = `${order.leaseDuration} blocks`;
    refuse(
      `${prefix}invalid channel lease duration ${given}, active durations are: map[${active.join(" ")}]`,
    );
  }
  if (order.auctionType === AuctionType.BTC_OUTBOUND_LIQUIDITY && order.units !== 1) {
    refuse(
      `${prefix}to participate in the outbound liquidity market the order amt should be exactly 100k sats`,
    );
  }
}

/** Refuses capacities and own balances that no channel can have. */
export function checkOfferParams(
  auctionType: AuctionType,
  capacity: bigint,
  pushAmount: bigint,
): string | undefined {
  if (capacity === 0n || capacity % UNIT !== 0n) {
    return `channel capacity must be positive multiple of ${UNIT}`;
  }
  if (auctionType === AuctionType.BTC_INBOUND_LIQUIDITY && pushAmount > capacity) {
    return "self channel balance must be smaller than or equal to capacity";
  }
  if (auctionType === AuctionType.BTC_OUTBOUND_LIQUIDITY && (pushAmount === 0n || pushAmount % UNIT !== 0n)) {
    return `self balance must be a positive multiple of ${UNIT}`;
  }
  return undefined;
}

function checkSelfBalance(order: LedgerOrder, balance: bigint): void {
  if (order.version < VERSION.selfChanBalance) {
    refuse(`${AUCTION_ERROR}: cannot use self chan balance with old order version`);
  }
  const wrong = checkOfferParams(order.auctionType, order.amt, balance);
  if (wrong !== undefined) {
    refuse(`${AUCTION_ERROR}: invalid self chan balance: ${wrong}`);
  }
  if (order.units !== order.minUnitsMatch) {
    refuse(
      `${AUCTION_ERROR}: to use self chan balance the min units match must be equal to the order amount in units`,
    );
  }
}
