import type { X509Certificate } from "node:crypto";
import type { ClientHttp2Session } from "node:http2";
import type { TLSSocket } from "node:tls";
import { connectPinned } from "../bridge/pinned-connection.ts";
import type { Address } from "../profiles/address.ts";
import { type PinnedCertificate, readCertificate } from "../profiles/certificate.ts";
import { NO_CERTIFICATE } from "../profiles/credential-files.ts";
import { readPlainFile } from "../profiles/read-plain-file.ts";
import { whyUnreadable } from "../profiles/watched-file.ts";
import { type Finding, failed, ok, warning } from "./stage.ts";

const DAY_MS = 86_400_000;
/** A certificate with fewer days left is worth a word. */
const FEW_DAYS = 30;

/** What the handshake came to: the open connection where it succeeded. Close it. */
export interface TlsCheck {
  readonly finding: Finding;
  readonly session: ClientHttp2Session | null;
}

/** Shakes hands as the bridge does: with the pinned certificate, which must name the address and be in its time. */
export async function checkTls(target: {
  readonly address: Address;
  readonly where: string;
  /** The path to read, and the path to show. */
  readonly path: string;
  readonly shownPath: string;
  readonly limitMs: number;
}): Promise<TlsCheck> {
  const pinned = readPinned(target.path);
  if (typeof pinned === "string") {
    const why = `The certificate ${target.shownPath} cannot be used: ${pinned}. Put the daemon's tls.cert there.`;
    return { finding: failed(why), session: null };
  }
  const session = await connectPinned({
    address: target.address,
    where: target.where,
    certPath: target.shownPath,
    pinned,
    connectMs: target.limitMs,
  });
  if ("reason" in session) {
    return { finding: failed(session.message, [["Certificate file", target.shownPath]]), session: null };
  }
  session.on("error", () => {});
  const shown = (session.socket as TLSSocket).getPeerX509Certificate();
  return { finding: describeCertificate(shown, pinned, target.shownPath, Date.now()), session };
}

function readPinned(path: string): PinnedCertificate | string {
  try {
    const bytes = readPlainFile(path);
    if (bytes.length === 0) return "it is empty";
    return readCertificate(bytes) ?? NO_CERTIFICATE;
  } catch (error) {
    return whyUnreadable(error);
  }
}

function describeCertificate(
  shown: X509Certificate | undefined,
  pinned: PinnedCertificate,
  path: string,
  nowMs: number,
): Finding {
  if (shown === undefined) return ok(`The certificate is the one in ${path}.`);
  const daysLeft = Math.floor((Date.parse(shown.validTo) - nowMs) / DAY_MS);
  const names = (shown.subjectAltName ?? "").replaceAll(/(DNS|IP Address):/g, "");
  const facts: [string, string][] = [
    ["Certificate file", path],
    ["Names", names],
    ["Valid until", `${new Date(shown.validTo).toISOString().slice(0, 10)} (${daysLeft} days left)`],
    ["SHA-256", shown.fingerprint256],
  ];
  // A chain may end in the pinned certificate without beginning with it.
  if (shown.fingerprint256 !== pinned.fingerprint) facts.push(["SHA-256 pinned", pinned.fingerprint]);
  const sentence = `The certificate is the one in ${path} and names this address`;
  return daysLeft < FEW_DAYS
    ? warning(
        `${sentence}, but it expires in ${daysLeft} days. The daemon makes a new one when it starts without tls.cert and tls.key: remove both while it is stopped.`,
        facts,
      )
    : ok(`${sentence}; it expires in ${daysLeft} days.`, facts);
}
