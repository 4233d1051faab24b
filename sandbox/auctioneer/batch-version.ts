/** Plain batch versions: the first, renewal, unannounced channels, Taproot accounts, zero-conf channels. */
const PLAIN: readonly number[] = [0, 1, 2, 10, 11];

/** Added to a plain version: zero-conf channels, and Taproot accounts of the second kind. */
const FLAGS = 16 | 32;

/** Whether a trader may announce this version. */
export function knowsBatchVersion(version: number): boolean {
  return PLAIN.includes(version & 15) && (version & ~15 & ~FLAGS) === 0;
}
