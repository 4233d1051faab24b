import { create, toBinary } from "@bufbuild/protobuf";
import { secp256k1 } from "@noble/curves/secp256k1.js";
import {
  type ReserveAccountRequest,
  type ServerInitAccountRequest,
  type ServerModifyAccountRequest,
  ServerModifyAccountRequestSchema,
  type ServerModifyAccountResponse,
  ServerModifyAccountResponseSchema,
} from "../../gen/auctioneerrpc/auctioneer_pb.ts";
import { privateKey, publicKey, sameBytes, sha256, signDer, toHex } from "../ledger/keys.ts";
import { ACCOUNT_LIFETIME, ACCOUNT_VALUE } from "../ledger/terms.ts";
import { accountOutputOf } from "./account-keys.ts";
import type { BookAccount } from "./book.ts";
import type { TraderAccount } from "./trader-account.ts";
import { readOutputs } from "./transaction.ts";

const NEWEST_VERSION = 2;

/** Why an account with these parameters cannot be reserved; undefined where it can. */
export function reservationProblem(request: ReserveAccountRequest, height: number): string | undefined {
  const { accountValue, accountExpiry, traderKey, version } = request;
  if (!isPublicKey(traderKey)) return "trader key must be a compressed public key of 33 bytes";
  if (accountValue < ACCOUNT_VALUE.min) return `account value must be at least ${ACCOUNT_VALUE.min} sat`;
  if (accountValue > ACCOUNT_VALUE.max) return `account value must be at most ${ACCOUNT_VALUE.max} sat`;
  const [first, last] = [height + ACCOUNT_LIFETIME.min, height + ACCOUNT_LIFETIME.max];
  if (accountExpiry < first || accountExpiry > last) {
    return `account expiry must be a height from ${first} to ${last}`;
  }
  return version > NEWEST_VERSION ? `unknown account version ${version}` : undefined;
}

/** Why this funding does not complete a reservation; undefined where it does, also when it is told again. */
export function fundingProblem(request: ServerInitAccountRequest, account: BookAccount): string | undefined {
  const same =
    account.value === request.accountValue &&
    account.expiry === request.accountExpiry &&
    account.version === request.version;
  if (!same) return "account parameters differ from the reservation";
  if (request.accountPoint?.txid.length !== 32) return "account outpoint is missing";
  const { script } = accountOutputOf(account);
  return sameBytes(script, request.accountScript)
    ? undefined
    : `account script must be ${toHex(script)} for these keys and this expiry`;
}

/** Why the transaction is not the funding of this account; undefined where it is. */
export function outputProblem(
  transaction: Uint8Array,
  index: number,
  account: BookAccount,
): string | undefined {
  const output = readOutputs(transaction)[index];
  if (output === undefined) return "account outpoint is no output of its transaction";
  const right = output.value === account.value && sameBytes(output.script, accountOutputOf(account).script);
  return right ? undefined : "account outpoint has another value or script";
}

/**
 * The auctioneer's half of a signature, with its real form and length. It signs the request and not a transaction: the
 * sandbox's `poold` needs no second signature, so nobody can spend anything with it.
 */
export function modificationSignature(
  request: ServerModifyAccountRequest,
  account: TraderAccount,
): ServerModifyAccountResponse {
  const digest = sha256(toBinary(ServerModifyAccountRequestSchema, request));
  if (account.version === 0) {
    const sighashAll = Buffer.from([1]);
    const accountSig = Buffer.concat([signDer(digest, privateKey("auctioneer", 0)), sighashAll]);
    return create(ServerModifyAccountResponseSchema, { accountSig });
  }
  const serverNonces = Buffer.concat([publicKey("server nonce", 0), publicKey("server nonce", 1)]);
  return create(ServerModifyAccountResponseSchema, { accountSig: digest, serverNonces });
}

function isPublicKey(key: Uint8Array): boolean {
  return key.length === 33 && secp256k1.utils.isValidPublicKey(key, true);
}
