/** How the daemon prints an amount: `10 BTC`, `0.00100000 BTC`. */
export function formatBtc(sats: bigint): string {
  const whole = sats / 100_000_000n;
  const rest = sats % 100_000_000n;
  return rest === 0n ? `${whole} BTC` : `${whole}.${String(rest).padStart(8, "0")} BTC`;
}

/** The daemon keeps amounts in signed 64 bits: the largest unsigned ones arrive as negative. */
export function signed(sats: bigint): bigint {
  return BigInt.asIntN(64, sats);
}

/** An amount as it goes into a reply: the unsigned field shows one below zero as a very large one. */
export function unsigned(sats: bigint): bigint {
  return BigInt.asUintN(64, sats);
}
