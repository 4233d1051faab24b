import { AccountState, AccountVersion } from "../../gen/poolrpc/trader_pb.ts";
import type { AccountChange, LedgerAccount } from "./account.ts";
import { checkExpiry, checkFeeRate, checkValue, chooseVersion } from "./account-checks.ts";
import { scriptOf, taprootScript, walletAddress, witnessScript } from "./address.ts";
import { createFee } from "./chain-fees.ts";
import { publicKey, sha256 } from "./keys.ts";
import { reservedValue } from "./premium.ts";
import { draw, type World, type WorldState } from "./state.ts";
import { ACCOUNT_VALUE } from "./terms.ts";
import { buildTransaction, type TxOutput } from "./transaction.ts";

/** How a new account is wanted. */
export interface NewAccount {
  readonly value: bigint;
  readonly version: AccountVersion;
  /** sat/kw. */
  readonly feeRate: bigint;
  readonly expiry: number;
}

const MIN_CONFIRMATIONS = 3n;
const MAX_CONFIRMATIONS = 6n;
/** What the sandbox's wallet brings to each funding transaction. It never runs dry. */
const WALLET_COIN = 5_000_000_000n;

/** Funds a new account. It opens once its transaction has its confirmations. */
export function initAccount(world: World, wanted: NewAccount): LedgerAccount {
  const { state } = world;
  checkNewAccount(state, wanted);
  const version = chooseVersion(wanted.version);

  const traderKey = publicKey("account", state.accountKeys);
  state.accountKeys += 1;
  const fee = createFee(wanted.feeRate);
  const change = WALLET_COIN - wanted.value - fee;
  const outputs = [
    { value: wanted.value, script: accountScript(traderKey, version, wanted.expiry) },
    { value: change, script: scriptOf(walletAddress(state.network, state.draws), state.network).bytes },
  ];
  const { txid } = buildTransaction([walletInput(state)], outputs);
  const account: LedgerAccount = {
    traderKey,
    outpoint: { txid, index: 0 },
    value: wanted.value,
    expirationHeight: wanted.expiry,
    state: AccountState.PENDING_OPEN,
    latestTxid: txid,
    version,
    confirmsAt: state.height + confirmationsFor(wanted.value),
    changes: [],
  };
  recordChange(world, account, { action: "create", txid, outputAmount: wanted.value, fee });
  state.accounts.push(account);
  state.accounts.sort((a, b) => Buffer.compare(a.traderKey, b.traderKey));
  return account;
}

/** Refuses an account that could not be opened. */
export function checkNewAccount(state: WorldState, wanted: NewAccount): void {
  chooseVersion(wanted.version);
  checkFeeRate(wanted.feeRate);
  checkValue(wanted.value);
  checkExpiry(wanted.expiry, state.height);
}

/** Brings back the accounts that only the auctioneer still knows and says how many. */
export function recoverAccounts(state: WorldState): number {
  const found = state.lostAccounts.splice(0);
  state.accounts.push(...found);
  state.accounts.sort((a, b) => Buffer.compare(a.traderKey, b.traderKey));
  return found.length;
}

/** The account's value less what its open orders may cost. Wraps around below zero, as the daemon's does. */
export function availableBalance(state: WorldState, account: LedgerAccount): bigint {
  return BigInt.asUintN(64, account.value - reservedTotal(state, account));
}

/** The most that the account's open orders can cost together. */
export function reservedTotal(state: WorldState, account: LedgerAccount): bigint {
  return state.orders
    .filter((order) => Buffer.compare(order.traderKey, account.traderKey) === 0)
    .reduce((sum, order) => sum + reservedValue(order, account.version), 0n);
}

/** Larger accounts wait longer: three to six blocks. */
export function confirmationsFor(value: bigint): number {
  const wanted = (MAX_CONFIRMATIONS * value) / ACCOUNT_VALUE.max;
  return Number(wanted < MIN_CONFIRMATIONS ? MIN_CONFIRMATIONS : wanted);
}

/** The output script of an account; each new expiry or batch gives a new one. */
export function accountScript(traderKey: Uint8Array, version: AccountVersion, expiry: number): Uint8Array {
  const content = sha256(traderKey, `${version} ${expiry}`);
  return (version === AccountVersion.LEGACY ? witnessScript(content) : taprootScript(content)).bytes;
}

/** A coin of the sandbox's wallet. */
function walletInput(state: WorldState): { txid: Uint8Array; index: number } {
  return { txid: draw(state, "wallet coin"), index: 0 };
}

/** Spends the account's output into the outputs given and gives back the transaction's id. */
export function spendAccount(
  world: World,
  account: LedgerAccount,
  outputs: TxOutput[],
  withWallet: boolean,
): Uint8Array {
  const inputs = withWallet ? [account.outpoint, walletInput(world.state)] : [account.outpoint];
  return buildTransaction(inputs, outputs).txid;
}

/** Notes a transaction in the account's history, newest first. */
export function recordChange(
  world: World,
  account: LedgerAccount,
  change: Pick<AccountChange, "action" | "txid" | "outputAmount" | "fee">,
): void {
  const timestamp = BigInt(Math.floor(world.clock() / 1000));
  account.changes.unshift({ ...change, height: 0, timestamp });
}
