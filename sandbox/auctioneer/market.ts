import { create } from "@bufbuild/protobuf";
import {
  type MarketInfo,
  type MarketInfo_TierValue,
  MarketInfo_TierValueSchema,
  MarketInfoSchema,
} from "../../gen/auctioneerrpc/auctioneer_pb.ts";
import { isActiveOrder, rateNode } from "../ledger/market.ts";
import type { BookOrder } from "./book.ts";

/** The markets together with what is open from outside, by the tier of the node that each order names. */
export function withBookOrders(
  markets: Readonly<Record<number, MarketInfo>>,
  orders: readonly BookOrder[],
): Record<number, MarketInfo> {
  const all: Record<number, MarketInfo> = { ...markets };
  for (const { order, state, units } of orders) {
    if (order === null || !isActiveOrder(state)) continue;
    const blocks = order.value.leaseDurationBlocks;
    const { numAsks, numBids, askOpenInterestUnits, bidOpenInterestUnits } =
      all[blocks] ?? create(MarketInfoSchema);
    const tier = rateNode(order.value.details?.nodePub ?? new Uint8Array()).nodeTier;
    const add = (kind: "ask" | "bid", to: readonly MarketInfo_TierValue[], value: number) =>
      kind === order.kind ? plus(to, tier, value) : [...to];
    all[blocks] = create(MarketInfoSchema, {
      numAsks: add("ask", numAsks, 1),
      numBids: add("bid", numBids, 1),
      askOpenInterestUnits: add("ask", askOpenInterestUnits, units),
      bidOpenInterestUnits: add("bid", bidOpenInterestUnits, units),
    });
  }
  return all;
}

function plus(
  values: readonly MarketInfo_TierValue[],
  tier: MarketInfo_TierValue["tier"],
  value: number,
): MarketInfo_TierValue[] {
  const before = values.find((each) => each.tier === tier)?.value ?? 0;
  return [
    ...values.filter((each) => each.tier !== tier),
    create(MarketInfo_TierValueSchema, { tier, value: before + value }),
  ];
}
