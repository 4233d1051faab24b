import type { Match, MatchSide } from "./batches.ts";
import { publicKey } from "./keys.ts";
import { type SeedOrder, seedNonce } from "./seed-keys.ts";

/** A batch of the past: when, at which fee rate, and who traded what. */
export interface SeedBatch {
  readonly height: number;
  /** sat/kw. */
  readonly feeRate: bigint;
  readonly matches: readonly Match[];
}

/** The seeded batches, oldest first. The newest waits for its block. */
export const BATCHES: readonly SeedBatch[] = [
  {
    height: 806_400,
    feeRate: 1_875n,
    matches: [
      match(2016, 14, other(1, 3_100), other(2, 4_250)),
      match(4032, 5, other(3, 2_050), other(1, 2_600)),
    ],
  },
  {
    height: 807_200,
    feeRate: 2_500n,
    matches: [
      match(2016, 20, ours("soldAsk"), other(1, 5_400)),
      match(2016, 6, other(2, 3_900), other(3, 5_150)),
    ],
  },
  {
    height: 808_300,
    feeRate: 750n,
    matches: [
      match(2016, 10, other(2, 4_400), ours("boughtBid")),
      match(2016, 31, other(3, 4_700), other(1, 6_100)),
    ],
  },
  {
    height: 809_400,
    feeRate: 1_250n,
    matches: [
      match(4032, 12, ours("partialAsk"), other(1, 2_950)),
      match(2016, 9, other(3, 3_200), other(2, 4_980)),
    ],
  },
  {
    height: 810_200,
    feeRate: 500n,
    matches: [
      match(2016, 5, other(1, 4_100), ours("boughtSecondBid")),
      match(6048, 3, other(2, 1_700), other(3, 2_150)),
    ],
  },
  {
    height: 811_000,
    feeRate: 253n,
    matches: [
      match(4032, 8, ours("partialAsk"), other(3, 2_780)),
      match(6048, 4, other(1, 1_950), other(2, 2_400)),
    ],
  },
  {
    height: 812_044,
    feeRate: 12_500n,
    matches: [
      match(2016, 17, other(2, 4_820), other(1, 5_600)),
      match(4032, 7, other(1, 2_500), other(3, 3_050)),
      match(6048, 2, other(3, 1_880), other(2, 2_020)),
    ],
  },
];

export function match(leaseDuration: number, units: number, ask: MatchSide, bid: MatchSide): Match {
  return { leaseDuration, units, ask, bid };
}

export function ours(name: SeedOrder): MatchSide {
  return { kind: "ours", nonce: seedNonce(name) };
}

export function other(node: number, rateFixed: number): MatchSide {
  return { kind: "other", nodeKey: publicKey("node", node), rateFixed };
}
