import { AuctionType, OrderState } from "../../gen/auctioneerrpc/auctioneer_pb.ts";
import type { LedgerOrder, OrderSide } from "../../sandbox/ledger/order.ts";

/** An open order of 10 units; what is given is changed. */
export function anOrder(change: Partial<LedgerOrder>): LedgerOrder {
  return {
    nonce: new Uint8Array(32),
    traderKey: new Uint8Array(33),
    side: { kind: "ask", announcement: 0, confirmation: 0 },
    version: 5,
    rateFixed: 4_960,
    amt: 1_000_000n,
    maxBatchFeeRate: 12_500n,
    leaseDuration: 2_016,
    units: 10,
    unitsUnfulfilled: 10,
    minUnitsMatch: 1,
    state: OrderState.ORDER_SUBMITTED,
    createdNs: 0n,
    events: [],
    channelType: 0,
    allowedNodes: [],
    notAllowedNodes: [],
    auctionType: AuctionType.BTC_INBOUND_LIQUIDITY,
    isPublic: false,
    ...change,
  };
}

export function anAsk(): LedgerOrder {
  return anOrder({});
}

export function aBid(change: Partial<Extract<OrderSide, { kind: "bid" }>>): LedgerOrder {
  const plain = {
    kind: "bid",
    minNodeTier: 0,
    selfChanBalance: 0n,
    sidecarTicket: "",
    unannounced: false,
    zeroConf: false,
  } as const;
  return anOrder({ side: { ...plain, ...change } });
}
