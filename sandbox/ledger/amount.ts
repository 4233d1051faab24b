/** How the daemon prints an amount: `10 BTC`, `0.00100000 BTC`. Like it by way of a double, which rounds very large ones. */
export function formatBtc(sats: bigint): string {
  const coins = Number(sats) / 1e8;
  return `${Number.isInteger(coins) ? coins : coins.toFixed(8)} BTC`;
}

/** The daemon keeps amounts in signed 64 bits: the largest unsigned ones arrive as negative. */
export function signed(sats: bigint): bigint {
  return BigInt.asIntN(64, sats);
}

/** An amount as it goes into a reply: the unsigned field shows one below zero as a very large one. */
export function unsigned(sats: bigint): bigint {
  return BigInt.asUintN(64, sats);
}
