import { AccountState } from "../../gen/poolrpc/trader_pb.ts";
import type { LedgerAccount } from "./account.ts";
import type { World } from "./state.ts";

/**
 * What moves no coin of the wallet: the daemon asks lnd's wallet for its transactions, which never learns that these were
 * mined.
 */
const UNSEEN: readonly string[] = ["renew", "withdraw"];

/** One block more: transactions that have their confirmations take effect, accounts past their height expire. */
export function mineBlock(world: World): void {
  const { state } = world;
  state.height += 1;
  for (const batch of state.batches) {
    if (batch.height === 0) {
      batch.height = state.height;
      for (const { lease } of batch.leases) {
        lease.channelLeaseExpiry = state.height + lease.channelDurationBlocks;
      }
    }
  }
  for (const account of state.accounts) {
    advance(account, state.height);
  }
}

function advance(account: LedgerAccount, height: number): void {
  if (account.confirmsAt !== undefined) {
    for (const change of account.changes) {
      if (!UNSEEN.includes(change.action)) change.height ||= height;
    }
  }
  if (account.confirmsAt !== undefined && height >= account.confirmsAt) {
    account.confirmsAt = undefined;
    account.state = account.state === AccountState.PENDING_CLOSED ? AccountState.CLOSED : AccountState.OPEN;
  }
  if (account.state === AccountState.OPEN && height >= account.expirationHeight) {
    account.state = AccountState.EXPIRED;
  }
}
