import { schnorr, secp256k1 } from "@noble/curves/secp256k1.js";
import { privateKey, sha256 } from "../ledger/keys.ts";
import { type JointKey, joinKeys, type MusigVersion } from "./musig.ts";
import { witnessScriptHash } from "./transaction.ts";

const { Point } = secp256k1;
const { Fn } = Point;

/** The auctioneer's secret, which everybody may know: it guards coins of test networks only. */
export const AUCTIONEER_SECRET = privateKey("auctioneer", 0);

const OP = {
  checkSigVerify: 0xad,
  checkSig: 0xac,
  ifDup: 0x73,
  notIf: 0x64,
  checkLockTime: 0xb1,
  endIf: 0x68,
};
const TAPSCRIPT = 0xc0;

/** What an account's output pays to and how the auctioneer signs for it. */
export type AccountOutput =
  | {
      readonly kind: "witness script";
      readonly script: Uint8Array;
      readonly witnessScript: Uint8Array;
      readonly secretKey: Uint8Array;
    }
  | { readonly kind: "taproot"; readonly script: Uint8Array; readonly joint: JointKey };

/** What an account's output is made from. `version` is 0, 1 or 2 as on the wire. */
export interface AccountTerms {
  readonly traderKey: Uint8Array;
  readonly batchKey: Uint8Array;
  readonly expiry: number;
  readonly version: number;
}

/** The output of an account of a trader with the sandbox's auctioneer. Throws where a key is no point of the curve. */
export function accountOutputOf({ traderKey, batchKey, expiry, version }: AccountTerms): AccountOutput {
  const auctioneerKey = secp256k1.getPublicKey(AUCTIONEER_SECRET, true);
  const shared = sha256(secp256k1.getSharedSecret(AUCTIONEER_SECRET, traderKey, true));
  const traderTweak = sha256(batchKey, shared, traderKey);
  const trader = tweaked(traderKey, traderTweak);
  if (version === 0) {
    const auctioneerTweak = sha256(trader, auctioneerKey);
    const witnessScript = Buffer.concat([
      push(trader),
      Buffer.from([OP.checkSigVerify]),
      push(tweaked(auctioneerKey, auctioneerTweak)),
      Buffer.from([OP.checkSig, OP.ifDup, OP.notIf]),
      push(scriptNumber(expiry)),
      Buffer.from([OP.checkLockTime, OP.endIf]),
    ]);
    const secretKey = Fn.toBytes(Fn.add(toScalar(AUCTIONEER_SECRET), toScalar(auctioneerTweak)));
    return { kind: "witness script", script: witnessScriptHash(witnessScript), witnessScript, secretKey };
  }
  const leaf = Buffer.concat([
    push(trader.subarray(1)),
    Buffer.from([OP.checkSigVerify]),
    push(scriptNumber(expiry)),
    Buffer.from([OP.checkLockTime]),
  ]);
  const root = schnorr.utils.taggedHash("TapLeaf", Buffer.concat([Buffer.from([TAPSCRIPT]), push(leaf)]));
  const joint = joinKeys(version as MusigVersion, [traderKey, auctioneerKey], root);
  return { kind: "taproot", script: Buffer.concat([Buffer.from([0x51]), push(joint.outputKey)]), joint };
}

/** The batch key after this one: one generator further. */
export function nextBatchKey(key: Uint8Array): Uint8Array {
  return Point.fromBytes(key).add(Point.BASE).toBytes(true);
}

function tweaked(key: Uint8Array, tweak: Uint8Array): Uint8Array {
  return Point.fromBytes(key)
    .add(Point.BASE.multiply(toScalar(tweak)))
    .toBytes(true);
}

function toScalar(bytes: Uint8Array): bigint {
  return Fn.create(BigInt(`0x${Buffer.from(bytes).toString("hex")}`));
}

/** Up to 75 bytes behind their length. */
function push(bytes: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from([bytes.length]), bytes]);
}

/** Little-endian, as short as it goes, with room for the sign bit. */
function scriptNumber(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) bytes.push(rest % 256);
  if ((bytes.at(-1) ?? 0) >= 128) bytes.push(0);
  return Buffer.from(bytes);
}
