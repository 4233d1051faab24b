import { create } from "@bufbuild/protobuf";
import { AccountVersion, type Lease, LeaseSchema } from "../../gen/poolrpc/trader_pb.ts";
import { checkKey } from "./account-checks.ts";
import { traderFee } from "./chain-fees.ts";
import { sameBytes, toHex } from "./keys.ts";
import { Refusal, refuse } from "./refusal.ts";
import type { BatchRecord, WorldState } from "./state.ts";

/** The trader's leases with what they earned and cost, in sat. */
export interface LeaseReport {
  readonly leases: Lease[];
  readonly earned: bigint;
  readonly paid: bigint;
}

/** The leases of some batches and accounts; empty lists mean all. */
export function listLeases(
  state: WorldState,
  batchIds: readonly Uint8Array[],
  accounts: readonly Uint8Array[],
): LeaseReport {
  for (const key of accounts) {
    checkNamedKey("invalid account key", key);
  }
  const ours = state.batches.filter((batch) => batch.leases.length > 0);
  const batches = batchIds.length === 0 ? ours : batchIds.map((id) => findOwnBatch(ours, id));
  const leases: Lease[] = [];
  let earned = 0n;
  let paid = 0n;
  for (const batch of batches) {
    const wanted = batch.leases.filter(
      ({ traderKey }) => accounts.length === 0 || accounts.some((key) => sameBytes(key, traderKey)),
    );
    const fees = chainFees(
      batch,
      wanted.map(({ lease }) => lease),
    );
    wanted.forEach(({ lease }, n) => {
      leases.push(create(LeaseSchema, { ...lease, chainFeeSat: fees.shares[n] ?? 0n }));
      earned += lease.purchased ? 0n : lease.premiumSat;
      paid += (lease.purchased ? lease.premiumSat : 0n) + lease.executionFeeSat;
    });
    paid += fees.total;
  }
  return { leases, earned, paid };
}

/**
 * The batch's chain fee, estimated as for one legacy account and divided among its leases, the remainder on the first.
 * Like the daemon, the total counts the fee once for each order, each time for the leases seen so far.
 */
function chainFees(batch: BatchRecord, leases: readonly Lease[]): { total: bigint; shares: bigint[] } {
  const feeRate = batch.snapshot.batchTxFeeRateSatPerKw;
  const fee = (count: number) => traderFee(BigInt(count), feeRate, AccountVersion.LEGACY);
  let total = 0n;
  leases.forEach((lease, n) => {
    const next = leases[n + 1];
    if (next === undefined || !sameBytes(next.orderNonce, lease.orderNonce)) {
      total += fee(n + 1);
    }
  });
  const count = BigInt(leases.length);
  const all = fee(leases.length);
  return { total, shares: leases.map((_, n) => all / count + (n === 0 ? all % count : 0n)) };
}

function findOwnBatch(batches: readonly BatchRecord[], id: Uint8Array): BatchRecord {
  checkNamedKey("invalid batch id", id);
  return (
    batches.find((batch) => sameBytes(batch.snapshot.batchId, id)) ??
    refuse(`snapshot of batch ${toHex(id)} not found`)
  );
}

function checkNamedKey(name: string, key: Uint8Array): void {
  try {
    checkKey(key);
  } catch (error) {
    refuse(`${name}: ${error instanceof Refusal ? error.message : String(error)}`);
  }
}
