import { secp256k1 } from "@noble/curves/secp256k1.js";
import type { ServerAsk, ServerBid } from "../../gen/auctioneerrpc/auctioneer_pb.ts";
import { UNIT } from "../../lib/auction/premium.ts";
import { sha256 } from "../ledger/keys.ts";

/** An order as it came over the wire. */
export type WireOrder =
  | { readonly kind: "ask"; readonly value: ServerAsk }
  | { readonly kind: "bid"; readonly value: ServerBid };

/** Whether this DER signature is lnd's of the message: it signs the message's SHA-256. */
export function isSignedBy(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    return secp256k1.verify(signature, sha256(message), key, { prehash: false, format: "der" });
  } catch {
    return false;
  }
}

/** What a trader signs to subscribe. */
export function authMessage(commitHash: Uint8Array, challenge: Uint8Array): Uint8Array {
  return sha256(commitHash, challenge);
}

/** Order versions by what they added to the digest. */
const VERSION = { minUnits: 1, selfBalance: 3, sidecar: 4, channelType: 5 } as const;

/** What a trader signs when it submits an order; undefined for a version that is not known. */
export function orderDigest({ kind, value }: WireOrder): Uint8Array | undefined {
  const { details, version, leaseDurationBlocks } = value;
  if (details === undefined || version > VERSION.channelType) return undefined;
  const parts = [
    details.orderNonce,
    uint32(version),
    uint32(details.rateFixed),
    uint64(details.amt),
    uint32(leaseDurationBlocks),
    uint64(details.maxBatchFeeRateSatPerKw),
  ];
  if (version >= VERSION.minUnits) {
    if (kind === "bid") parts.push(uint32(value.minNodeTier));
    parts.push(uint32(Number(details.minChanAmt / UNIT)));
  }
  if (kind === "bid" && version >= VERSION.selfBalance) parts.push(uint64(value.selfChanBalance));
  if (kind === "bid" && version >= VERSION.sidecar) parts.push(uint8(value.isSidecarChannel ? 1 : 0));
  // The wire's first channel type stands for none at all, which the digest does not know.
  if (version >= VERSION.channelType) parts.push(uint8(Math.max(0, details.channelType - 1)));
  return sha256(...parts);
}

function uint8(value: number): Uint8Array {
  return Buffer.from([value]);
}

function uint32(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function uint64(value: bigint): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt.asUintN(64, value));
  return bytes;
}
