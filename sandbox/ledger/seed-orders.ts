import {
  AuctionType,
  ChannelAnnouncementConstraints,
  ChannelConfirmationConstraints,
  NodeTier,
  OrderChannelType,
} from "../../gen/auctioneerrpc/auctioneer_pb.ts";
import type { OrderSide } from "./order.ts";
import type { NewOrder } from "./orders.ts";
import { type SeedAccount, type SeedOrder, seedNonce, seedTraderKey } from "./seed-keys.ts";

/** Where and when a seeded order was submitted. */
export interface SeedOrderPlan {
  readonly height: number;
  readonly order: NewOrder;
}

const ASK: OrderSide = {
  kind: "ask",
  announcement: ChannelAnnouncementConstraints.ANNOUNCEMENT_NO_PREFERENCE,
  confirmation: ChannelConfirmationConstraints.CONFIRMATION_NO_PREFERENCE,
};
const BID: OrderSide = {
  kind: "bid",
  minNodeTier: NodeTier.TIER_1,
  selfChanBalance: 0n,
  sidecarTicket: "",
  unannounced: false,
  zeroConf: false,
};

/** The seeded orders, oldest first. */
export const ORDERS: readonly SeedOrderPlan[] = [
  plan(806_900, "soldAsk", "main", ASK, {
    units: 20,
    rateFixed: 4_960,
    leaseDuration: 2016,
    minUnitsMatch: 5,
  }),
  plan(808_000, "boughtBid", "bidder", BID, {
    units: 10,
    rateFixed: 5_200,
    leaseDuration: 2016,
    minUnitsMatch: 10,
  }),
  plan(808_900, "partialAsk", "main", ASK, {
    units: 30,
    rateFixed: 2_480,
    leaseDuration: 4032,
    minUnitsMatch: 4,
  }),
  plan(809_900, "boughtSecondBid", "bidder", BID, {
    units: 5,
    rateFixed: 6_000,
    leaseDuration: 2016,
    minUnitsMatch: 5,
  }),
  plan(810_300, "expiredBid", "bidder", BID, {
    units: 8,
    rateFixed: 150,
    leaseDuration: 2016,
    minUnitsMatch: 1,
  }),
  plan(810_800, "failedAsk", "main", ASK, {
    units: 3,
    rateFixed: 900,
    leaseDuration: 6048,
    minUnitsMatch: 1,
  }),
  plan(811_200, "canceledAsk", "legacy", ASK, {
    units: 5,
    rateFixed: 9_000,
    leaseDuration: 2016,
    minUnitsMatch: 1,
  }),
  plan(811_800, "openAsk", "main", ASK, {
    units: 10,
    rateFixed: 7_000,
    leaseDuration: 2016,
    minUnitsMatch: 1,
  }),
  plan(811_900, "openBid", "bidder", BID, {
    units: 12,
    rateFixed: 1_900,
    leaseDuration: 4032,
    minUnitsMatch: 4,
  }),
  plan(
    811_950,
    "outboundBid",
    "bidder",
    { ...BID, selfChanBalance: 300_000n },
    { units: 1, rateFixed: 3_000, leaseDuration: 2016, minUnitsMatch: 1 },
    { auctionType: AuctionType.BTC_OUTBOUND_LIQUIDITY },
  ),
  plan(
    812_000,
    "unannouncedAsk",
    "main",
    { ...ASK, announcement: ChannelAnnouncementConstraints.ONLY_UNANNOUNCED },
    { units: 8, rateFixed: 3_300, leaseDuration: 8064, minUnitsMatch: 8 },
    { channelType: OrderChannelType.SCRIPT_ENFORCED, isPublic: true },
  ),
];

interface Size {
  readonly units: number;
  readonly rateFixed: number;
  readonly leaseDuration: number;
  readonly minUnitsMatch: number;
}

function plan(
  height: number,
  name: SeedOrder,
  account: SeedAccount,
  side: OrderSide,
  size: Size,
  more: Partial<NewOrder> = {},
): SeedOrderPlan {
  const order: NewOrder = {
    nonce: seedNonce(name),
    traderKey: seedTraderKey(account),
    side,
    version: 5,
    rateFixed: size.rateFixed,
    amt: BigInt(size.units) * 100_000n,
    maxBatchFeeRate: 12_500n,
    leaseDuration: size.leaseDuration,
    minUnitsMatch: size.minUnitsMatch,
    channelType: OrderChannelType.PEER_DEPENDENT,
    allowedNodes: [],
    notAllowedNodes: [],
    auctionType: AuctionType.BTC_INBOUND_LIQUIDITY,
    isPublic: false,
    ...more,
  };
  return { height, order };
}
