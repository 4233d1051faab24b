import { create } from "@bufbuild/protobuf";
import { BatchSnapshotsResponseSchema } from "../../gen/auctioneerrpc/auctioneer_pb.ts";
import { findSnapshot, snapshotsBack } from "../auctioneer/snapshots.ts";
import { checkKey } from "../ledger/account-checks.ts";
import { fixedBytes } from "../ledger/keys.ts";
import { listLeases } from "../ledger/leases.ts";
import { refuse } from "../ledger/refusal.ts";
import { reachAuctioneer } from "./auctioneer-link.ts";
import type { TraderDeps, TraderMethods } from "./trader-deps.ts";

type AuctionMethods =
  | "auctionFee"
  | "leaseDurations"
  | "nextBatchInfo"
  | "batchSnapshot"
  | "batchSnapshots"
  | "leases"
  | "nodeRatings";

const BATCH_ID_BYTES = 33;

/** The auction: its terms, its batches, what came of them. */
export function traderAuction({ ledger }: TraderDeps): TraderMethods<AuctionMethods> {
  const { world } = ledger;
  const queryTerms = (signal: AbortSignal) =>
    reachAuctioneer(world, "Terms", "unable to query auctioneer terms: ", signal);
  return {
    auctionFee: async (_, { signal }) => {
      await queryTerms(signal);
      const { executionFee } = ledger.terms();
      return executionFee === undefined ? {} : { executionFee };
    },
    leaseDurations: async (_, { signal }) => {
      await queryTerms(signal);
      const { leaseDurations, leaseDurationBuckets } = ledger.terms();
      return { leaseDurations, leaseDurationBuckets };
    },
    nextBatchInfo: async (_, { signal }) => {
      await queryTerms(signal);
      const terms = ledger.terms();
      return {
        confTarget: terms.nextBatchConfTarget,
        feeRateSatPerKw: terms.nextBatchFeeRateSatPerKw,
        clearTimestamp: terms.nextBatchClearTimestamp,
        autoRenewExtensionBlocks: terms.autoRenewExtensionBlocks,
      };
    },
    batchSnapshot: async ({ batchId }, { signal }) => {
      await reachAuctioneer(world, "BatchSnapshot", "", signal);
      return (
        findSnapshot(ledger.batches(), fixedBytes(batchId, BATCH_ID_BYTES)) ??
        refuse("batch snapshot not found")
      );
    },
    batchSnapshots: async ({ startBatchId, numBatchesBack }, { signal }) => {
      await reachAuctioneer(world, "BatchSnapshots", "", signal);
      const batches = snapshotsBack(ledger.batches(), startBatchId, numBatchesBack || 1);
      return create(BatchSnapshotsResponseSchema, {
        batches: [...(batches ?? refuse("batch snapshot not found"))],
      });
    },
    leases: async ({ batchIds, accounts }, { signal }) => {
      const { leases, earned, paid } = listLeases(world.state, batchIds, accounts);
      const prefix = "unable to fetch node ratings: unable to query node tier: ";
      await reachAuctioneer(world, "NodeRating", prefix, signal);
      return { leases, totalAmtEarnedSat: earned, totalAmtPaidSat: paid };
    },
    nodeRatings: async ({ nodePubkeys }, { signal }) => {
      if (nodePubkeys.length === 0) {
        refuse("node pub key must be provided");
      }
      nodePubkeys.forEach(checkKey);
      await reachAuctioneer(world, "NodeRating", "", signal);
      return { nodeRatings: nodePubkeys.map((key) => ledger.nodeRating(key)) };
    },
  };
}
