import { create } from "@bufbuild/protobuf";
import {
  AccountDiff_AccountState,
  type BatchSnapshotResponse,
  type MatchedMarket,
  MatchedMarketSchema,
  type MatchedOrder,
  MatchedOrderSchema,
  type RelevantBatch,
  RelevantBatchSchema,
} from "../../gen/auctioneerrpc/auctioneer_pb.ts";
import { UNIT } from "../../lib/auction/premium.ts";
import type { OwnLedger } from "../ledger/create-ledger.ts";
import { sameBytes, toHex } from "../ledger/keys.ts";
import type { LeaseRecord } from "../ledger/state.ts";

/** The most batches that one call of `BatchSnapshots` returns. */
const MOST_SNAPSHOTS = 100;

/** The batch with this id; the newest for an id that is empty or all zeros. */
export function findSnapshot(
  batches: readonly BatchSnapshotResponse[],
  id: Uint8Array,
): BatchSnapshotResponse | undefined {
  return id.every((byte) => byte === 0) ? batches[0] : batches.find((batch) => sameBytes(batch.batchId, id));
}

/** The run of batches that starts with this one, newest first; undefined where the start is unknown. */
export function snapshotsBack(
  batches: readonly BatchSnapshotResponse[],
  start: Uint8Array,
  count: number,
): readonly BatchSnapshotResponse[] | undefined {
  const first = findSnapshot(batches, start);
  if (first === undefined) return batches.length === 0 && start.every((byte) => byte === 0) ? [] : undefined;
  const from = batches.indexOf(first);
  return batches.slice(from, from + Math.min(Math.max(count, 1), MOST_SNAPSHOTS));
}

/**
 * What a batch was to these accounts: their balances now and the leases they got. The sandbox keeps leases, not the
 * orders of others, so a matched order shows the node, the amount and the rate and leaves keys and signatures out.
 */
export function relevantBatch(
  ledger: OwnLedger,
  snapshot: BatchSnapshotResponse,
  accounts: readonly Uint8Array[],
): RelevantBatch {
  const record = ledger.world.state.batches.find((each) => each.snapshot === snapshot);
  const leases = (record?.leases ?? []).filter(({ traderKey }) =>
    accounts.some((key) => sameBytes(key, traderKey)),
  );
  const keys = new Map(leases.map(({ traderKey }) => [toHex(traderKey), traderKey]));
  return create(RelevantBatchSchema, {
    version: snapshot.version,
    id: snapshot.batchId,
    chargedAccounts: [...keys.values()].map((traderKey) => {
      const account = ledger.findAccount(traderKey);
      const closed = account === undefined || account.value === 0n;
      return {
        traderKey,
        endingBalance: account?.value ?? 0n,
        endingState: closed
          ? AccountDiff_AccountState.OUTPUT_FULLY_SPENT
          : AccountDiff_AccountState.OUTPUT_RECREATED,
        outpointIndex: closed ? -1 : account.outpoint.index,
        newExpiry: account?.expirationHeight ?? 0,
      };
    }),
    executionFee: ledger.terms().executionFee ?? {},
    transaction: snapshot.batchTx,
    feeRateSatPerKw: snapshot.batchTxFeeRateSatPerKw,
    creationTimestampNs: snapshot.creationTimestampNs,
    matchedMarkets: matchedMarkets(leases, snapshot),
  });
}

function matchedMarkets(
  leases: readonly LeaseRecord[],
  snapshot: BatchSnapshotResponse,
): Record<number, MatchedMarket> {
  const markets: Record<number, MatchedMarket> = {};
  for (const { lease } of leases) {
    const blocks = lease.channelDurationBlocks;
    const clearingPriceRate = snapshot.matchedMarkets[blocks]?.clearingPriceRate ?? 0;
    markets[blocks] ??= create(MatchedMarketSchema, { clearingPriceRate });
    const orders = markets[blocks].matchedOrders;
    const nonce = toHex(lease.orderNonce);
    orders[nonce] ??= create(MatchedOrderSchema);
    addMatch(orders[nonce], lease);
  }
  return markets;
}

function addMatch(matched: MatchedOrder, lease: LeaseRecord["lease"]): void {
  const details = {
    orderNonce: lease.matchedOrderNonce,
    nodePub: lease.channelRemoteNodeKey,
    amt: lease.channelAmtSat,
    rateFixed: Number(lease.clearingRatePrice),
  };
  const common = { details, leaseDurationBlocks: lease.channelDurationBlocks };
  const unitsFilled = Number(lease.channelAmtSat / UNIT);
  const more = create(
    MatchedOrderSchema,
    lease.purchased
      ? { matchedAsks: [{ ask: common, unitsFilled }] }
      : { matchedBids: [{ bid: common, unitsFilled }] },
  );
  matched.matchedAsks.push(...more.matchedAsks);
  matched.matchedBids.push(...more.matchedBids);
}
