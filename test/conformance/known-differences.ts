/** A case in which the sandbox does not answer as the recorded daemon did. */
export interface KnownDifference {
  readonly order: number;
  readonly reason: string;
}

/** Every one of them has to differ: one that is answered as recorded fails the run. */
export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [];
