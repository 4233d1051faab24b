import { X509Certificate } from "node:crypto";

/** A certificate to pin: the file's bytes for TLS, and the fingerprint of its first certificate to show. */
export interface PinnedCertificate {
  readonly pem: Buffer;
  /** SHA-256, upper-case hex pairs with colons. */
  readonly fingerprint: string;
}

/** The certificate in a PEM file, or undefined where it holds none. */
export function readCertificate(file: Uint8Array): PinnedCertificate | undefined {
  const pem = Buffer.from(file);
  if (!pem.includes("-----BEGIN CERTIFICATE-----")) return undefined;
  try {
    return { pem, fingerprint: new X509Certificate(pem).fingerprint256 };
  } catch {
    return undefined;
  }
}
