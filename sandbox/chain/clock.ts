/** The time as milliseconds since 1970. The ledger never asks the machine: whoever builds it brings the clock. */
export type Clock = () => number;

/** The clock's time in nanoseconds, as Pool stamps orders, events and batches. */
export function nanoseconds(clock: Clock): bigint {
  return BigInt(Math.floor(clock())) * 1_000_000n;
}
