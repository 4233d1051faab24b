import { AccountState, type AccountVersion } from "../../gen/poolrpc/trader_pb.ts";

/** A transaction output. The txid is in internal byte order, as Pool's `bytes` txids are. */
export interface LedgerOutPoint {
  readonly txid: Uint8Array;
  readonly index: number;
}

/** What a transaction did to an account, as `AccountModificationFees` lists it. */
export interface AccountChange {
  readonly action: "create" | "deposit" | "withdraw" | "renew" | "close";
  readonly txid: Uint8Array;
  /** 0 until confirmed. */
  height: number;
  /** Seconds since 1970. */
  readonly timestamp: bigint;
  readonly outputAmount: bigint;
  /** Undefined where the daemon cannot tell the fee. */
  readonly fee: bigint | undefined;
}

/** One account of the sandbox's trader. Changed only by the ledger. */
export interface LedgerAccount {
  readonly traderKey: Uint8Array;
  outpoint: LedgerOutPoint;
  /** Satoshis in the account's output; 0 once closed. */
  value: bigint;
  expirationHeight: number;
  state: AccountState;
  latestTxid: Uint8Array;
  version: AccountVersion;
  /** Height at which the pending transaction has its confirmations; undefined when none is pending. */
  confirmsAt: number | undefined;
  readonly changes: AccountChange[];
}

/** Whether the account is not yet over: an expired one still holds coins, a closing one waits for its confirmation. */
export function isActiveAccount(state: AccountState): boolean {
  return state !== AccountState.CLOSED && state !== AccountState.RECOVERY_FAILED;
}
