import { create } from "@bufbuild/protobuf";
import { BatchSnapshotsResponseSchema } from "../../gen/auctioneerrpc/auctioneer_pb.ts";
import { findSnapshot, snapshotsBack } from "../auctioneer/snapshots.ts";
import { checkKey } from "../ledger/account-checks.ts";
import { listLeases } from "../ledger/leases.ts";
import { refuse } from "../ledger/refusal.ts";
import type { TraderDeps, TraderMethods } from "./trader-deps.ts";

type AuctionMethods =
  | "auctionFee"
  | "leaseDurations"
  | "nextBatchInfo"
  | "batchSnapshot"
  | "batchSnapshots"
  | "leases"
  | "nodeRatings";

/** The auction: its terms, its batches, what came of them. */
export function traderAuction({ ledger }: TraderDeps): TraderMethods<AuctionMethods> {
  return {
    auctionFee: () => {
      const { executionFee } = ledger.terms();
      return executionFee === undefined ? {} : { executionFee };
    },
    leaseDurations: () => {
      const { leaseDurations, leaseDurationBuckets } = ledger.terms();
      return { leaseDurations, leaseDurationBuckets };
    },
    nextBatchInfo: () => {
      const terms = ledger.terms();
      return {
        confTarget: terms.nextBatchConfTarget,
        feeRateSatPerKw: terms.nextBatchFeeRateSatPerKw,
        clearTimestamp: terms.nextBatchClearTimestamp,
        autoRenewExtensionBlocks: terms.autoRenewExtensionBlocks,
      };
    },
    batchSnapshot: ({ batchId }) =>
      findSnapshot(ledger.batches(), batchId) ?? refuse("batch snapshot not found"),
    batchSnapshots: ({ startBatchId, numBatchesBack }) => {
      const batches = snapshotsBack(ledger.batches(), startBatchId, numBatchesBack || 1);
      return create(BatchSnapshotsResponseSchema, {
        batches: [...(batches ?? refuse("batch snapshot not found"))],
      });
    },
    leases: ({ batchIds, accounts }) => {
      const { leases, earned, paid } = listLeases(ledger.world.state, batchIds, accounts);
      return { leases, totalAmtEarnedSat: earned, totalAmtPaidSat: paid };
    },
    nodeRatings: ({ nodePubkeys }) => {
      if (nodePubkeys.length === 0) {
        refuse("node pub key must be provided");
      }
      nodePubkeys.forEach(checkKey);
      return { nodeRatings: nodePubkeys.map((key) => ledger.nodeRating(key)) };
    },
  };
}
