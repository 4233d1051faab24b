/** Satoshis in one unit, the smallest thing that is traded. */
export const UNIT = 100_000n;

/** A rate of this much per block would pay the whole amount with every block. */
export const PARTS_PER_BILLION = 1e9;

const PARTS_PER_MILLION = 1_000_000n;

/** What the auctioneer charges each side of a match: sat, and parts per million of the matched amount. */
export interface FeeSchedule {
  readonly baseFee: bigint;
  readonly feeRate: bigint;
}

/**
 * The premium for a whole lease, in sat; `rateFixed` is in parts per billion per block. Pool computes it in doubles, in
 * this order, and drops the fraction: so does this.
 */
export function lumpSumPremium(amt: bigint, rateFixed: number, blocks: number): bigint {
  const perBlock = (Number(amt) * rateFixed) / PARTS_PER_BILLION;
  return BigInt(Math.trunc(perBlock * blocks));
}

/** What the auctioneer takes from each side of a match, in sat, without the fraction. */
export function executionFee(amt: bigint, { baseFee, feeRate }: FeeSchedule): bigint {
  return baseFee + (amt * feeRate) / PARTS_PER_MILLION;
}
