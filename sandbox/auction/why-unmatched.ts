import {
  ChannelAnnouncementConstraints as Announcement,
  AuctionType,
  ChannelConfirmationConstraints as Confirmation,
  NodeTier,
} from "../../gen/auctioneerrpc/auctioneer_pb.ts";
import { UNIT } from "../../lib/auction/premium.ts";
import type { OpenAsk, OpenBid } from "./open-order.ts";

/** A rule that keeps an ask and a bid apart whatever their rates are, by its name. */
export type Obstacle =
  | "same trader"
  | "other market"
  | "other duration"
  | "ask's nodes"
  | "bid's nodes"
  | "node tier"
  | "channel type"
  | "announcement"
  | "confirmation"
  | "own balance";

const RULES: Readonly<Record<Obstacle, (ask: OpenAsk, bid: OpenBid) => boolean>> = {
  "same trader": (ask, bid) => ask.trader === bid.trader || ask.node === bid.node,
  "other market": (ask, bid) => ask.auctionType !== bid.auctionType,
  "other duration": (ask, bid) =>
    // In the outbound market the bid says how long; an ask there takes any shorter lease.
    ask.auctionType === AuctionType.BTC_OUTBOUND_LIQUIDITY
      ? ask.leaseDuration < bid.leaseDuration
      : ask.leaseDuration !== bid.leaseDuration,
  "ask's nodes": (ask, bid) => !takes(ask, bid.node),
  "bid's nodes": (ask, bid) => !takes(bid, ask.node),
  "node tier": (ask, bid) => ask.nodeTier < wantedTier(bid.minNodeTier),
  "channel type": (ask, bid) =>
    ask.channelType !== null && bid.channelType !== null && ask.channelType !== bid.channelType,
  announcement: (ask, bid) =>
    ask.announcement === (bid.unannounced ? Announcement.ONLY_ANNOUNCED : Announcement.ONLY_UNANNOUNCED),
  confirmation: (ask, bid) =>
    ask.confirmation === (bid.zeroConf ? Confirmation.ONLY_CONFIRMED : Confirmation.ONLY_ZEROCONF),
  "own balance": (ask, bid) =>
    // The whole of it goes into one channel, so one ask has to fill the bid.
    bid.selfChanBalance > 0n && BigInt(ask.units) * UNIT < BigInt(bid.units) * UNIT,
};

/** Why these two can never be matched; null where only rate and size decide. */
export function whyUnmatched(ask: OpenAsk, bid: OpenBid): Obstacle | null {
  const names = Object.keys(RULES) as Obstacle[];
  return names.find((name) => RULES[name](ask, bid)) ?? null;
}

function takes({ allowedNodes, deniedNodes }: OpenAsk | OpenBid, node: string): boolean {
  return (allowedNodes.length === 0 || allowedNodes.includes(node)) && !deniedNodes.includes(node);
}

/** A bid that names no tier wants a rated node. */
function wantedTier(tier: NodeTier): NodeTier {
  return tier === NodeTier.TIER_DEFAULT ? NodeTier.TIER_1 : tier;
}
