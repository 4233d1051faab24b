import { randomBytes } from "node:crypto";
import { create } from "@bufbuild/protobuf";
import {
  type ServerModifyAccountRequest,
  type ServerModifyAccountResponse,
  ServerModifyAccountResponseSchema,
} from "../../gen/auctioneerrpc/auctioneer_pb.ts";
import { sameBytes, signDer } from "../ledger/keys.ts";
import { ACCOUNT_VALUE } from "../ledger/terms.ts";
import { AUCTIONEER_SECRET, accountOutputOf, nextBatchKey } from "./account-keys.ts";
import type { BookAccount } from "./book.ts";
import { areNonces, createNonces, signPartly } from "./musig.ts";
import { taprootDigest, witnessDigest } from "./sighash.ts";
import { findOutput, sortedTransaction, type UnsignedTransaction } from "./transaction.ts";

const SIGHASH_ALL = 1;

/**
 * Signs the change of an account from outside and keeps what it is then. A text says why it does not. The trader has the
 * same transaction before it: inputs and outputs in the order of BIP 69, with the account's next output where it goes on.
 */
export function modifyAccount(
  account: BookAccount,
  request: ServerModifyAccountRequest,
): ServerModifyAccountResponse | string {
  const { outpoint } = account;
  if (account.state === "closed") return "account is closed";
  if (account.state === "reserved" || outpoint === null) return "account is not funded";
  const { newParams: wanted } = request;
  if (wanted !== undefined && (wanted.value < ACCOUNT_VALUE.min || wanted.value > ACCOUNT_VALUE.max)) {
    return `account value must be from ${ACCOUNT_VALUE.min} to ${ACCOUNT_VALUE.max} sat`;
  }
  if (wanted !== undefined && (wanted.version < account.version || wanted.version > 2)) {
    return `account version cannot change from ${account.version} to ${wanted.version}`;
  }
  const current = accountOutputOf(account);
  const next = wanted && {
    value: wanted.value,
    expiry: wanted.expiry,
    version: wanted.version,
    batchKey: nextBatchKey(account.batchKey),
  };
  const nextScript = next && accountOutputOf({ ...next, traderKey: account.traderKey }).script;
  const tx = spendingTransaction(account, outpoint, request, current.script, nextScript);
  if (typeof tx === "string") return tx;
  const index = tx.inputs.findIndex((input) => isSame(input, outpoint));

  const reply = create(ServerModifyAccountResponseSchema);
  if (current.kind === "witness script") {
    const signature = signDer(witnessDigest(tx, index, current.witnessScript), current.secretKey);
    reply.accountSig = Buffer.concat([signature, Buffer.from([SIGHASH_ALL])]);
  } else {
    const { traderNonces } = request;
    if (traderNonces.length !== 66 || !areNonces(traderNonces)) {
      return "two nonces of 33 bytes are needed to spend a Taproot account";
    }
    const nonces = createNonces(randomBytes(64));
    const digest = taprootDigest(tx, index);
    reply.accountSig = signPartly(current.joint, AUCTIONEER_SECRET, nonces, traderNonces, digest);
    reply.serverNonces = nonces.bytes;
  }
  account.latestTx = tx.bytes;
  account.changes += 1;
  if (next === undefined || nextScript === undefined) {
    account.state = "closed";
  } else {
    Object.assign(account, next, { outpoint: { txid: tx.txid, index: findOutput(tx, nextScript) } });
  }
  return reply;
}

function spendingTransaction(
  account: BookAccount,
  outpoint: Outpoint,
  request: ServerModifyAccountRequest,
  script: Uint8Array,
  nextScript: Uint8Array | undefined,
): UnsignedTransaction | string {
  const others = request.newInputs.map(({ outpoint: point }) => ({
    txid: point?.txid ?? new Uint8Array(),
    index: point?.outputIndex ?? 0,
  }));
  if (others.some(({ txid }) => txid.length !== 32)) return "an input has no outpoint";
  const bare = { value: 0n, script: new Uint8Array() };
  const order = sortedTransaction(
    [outpoint, ...others].map((point) => ({ ...point, ...bare })),
    [],
  ).inputs;
  if (request.prevOutputs.length !== order.length) {
    return `${order.length} previous outputs are needed, got ${request.prevOutputs.length}`;
  }
  const spent = order.map((point, at) => ({
    txid: point.txid,
    index: point.index,
    value: request.prevOutputs[at]?.value ?? 0n,
    script: request.prevOutputs[at]?.pkScript ?? new Uint8Array(),
  }));
  const own = spent.find((input) => isSame(input, outpoint));
  if (own === undefined || own.value !== account.value || !sameBytes(own.script, script)) {
    return "the previous outputs do not name the account's";
  }
  const outputs = request.newOutputs.map(({ value, script: pays }) => ({ value, script: pays }));
  const recreated =
    nextScript === undefined ? [] : [{ value: request.newParams?.value ?? 0n, script: nextScript }];
  return sortedTransaction(spent, [...outputs, ...recreated]);
}

interface Outpoint {
  readonly txid: Uint8Array;
  readonly index: number;
}

function isSame(a: Outpoint, b: Outpoint): boolean {
  return a.index === b.index && sameBytes(a.txid, b.txid);
}
