import type {
  AuctionType,
  ChannelAnnouncementConstraints,
  ChannelConfirmationConstraints,
  NodeTier,
  OrderChannelType,
  OrderState,
} from "../../gen/auctioneerrpc/auctioneer_pb.ts";
import type { MatchRejectReason, MatchState } from "../../gen/poolrpc/trader_pb.ts";

/** What happened to an order, oldest first. */
export type LedgerOrderEvent =
  | { readonly kind: "created"; readonly timestampNs: bigint }
  | {
      readonly kind: "updated";
      readonly timestampNs: bigint;
      readonly from: OrderState;
      readonly to: OrderState;
      readonly unitsFilled: number;
    }
  | {
      readonly kind: "matched";
      readonly timestampNs: bigint;
      readonly matchState: MatchState;
      readonly unitsFilled: number;
      readonly matchedOrder: Uint8Array;
      readonly rejectReason: MatchRejectReason;
    };

/** What only an ask or only a bid has. */
export type OrderSide =
  | {
      readonly kind: "ask";
      readonly announcement: ChannelAnnouncementConstraints;
      readonly confirmation: ChannelConfirmationConstraints;
    }
  | {
      readonly kind: "bid";
      readonly minNodeTier: NodeTier;
      readonly selfChanBalance: bigint;
      readonly sidecarTicket: string;
      readonly unannounced: boolean;
      readonly zeroConf: boolean;
    };

/** One order of the sandbox's trader. A unit is 100,000 sat; the rate is parts per billion per block. */
export interface LedgerOrder {
  readonly nonce: Uint8Array;
  readonly traderKey: Uint8Array;
  readonly side: OrderSide;
  readonly version: number;
  readonly rateFixed: number;
  readonly amt: bigint;
  readonly maxBatchFeeRate: bigint;
  readonly leaseDuration: number;
  readonly units: number;
  unitsUnfulfilled: number;
  readonly minUnitsMatch: number;
  state: OrderState;
  readonly createdNs: bigint;
  readonly events: LedgerOrderEvent[];
  readonly channelType: OrderChannelType;
  readonly allowedNodes: readonly Uint8Array[];
  readonly notAllowedNodes: readonly Uint8Array[];
  readonly auctionType: AuctionType;
  readonly isPublic: boolean;
}
