import { schnorr, secp256k1 } from "@noble/curves/secp256k1.js";

const { Point } = secp256k1;
const { Fn } = Point;
type CurvePoint = InstanceType<typeof Point>;
const { taggedHash } = schnorr.utils;

/** The two drafts of MuSig2 that Pool knows, by the version of the accounts that use them. */
export type MusigVersion = 1 | 2;

/** Two keys that sign as one, tweaked with the root of a tree of scripts. */
export interface JointKey {
  readonly version: MusigVersion;
  /** 32 bytes of an x coordinate: what a Taproot output pays to. */
  readonly outputKey: Uint8Array;
  readonly output: CurvePoint;
  /** Whether the sum of the keys had to be negated before it was tweaked. */
  readonly negated: boolean;
  readonly tweak: bigint;
  coefficient(key: Uint8Array): bigint;
}

/** A secret nonce pair and the 66 public bytes that belong to it. To be used for one signature only. */
export interface NoncePair {
  readonly secret: readonly [bigint, bigint];
  readonly bytes: Uint8Array;
}

/** Joins two compressed public keys. Throws where one is no point of the curve. */
export function joinKeys(
  version: MusigVersion,
  keys: readonly Uint8Array[],
  scriptRoot: Uint8Array,
): JointKey {
  const sorted = keys.map((key) => encode(version, key)).sort(Buffer.compare);
  const list = taggedHash("KeyAgg list", ...sorted);
  const second = sorted.find((key) => Buffer.compare(key, sorted[0] ?? key) !== 0);
  const coefficientOf = (encoded: Uint8Array): bigint =>
    second !== undefined && Buffer.compare(encoded, second) === 0
      ? 1n
      : scalar(taggedHash("KeyAgg coefficient", list, encoded));
  const internal = sorted
    .map((key) => decode(version, key).multiply(coefficientOf(key)))
    .reduce((sum, point) => sum.add(point), Point.ZERO);
  const tweak = scalar(taggedHash("TapTweak", xOf(internal), scriptRoot));
  const negated = isOdd(internal);
  const output = even(internal).add(Point.BASE.multiply(tweak));
  return {
    version,
    outputKey: xOf(output),
    output,
    negated,
    tweak,
    coefficient: (key) => coefficientOf(encode(version, key)),
  };
}

/** A pair of nonces from 64 bytes of randomness. */
export function createNonces(random: Uint8Array): NoncePair {
  const secret = [scalar(random.subarray(0, 32)), scalar(random.subarray(32, 64))] as const;
  return { secret, bytes: Buffer.concat(secret.map((nonce) => Point.BASE.multiply(nonce).toBytes(true))) };
}

/** Whether these are public nonces: two points of the curve. */
export function areNonces(bytes: Uint8Array): boolean {
  return [0, 33].every((from) => secp256k1.utils.isValidPublicKey(bytes.subarray(from, from + 33), true));
}

/** Our part of the signature: 32 bytes. Throws where the other side's nonces are none. */
export function signPartly(
  joint: JointKey,
  secretKey: Uint8Array,
  nonces: NoncePair,
  otherNonces: Uint8Array,
  message: Uint8Array,
): Uint8Array {
  const { blinder, nonce, challenge } = commonTerms(joint, [nonces.bytes, otherNonces], message);
  const own = secp256k1.getPublicKey(secretKey, true);
  let key = scalar(secretKey);
  if (joint.version === 1 && own[0] === 3) key = Fn.neg(key);
  if (isOdd(joint.output) !== joint.negated) key = Fn.neg(key);
  const sign = (value: bigint) => (isOdd(nonce) ? Fn.neg(value) : value);
  const [first, second] = nonces.secret;
  const blinded = Fn.add(sign(first), Fn.mul(sign(second), blinder));
  return Fn.toBytes(Fn.add(blinded, Fn.mul(Fn.mul(challenge, joint.coefficient(own)), key)));
}

/** The whole signature from both parts, or undefined where it does not verify. */
export function combineParts(
  joint: JointKey,
  nonces: readonly Uint8Array[],
  parts: readonly Uint8Array[],
  message: Uint8Array,
): Uint8Array | undefined {
  const { nonce, challenge } = commonTerms(joint, nonces, message);
  const tweaked = Fn.mul(challenge, isOdd(joint.output) ? Fn.neg(joint.tweak) : joint.tweak);
  const sum = parts.map(scalar).reduce((total, part) => Fn.add(total, part), tweaked);
  const signature = Buffer.concat([xOf(nonce), Fn.toBytes(sum)]);
  return schnorr.verify(signature, message, joint.outputKey) ? signature : undefined;
}

function commonTerms(joint: JointKey, nonces: readonly Uint8Array[], message: Uint8Array) {
  const sum = (from: number) =>
    nonces
      .map((pair) => Point.fromBytes(pair.subarray(from, from + 33)))
      .reduce((total, point) => total.add(point), Point.ZERO);
  const [first, second] = [sum(0), sum(33)];
  const both = Buffer.concat([first.toBytes(true), second.toBytes(true)]);
  const blinder = scalar(taggedHash("MuSig/noncecoef", both, joint.outputKey, message));
  const nonce = first.add(second.multiply(blinder));
  const challenge = scalar(taggedHash("BIP0340/challenge", xOf(nonce), joint.outputKey, message));
  return { blinder, nonce, challenge };
}

/** The first draft hashes x coordinates only, the second whole compressed keys. */
function encode(version: MusigVersion, key: Uint8Array): Uint8Array {
  return version === 1 ? key.subarray(1) : key;
}

function decode(version: MusigVersion, encoded: Uint8Array): CurvePoint {
  return Point.fromBytes(version === 1 ? Buffer.concat([Buffer.from([2]), encoded]) : encoded);
}

function scalar(bytes: Uint8Array): bigint {
  return Fn.create(BigInt(`0x${Buffer.from(bytes).toString("hex") || "0"}`));
}

function xOf(point: CurvePoint): Uint8Array {
  return point.toBytes(true).subarray(1);
}

function isOdd(point: CurvePoint): boolean {
  return point.toBytes(true)[0] === 3;
}

function even(point: CurvePoint): CurvePoint {
  return isOdd(point) ? point.negate() : point;
}
