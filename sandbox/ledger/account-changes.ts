import { AccountState, type AccountVersion } from "../../gen/poolrpc/trader_pb.ts";
import type { LedgerAccount } from "./account.ts";
import {
  checkExpiry,
  checkFeeRate,
  checkKey,
  checkUpgrade,
  chooseVersion,
  findAccount,
  STATE_NAMES,
} from "./account-checks.ts";
import { accountScript, availableBalance, confirmationsFor, recordChange, spendAccount } from "./accounts.ts";
import { scriptOf, taprootScript } from "./address.ts";
import { formatBtc, signed } from "./amount.ts";
import { depositFee, modifyFee, relayFee } from "./chain-fees.ts";
import { sameBytes, sha256, toHex } from "./keys.ts";
import { isActiveOrder } from "./market.ts";
import { checkDust, checkPayable, closingValue, type ScriptPayout } from "./payouts.ts";
import { refuse } from "./refusal.ts";
import type { World } from "./state.ts";
import { ACCOUNT_VALUE } from "./terms.ts";

/** An address and what it is to receive. */
export interface Payout {
  readonly value: bigint;
  readonly address: string;
}

/** What every modification may say besides its own. */
export interface Modification {
  readonly traderKey: Uint8Array;
  /** sat/kw. */
  readonly feeRate: bigint;
  /** The new expiry height; 0 keeps the old one. */
  readonly expiry: number;
  readonly newVersion: AccountVersion;
}

/** Where the coins of a closed account go: all to one address less the fee, or to outputs that leave the fee over. */
export type CloseDestination =
  | { readonly kind: "fee"; readonly address: string; readonly feeRate: bigint }
  | { readonly kind: "outputs"; readonly outputs: readonly Payout[] };

/** Adds coins of the wallet to an open account. */
export function depositAccount(world: World, change: Modification & { amount: bigint }): LedgerAccount {
  checkKey(change.traderKey);
  checkFeeRate(change.feeRate);
  const version = chooseVersion(change.newVersion);
  const account = openAccount(world, change, version);
  const value = account.value + signed(change.amount);
  if (value > ACCOUNT_VALUE.max) {
    refuse(`new account value is above accepted maximum of ${formatBtc(ACCOUNT_VALUE.max)}`);
  }
  checkNewExpiry(world, change.expiry);
  if (value < ACCOUNT_VALUE.min) {
    refuse(`new account value is below accepted minimum of ${formatBtc(ACCOUNT_VALUE.min)}`);
  }
  const fee = depositFee(change.feeRate, account.version);
  return respend(world, account, {
    action: "deposit",
    value,
    fee,
    version,
    expiry: change.expiry,
    payouts: [],
  });
}

/** Pays coins of an open account to addresses; the fee comes out of the account too. */
export function withdrawAccount(
  world: World,
  change: Modification & { outputs: readonly Payout[] },
): LedgerAccount {
  checkKey(change.traderKey);
  if (change.outputs.length === 0) {
    refuse("missing outputs for withdrawal");
  }
  const payouts = change.outputs.map((output) => toPayout(world, output));
  checkFeeRate(change.feeRate);
  const version = chooseVersion(change.newVersion);
  const account = openAccount(world, change, version);
  checkNewExpiry(world, change.expiry);
  const kinds = payouts.map((payout) => payout.script.kind);
  payouts.forEach(checkPayable);
  const fee = modifyFee(change.feeRate, account.version, kinds);
  const value = account.value - payouts.reduce((sum, payout) => sum + payout.value, 0n) - fee;
  if (value < ACCOUNT_VALUE.min) {
    refuse(`new account value is below accepted minimum of ${formatBtc(ACCOUNT_VALUE.min)}`);
  }
  checkDust(payouts);
  checkReserve(world, account, value);
  return respend(world, account, { action: "withdraw", value, fee, version, expiry: change.expiry, payouts });
}

/** Moves the expiry of an open or expired account. */
export function renewAccount(world: World, change: Modification): LedgerAccount {
  checkKey(change.traderKey);
  if (change.expiry === 0) {
    refuse("either relative or absolute height must be specified");
  }
  checkFeeRate(change.feeRate);
  const version = chooseVersion(change.newVersion);
  const account = findAccount(world.state, change.traderKey);
  if (account.state !== AccountState.OPEN && account.state !== AccountState.EXPIRED) {
    refuse("account must be in either of [StateOpen StateExpired] to be renewed");
  }
  checkExpiry(change.expiry, world.state.height);
  checkUpgrade(account.version, version);
  const fee = modifyFee(change.feeRate, account.version, []);
  const value = account.value - fee;
  if (value < ACCOUNT_VALUE.min) {
    refuse(`new account value is below accepted minimum of ${formatBtc(ACCOUNT_VALUE.min)}`);
  }
  return respend(world, account, {
    action: "renew",
    value,
    fee,
    version,
    expiry: change.expiry,
    payouts: [],
  });
}

