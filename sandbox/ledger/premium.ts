import { AuctionType } from "../../gen/auctioneerrpc/auctioneer_pb.ts";
import { AccountVersion } from "../../gen/poolrpc/trader_pb.ts";
import {
  type FeeSchedule,
  executionFee as feeOf,
  lumpSumPremium,
  PARTS_PER_BILLION,
  UNIT,
} from "../../lib/auction/premium.ts";
import { traderFee } from "./chain-fees.ts";
import { isActiveOrder } from "./market.ts";
import type { LedgerOrder } from "./order.ts";
import { EXECUTION_FEE } from "./terms.ts";

/** What the auctioneer takes from each side of a match at its current terms, in sat. */
export function executionFee(amt: bigint): bigint {
  return feeOf(amt, EXECUTION_FEE);
}

/** The answer of QuoteOrder. */
export interface OrderQuote {
  readonly totalPremium: bigint;
  readonly ratePerBlock: number;
  readonly ratePercent: number;
  readonly executionFee: bigint;
  readonly worstCaseChainFee: bigint;
}

/** Quotes the worst case: a legacy account and as many matches as the smallest match allows. */
export function quoteOrder(
  amt: bigint,
  rateFixed: number,
  blocks: number,
  maxBatchFeeRate: bigint,
  minUnitsMatch: number,
): OrderQuote {
  const matches = amt / (BigInt(minUnitsMatch) * UNIT);
  const ratePerBlock = rateFixed / PARTS_PER_BILLION;
  return {
    totalPremium: lumpSumPremium(amt, rateFixed, blocks),
    ratePerBlock,
    ratePercent: ratePerBlock * 100,
    executionFee: executionFee(amt),
    worstCaseChainFee: matches * traderFee(1n, maxBatchFeeRate, AccountVersion.LEGACY),
  };
}

/** The most that an order can take from its account: filled in its smallest parts at the worst price. 0 once it is over. */
export function reservedValue(
  order: LedgerOrder,
  version: AccountVersion,
  fees: FeeSchedule = EXECUTION_FEE,
): bigint {
  if (!isActiveOrder(order.state)) {
    return 0n;
  }
  const total = BigInt(order.unitsUnfulfilled) * UNIT;
  const smallest = BigInt(order.minUnitsMatch) * UNIT;
  let matches = total / smallest;
  let rest = 0n;
  if (matches * smallest < total) {
    matches -= 1n;
    rest = total - matches * smallest;
  }
  const chainFee = traderFee(1n, order.maxBatchFeeRate, version);
  let cost = matches * (matchCost(order, smallest, order.rateFixed, fees) + chainFee);
  if (rest > 0n) {
    cost += matchCost(order, rest, order.rateFixed, fees) + chainFee;
  }
  return cost > 0n ? cost : 0n;
}

/** What one match of this size takes from the account, chain fees aside. Negative where it earns. */
export function matchCost(
  order: LedgerOrder,
  amt: bigint,
  rateFixed = order.rateFixed,
  fees: FeeSchedule = EXECUTION_FEE,
): bigint {
  if (order.side.kind === "ask") {
    return amt - lumpSumPremium(amt, rateFixed, order.leaseDuration) + feeOf(amt, fees);
  }
  const outbound = order.auctionType === AuctionType.BTC_OUTBOUND_LIQUIDITY;
  const base = outbound ? amt + order.side.selfChanBalance : amt;
  return (
    lumpSumPremium(base, rateFixed, order.leaseDuration) + order.side.selfChanBalance + feeOf(base, fees)
  );
}
