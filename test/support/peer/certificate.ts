import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { isIPv4, isIPv6 } from "node:net";
import { bits, boolean, der, integer, octets, oid, sequence, set, tagged, time, utf8 } from "./der.ts";

/** What a test may want to be wrong about a certificate. Every part has a sound default. */
export interface CertificateWish {
  /** Host names and IP addresses that the certificate is good for. */
  readonly names?: readonly string[];
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  readonly commonName?: string;
}

/** A certificate and its private key, both PEM. */
export interface IssuedCertificate {
  readonly cert: string;
  readonly key: string;
}

const DAY_MS = 86_400_000;
const ECDSA_WITH_SHA256 = sequence(oid("1.2.840.10045.4.3.2"));

/** A self-signed P-256 certificate with a new key, which is its own authority as a `poold`'s is. */
export function issueCertificate(wish: CertificateWish = {}): IssuedCertificate {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const subjectKey = publicKey.export({ type: "spki", format: "der" });
  const now = Date.now();
  const name = sequence(
    set(sequence(oid("2.5.4.10"), utf8("peer test certificate"))),
    set(sequence(oid("2.5.4.3"), utf8(wish.commonName ?? "peer"))),
  );
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  const body = sequence(
    tagged(0, integer(Buffer.from([2]))),
    integer(serial),
    ECDSA_WITH_SHA256,
    name,
    sequence(
      time(wish.notBefore ?? new Date(now - DAY_MS)),
      time(wish.notAfter ?? new Date(now + 30 * DAY_MS)),
    ),
    name,
    subjectKey,
    tagged(3, extensions(wish.names ?? ["localhost", "127.0.0.1", "::1"], subjectKey)),
  );
  const signature = sign("sha256", body, privateKey);
  return {
    cert: pem("CERTIFICATE", sequence(body, ECDSA_WITH_SHA256, bits(signature))),
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

function extensions(names: readonly string[], subjectKey: Uint8Array): Buffer {
  const critical = boolean(true);
  const digitalSignatureAndCertSign = Buffer.from([0b1000_0100]);
  return sequence(
    sequence(oid("2.5.29.15"), critical, octets(bits(digitalSignatureAndCertSign, 2))),
    sequence(oid("2.5.29.37"), octets(sequence(oid("1.3.6.1.5.5.7.3.1")))),
    sequence(oid("2.5.29.19"), critical, octets(sequence(boolean(true)))),
    sequence(oid("2.5.29.14"), octets(octets(createHash("sha1").update(subjectKey).digest()))),
    sequence(oid("2.5.29.17"), octets(sequence(...names.map(generalName)))),
  );
}

function generalName(name: string): Buffer {
  if (isIPv4(name)) return der(0x87, Buffer.from(name.split(".").map(Number)));
  if (isIPv6(name)) return der(0x87, ipv6Bytes(name));
  return der(0x82, Buffer.from(name, "ascii"));
}

function ipv6Bytes(address: string): Buffer {
  const [head = "", tail] = address.split("::");
  const words = (part: string) => part.split(":").filter((word) => word !== "");
  const after = tail === undefined ? [] : words(tail);
  const before = words(head);
  const zeros = new Array<string>(8 - before.length - after.length).fill("0");
  return Buffer.from([...before, ...zeros, ...after].map((word) => word.padStart(4, "0")).join(""), "hex");
}

function pem(label: string, content: Buffer): string {
  const lines = content.toString("base64").replace(/.{1,64}/g, "$&\n");
  return `-----BEGIN ${label}-----\n${lines}-----END ${label}-----\n`;
}