/** Raises the fee of a pending transaction with a child that pays for it: one that was stuck will now confirm. */
export function bumpAccountFee(world: World, traderKey: Uint8Array): void {
  checkKey(traderKey);
  const account = findAccount(world.state, traderKey);
  const pending = [AccountState.PENDING_OPEN, AccountState.PENDING_UPDATE, AccountState.PENDING_CLOSED];
  if (!pending.includes(account.state)) {
    refuse(`cannot bump fee for account in state ${STATE_NAMES[account.state]}`);
  }
  account.confirmsAt ??= world.state.height + confirmationsFor(account.value);
}

/** Closes an account and gives back the id of the closing transaction. */
export function closeAccount(
  world: World,
  traderKey: Uint8Array,
  to: CloseDestination | undefined,
): Uint8Array {
  const { state } = world;
  checkKey(traderKey);
  if (to === undefined) {
    refuse("a funds destination must be specified");
  }
  if (to.kind === "fee") {
    checkFeeRate(to.feeRate);
  } else if (to.outputs.length === 0) {
    refuse("no outputs provided");
  }
  const nonces = state.orders
    .filter((order) => sameBytes(order.traderKey, traderKey) && isActiveOrder(order.state))
    .map((order) => toHex(order.nonce));
  if (nonces.length > 0) {
    refuse(`acct=${toHex(traderKey)} has open orders, cancel them before closing: [${nonces.join(" ")}]`);
  }
  const account = findAccount(state, traderKey);
  if (account.state === AccountState.PENDING_CLOSED || account.state === AccountState.CLOSED) {
    refuse("account has already been closed");
  }
  const expired = account.state === AccountState.EXPIRED || state.height >= account.expirationHeight;
  const payouts =
    to.kind === "fee"
      ? [wholeValue(world, account, to, expired)]
      : to.outputs.map((out) => toPayout(world, out));
  checkDust(payouts);
  const total = payouts.reduce((sum, payout) => sum + payout.value, 0n);
  if (total > account.value) {
    refuse(`output value of ${formatBtc(total)} exceeds input value of ${formatBtc(account.value)}`);
  }
  const kinds = payouts.map((payout) => payout.script.kind);
  const [pays, wanted] = [account.value - total, relayFee(account.version, expired, kinds)];
  if (pays < wanted) {
    refuse(`signed transaction only pays ${pays} sats in fees while ${wanted} are required for relay`);
  }
  const outputs = payouts.map((payout) => ({ value: payout.value, script: payout.script.bytes }));
  const txid = spendAccount(world, account, outputs, false);
  recordChange(world, account, {
    action: "close",
    txid,
    outputAmount: payouts[0]?.value ?? 0n,
    fee: account.value - total,
  });
  account.value = 0n;
  account.state = AccountState.PENDING_CLOSED;
  account.latestTxid = txid;
  account.confirmsAt = state.height + confirmationsFor(total);
  return txid;
}

function wholeValue(
  world: World,
  account: LedgerAccount,
  to: Extract<CloseDestination, { kind: "fee" }>,
  expired: boolean,
): ScriptPayout {
  const script =
    to.address === ""
      ? taprootScript(sha256(account.traderKey, "close"))
      : scriptOf(to.address, world.state.network);
  return { value: closingValue(account, expired, script, to.feeRate), script };
}

interface Respend {
  readonly action: "deposit" | "withdraw" | "renew";
  readonly value: bigint;
  readonly fee: bigint;
  readonly version: AccountVersion;
  readonly expiry: number;
  readonly payouts: readonly ScriptPayout[];
}

/** Spends the account into a new output of itself. */
function respend(world: World, account: LedgerAccount, next: Respend): LedgerAccount {
  const expiry = next.expiry === 0 ? account.expirationHeight : next.expiry;
  const outputs = [
    { value: next.value, script: accountScript(account.traderKey, next.version, expiry) },
    ...next.payouts.map((payout) => ({ value: payout.value, script: payout.script.bytes })),
  ];
  const txid = spendAccount(world, account, outputs, next.action === "deposit");
  recordChange(world, account, { action: next.action, txid, outputAmount: next.value, fee: next.fee });
  account.value = next.value;
  account.version = next.version;
  account.expirationHeight = expiry;
  account.outpoint = { txid, index: 0 };
  account.latestTxid = txid;
  account.state = AccountState.PENDING_UPDATE;
  account.confirmsAt = world.state.height + confirmationsFor(next.value);
  return account;
}

function openAccount(world: World, change: Modification, version: AccountVersion): LedgerAccount {
  const account = findAccount(world.state, change.traderKey);
  if (account.state !== AccountState.OPEN) {
    refuse("account must be in StateOpen to be modified");
  }
  checkUpgrade(account.version, version);
  return account;
}

/** Refuses what would leave less in an account than its open orders may cost. */
function checkReserve({ state }: World, account: LedgerAccount, value: bigint): void {
  const reserved = account.value - signed(availableBalance(state, account));
  if (value < reserved) {
    const left = `${formatBtc(value)} would be left where open orders reserve ${formatBtc(reserved)}`;
    refuse(`${left}: a real poold 0.6.6 lets that pass, and its available_balance underflows`);
  }
}

function checkNewExpiry(world: World, expiry: number): void {
  if (expiry !== 0) {
    checkExpiry(expiry, world.state.height);
  }
}

function toPayout(world: World, output: Payout): ScriptPayout {
  return { value: signed(output.value), script: scriptOf(output.address, world.state.network) };
}
