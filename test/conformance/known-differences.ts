/** A case in which the sandbox does not answer as the recorded daemon did. */
export interface KnownDifference {
  readonly order: number;
  readonly reason: string;
}

/** Every one of them has to differ: one that is answered as recorded fails the run. */
export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    order: 434,
    reason:
      "the stub auctioneer knows no account for a sidecar's multisig key; a real one and the sandbox's take the subscription",
  },
  {
    order: 465,
    reason:
      "the stub auctioneer makes no valid MuSig2 signature for accounts of version 1; the sandbox closes the account",
  },
];
