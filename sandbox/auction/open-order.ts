import type {
  AuctionType,
  ChannelAnnouncementConstraints,
  ChannelConfirmationConstraints,
  NodeTier,
  OrderChannelType,
} from "../../gen/auctioneerrpc/auctioneer_pb.ts";

/** What the auction knows of every order, whoever's it is. Units are of 100,000 sat, rates parts per billion per block. */
interface OpenOrderBase {
  /** Nonce, in hex. */
  readonly id: string;
  /** Whose it is, in hex: nobody is matched with itself. */
  readonly trader: string;
  /** Key of the Lightning node behind it, in hex. */
  readonly node: string;
  readonly nodeTier: NodeTier;
  readonly rate: number;
  /** Not filled yet. */
  readonly units: number;
  readonly minUnits: number;
  readonly leaseDuration: number;
  readonly auctionType: AuctionType;
  /** Null: any. */
  readonly channelType: OrderChannelType | null;
  /** sat/kw: the order is in no batch above it. */
  readonly maxBatchFeeRate: bigint;
  /** In hex; where there are none, all. */
  readonly allowedNodes: readonly string[];
  readonly deniedNodes: readonly string[];
}

export interface OpenAsk extends OpenOrderBase {
  readonly announcement: ChannelAnnouncementConstraints;
  readonly confirmation: ChannelConfirmationConstraints;
}

export interface OpenBid extends OpenOrderBase {
  readonly minNodeTier: NodeTier;
  /** sat. */
  readonly selfChanBalance: bigint;
  readonly unannounced: boolean;
  readonly zeroConf: boolean;
}
