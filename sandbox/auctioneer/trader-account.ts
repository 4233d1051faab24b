import { create } from "@bufbuild/protobuf";
import {
  type AuctionAccount,
  AuctionAccountSchema,
  AuctionAccountState,
} from "../../gen/auctioneerrpc/auctioneer_pb.ts";
import { AccountState, AccountVersion } from "../../gen/poolrpc/trader_pb.ts";
import type { LedgerAccount } from "../ledger/account.ts";
import { accountScript } from "../ledger/accounts.ts";
import { batchKey, fromHex, publicKey, sameBytes, toHex } from "../ledger/keys.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { BookAccount } from "./book.ts";
import { DEMO_TRADER_KEY } from "./demo-subscription.ts";
import { sortedTransaction, taprootScript, witnessScriptHash } from "./transaction.ts";

/** An account as the auctioneer knows it, whoever it belongs to. `version` is 0, 1 or 2 as on this wire. */
export interface TraderAccount {
  readonly traderKey: Uint8Array;
  readonly value: bigint;
  readonly expiry: number;
  readonly version: number;
  readonly state: AuctionAccountState;
  readonly txid: Uint8Array;
  readonly outputIndex: number;
  /** What the current output pays to. */
  readonly script: Uint8Array;
  readonly heightHint: number;
  /** The transaction behind `txid`, empty where the sandbox keeps only its id. */
  readonly latestTx: Uint8Array;
}

/** The account of this key: one of the sandbox's `poold`, or that of the demo trader. */
export function findTraderAccount(
  ledger: Pick<Ledger, "findAccount" | "height">,
  traderKey: Uint8Array,
): TraderAccount | undefined {
  const own = ledger.findAccount(traderKey);
  if (own !== undefined) return fromLedger(own, ledger.height());
  return sameBytes(traderKey, fromHex(DEMO_TRADER_KEY)) ? demoAccount(ledger.height()) : undefined;
}

/** The record that `recover` is answered with. */
export function toAuctionAccount(account: TraderAccount, auctioneerKey: Uint8Array): AuctionAccount {
  return create(AuctionAccountSchema, {
    value: account.value,
    expiry: account.expiry,
    traderKey: account.traderKey,
    auctioneerKey,
    batchKey: batchKey(0),
    state: account.state,
    heightHint: account.heightHint,
    outpoint: { txid: account.txid, outputIndex: account.outputIndex },
    latestTx: account.latestTx,
    version: account.version,
  });
}

/** The record of an account from outside, reserved or funded. Its owner finds out by itself what has confirmed. */
export function bookAuctionAccount(account: BookAccount, auctioneerKey: Uint8Array): AuctionAccount {
  const { value, expiry, traderKey, version, batchKey, heightHint, outpoint, latestTx } = account;
  return create(AuctionAccountSchema, {
    value,
    expiry,
    traderKey,
    auctioneerKey,
    batchKey,
    heightHint,
    version,
    latestTx,
    state: bookState(account),
    ...(outpoint && { outpoint: { txid: outpoint.txid, outputIndex: outpoint.index } }),
  });
}

function bookState({ state, changes }: BookAccount): AuctionAccountState {
  if (state === "closed") return AuctionAccountState.STATE_CLOSED;
  return changes > 0 ? AuctionAccountState.STATE_PENDING_UPDATE : AuctionAccountState.STATE_PENDING_OPEN;
}

/** The script of an account's n-th output: each batch moves it to one that looks unrelated to the last. */
export function accountOutput(traderKey: Uint8Array, version: number, n: number): Uint8Array {
  const key = publicKey(`account output ${toHex(traderKey)}`, n);
  return version === 0 ? witnessScriptHash(key) : taprootScript(key);
}

/** 3,000,000 sat in a Taproot account, funded 1,000 blocks ago and due in about three months. */
function demoAccount(height: number): TraderAccount {
  const traderKey = fromHex(DEMO_TRADER_KEY);
  const value = 3_000_000n;
  const script = accountOutput(traderKey, 2, 0);
  const coin = {
    txid: publicKey("demo coin", 0).subarray(1),
    index: 1,
    value: value + 166n,
    script: taprootScript(publicKey("demo coin", 1)),
  };
  const funding = sortedTransaction([coin], [{ value, script }]);
  return {
    traderKey,
    value,
    expiry: height + 12_960,
    version: 2,
    state: AuctionAccountState.STATE_OPEN,
    txid: funding.txid,
    outputIndex: 0,
    script,
    heightHint: height - 1_000,
    latestTx: funding.bytes,
  };
}

function fromLedger(account: LedgerAccount, height: number): TraderAccount {
  const version = WIRE_VERSION[account.version];
  return {
    traderKey: account.traderKey,
    value: account.value,
    expiry: account.expirationHeight,
    version,
    state: WIRE_STATE[account.state],
    txid: account.outpoint.txid,
    outputIndex: account.outpoint.index,
    script: accountScript(account.traderKey, account.version, account.expirationHeight),
    heightHint: account.changes.at(-1)?.height || height,
    latestTx: new Uint8Array(),
  };
}

const WIRE_VERSION = {
  [AccountVersion.LND_DEPENDENT]: 0,
  [AccountVersion.LEGACY]: 0,
  [AccountVersion.TAPROOT]: 1,
  [AccountVersion.TAPROOT_V2]: 2,
} as const satisfies Record<AccountVersion, number>;

const WIRE_STATE = {
  [AccountState.PENDING_OPEN]: AuctionAccountState.STATE_PENDING_OPEN,
  [AccountState.PENDING_UPDATE]: AuctionAccountState.STATE_PENDING_UPDATE,
  [AccountState.OPEN]: AuctionAccountState.STATE_OPEN,
  [AccountState.EXPIRED]: AuctionAccountState.STATE_EXPIRED,
  [AccountState.PENDING_CLOSED]: AuctionAccountState.STATE_CLOSED,
  [AccountState.CLOSED]: AuctionAccountState.STATE_CLOSED,
  [AccountState.RECOVERY_FAILED]: AuctionAccountState.STATE_CLOSED,
  [AccountState.PENDING_BATCH]: AuctionAccountState.STATE_PENDING_BATCH,
} as const satisfies Record<AccountState, AuctionAccountState>;
