import { create } from "@bufbuild/protobuf";
import {
  DurationBucketState,
  type TermsResponse,
  TermsResponseSchema,
} from "../../gen/auctioneerrpc/auctioneer_pb.ts";
import type { World } from "./state.ts";

/** Base fee in sat and fee rate in parts per million: what the auctioneer takes for each match. */
export const EXECUTION_FEE = { baseFee: 1n, feeRate: 1000n } as const;

/** Smallest and largest account in sat. */
export const ACCOUNT_VALUE = { min: 100_000n, max: 1_000_000_000n } as const;

/** An account must live at least a day and at most a year: blocks from the best height. */
export const ACCOUNT_LIFETIME = { min: 144, max: 52_560 } as const;

/** The markets: lease duration in blocks (two weeks to a year) and what may be done in each. */
export const LEASE_DURATIONS: Readonly<Record<number, DurationBucketState>> = {
  2016: DurationBucketState.MARKET_OPEN,
  4032: DurationBucketState.MARKET_OPEN,
  6048: DurationBucketState.MARKET_OPEN,
  8064: DurationBucketState.ACCEPTING_ORDERS,
  12096: DurationBucketState.ACCEPTING_ORDERS,
  52416: DurationBucketState.MARKET_CLOSED,
};

/** Batches are cleared at each full multiple of this, in seconds. */
export const BATCH_INTERVAL = 600n;

/** The confirmation target behind the fee rate of the next batch. */
const NEXT_BATCH_CONF_TARGET = 6;

const AUTO_RENEW_BLOCKS = 3024;

/** The auctioneer's current terms. */
export function currentTerms(world: World): TermsResponse {
  const { durations } = world.state.market;
  const seconds = BigInt(Math.floor(world.clock() / 1000));
  return create(TermsResponseSchema, {
    maxAccountValue: ACCOUNT_VALUE.max,
    maxOrderDurationBlocks: Math.max(...Object.keys(durations).map(Number)),
    executionFee: EXECUTION_FEE,
    leaseDurations: Object.fromEntries(
      Object.entries(durations).map(([blocks, state]) => [blocks, acceptsOrders(state)]),
    ),
    leaseDurationBuckets: durations,
    nextBatchConfTarget: NEXT_BATCH_CONF_TARGET,
    nextBatchFeeRateSatPerKw: world.state.fees.nextBatch,
    nextBatchClearTimestamp: (seconds / BATCH_INTERVAL + 1n) * BATCH_INTERVAL,
    autoRenewExtensionBlocks: AUTO_RENEW_BLOCKS,
  });
}

/** Whether an order of such a market is taken. */
export function acceptsOrders(state: DurationBucketState): boolean {
  return state === DurationBucketState.MARKET_OPEN || state === DurationBucketState.ACCEPTING_ORDERS;
}
