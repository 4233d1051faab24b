import { secp256k1 } from "@noble/curves/secp256k1.js";
import { AccountState, AccountVersion } from "../../gen/poolrpc/trader_pb.ts";
import type { LedgerAccount } from "./account.ts";
import { formatBtc, signed } from "./amount.ts";
import { FEE_FLOOR } from "./chain-fees.ts";
import { sameBytes, toHex } from "./keys.ts";
import { refuse } from "./refusal.ts";
import type { WorldState } from "./state.ts";
import { ACCOUNT_LIFETIME, ACCOUNT_VALUE } from "./terms.ts";

/** The daemon's names of account states in its error texts. */
export const STATE_NAMES: Readonly<Record<AccountState, string>> = {
  [AccountState.PENDING_OPEN]: "StatePendingOpen",
  [AccountState.PENDING_UPDATE]: "StatePendingUpdate",
  [AccountState.OPEN]: "StateOpen",
  [AccountState.EXPIRED]: "StateExpired",
  [AccountState.PENDING_CLOSED]: "StatePendingClosed",
  [AccountState.CLOSED]: "StateClosed",
  [AccountState.RECOVERY_FAILED]: "StateCanceledAfterRecovery",
  [AccountState.PENDING_BATCH]: "StatePendingBatch",
};

const VERSION_NAMES: Readonly<Record<number, string>> = {
  [AccountVersion.LEGACY]: "account_p2wsh",
  [AccountVersion.TAPROOT]: "account_p2tr",
  [AccountVersion.TAPROOT_V2]: "account_p2tr_v2",
};

/** Refuses bytes that are no public key, with the words of the daemon's library. */
export function checkKey(key: Uint8Array): void {
  if (key.length !== 33) {
    refuse(`malformed public key: invalid length: ${key.length}`);
  }
  const format = key[0] ?? 0;
  if (format !== 2 && format !== 3) {
    refuse(`invalid public key: unsupported format: ${format}`);
  }
  if (BigInt(`0x${toHex(key.subarray(1))}`) >= secp256k1.Point.Fp.ORDER) {
    refuse("invalid public key: x >= field prime");
  }
  try {
    secp256k1.Point.fromBytes(key);
  } catch {
    refuse(
      `invalid public key: x coordinate ${Buffer.from(key.subarray(1)).toString("hex")} is not on the secp256k1 curve`,
    );
  }
}

/** Whether these bytes are a compressed public key. */
export function isKey(key: Uint8Array): boolean {
  try {
    checkKey(key);
    return true;
  } catch {
    return false;
  }
}

/** The account of a key, or the daemon's refusal. */
export function findAccount(state: WorldState, key: Uint8Array): LedgerAccount {
  return state.accounts.find((account) => sameBytes(account.traderKey, key)) ?? refuse("account not found");
}

/** Refuses values outside the auctioneer's limits. */
export function checkValue(value: bigint): void {
  if (signed(value) < ACCOUNT_VALUE.min) {
    refuse(`minimum account value allowed is ${formatBtc(ACCOUNT_VALUE.min)}`);
  }
  if (signed(value) > ACCOUNT_VALUE.max) {
    refuse(`maximum account value allowed is ${formatBtc(ACCOUNT_VALUE.max)}`);
  }
}

/** Refuses expiries too near or too far from the best height. */
export function checkExpiry(expiry: number, height: number): void {
  if (expiry < height + ACCOUNT_LIFETIME.min) {
    refuse(`current minimum account expiry allowed is height ${height + ACCOUNT_LIFETIME.min}`);
  }
  if (expiry > height + ACCOUNT_LIFETIME.max) {
    refuse(`current maximum account expiry allowed is height ${height + ACCOUNT_LIFETIME.max}`);
  }
}

/** Refuses fee rates that would not be relayed. */
export function checkFeeRate(feeRate: bigint): void {
  if (signed(feeRate) < FEE_FLOOR) {
    refuse(`fee rate of ${signed(feeRate)} sat/kw is too low, minimum is ${FEE_FLOOR} sat/kw`);
  }
}

/** The version that a request means: unset stands for the newest. */
export function chooseVersion(version: AccountVersion): AccountVersion {
  if (version === AccountVersion.LND_DEPENDENT) {
    return AccountVersion.TAPROOT_V2;
  }
  return VERSION_NAMES[version] === undefined ? refuse(`unknown account version ${version}`) : version;
}

/** Refuses to take a version back. */
export function checkUpgrade(from: AccountVersion, to: AccountVersion): void {
  if (to < from) {
    refuse(`cannot downgrade account version to ${VERSION_NAMES[to]}`);
  }
}

/** Refuses accounts that cannot trade now. */
export function checkAccountReady(account: LedgerAccount, prefix: string): void {
  const ready = [AccountState.OPEN, AccountState.PENDING_UPDATE, AccountState.PENDING_BATCH];
  if (!ready.includes(account.state)) {
    const where = `acct=${toHex(account.traderKey)} is in state ${STATE_NAMES[account.state]}`;
    refuse(`${prefix}${where}, cannot make order`);
  }
}
