import { createHash } from "node:crypto";
import { secp256k1 } from "@noble/curves/secp256k1.js";

/** SHA-256 of the parts, one after the other. */
export function sha256(...parts: (Uint8Array | string)[]): Uint8Array {
  const hash = createHash("sha256");
  for (const part of parts) {
    hash.update(part);
  }
  return new Uint8Array(hash.digest());
}

/** The fixed private key behind `publicKey(label, n)`. Known to everyone: it guards nothing. */
export function privateKey(label: string, n: number): Uint8Array {
  return sha256(`pool-playground ${label} ${n}`);
}

/** A real compressed secp256k1 public key of 33 bytes. */
export function publicKey(label: string, n: number): Uint8Array {
  return secp256k1.getPublicKey(privateKey(label, n), true);
}

/** The key of the n-th batch: like the auctioneer's, each is the one before plus the curve's generator. */
export function batchKey(n: number): Uint8Array {
  const first = secp256k1.Point.fromBytes(publicKey("batch", 0));
  return n === 0 ? first.toBytes(true) : first.add(secp256k1.Point.BASE.multiply(BigInt(n))).toBytes(true);
}

/** A DER signature over a 32 byte digest, the same for the same input. */
export function signDer(digest: Uint8Array, key: Uint8Array): Uint8Array {
  return secp256k1.sign(digest, key, { prehash: false, format: "der" });
}

/** Lower-case hex, as Pool prints keys, nonces and ids. */
export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

/** Bytes of lower- or upper-case hex. */
export function fromHex(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, "hex"));
}

/** Whether both hold the same bytes. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

/** These bytes cut or padded with zeros to a size, as Go copies a slice into an array. */
export function fixedBytes(bytes: Uint8Array, size: number): Uint8Array {
  const fixed = new Uint8Array(size);
  fixed.set(bytes.subarray(0, size));
  return fixed;
}
