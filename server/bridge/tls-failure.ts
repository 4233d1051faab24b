import { X509Certificate } from "node:crypto";
import type { PinnedCertificate } from "../profiles/certificate.ts";
import { type BridgeFailure, failure } from "./failure.ts";

/** What is known when a connection could not be made. */
export interface FailedConnection {
  readonly error: NodeJS.ErrnoException;
  /** Profile and address, as errors name them: `Sandbox at localhost:12010`. */
  readonly where: string;
  readonly certPath: string;
  readonly pinned: PinnedCertificate;
  /** DER of the certificate that the other side showed, where it got that far. */
  readonly presented: Buffer | null;
}

const UNREACHABLE: Record<string, string> = {
  ECONNREFUSED: "Nothing listens there",
  EHOSTUNREACH: "There is no route to it",
  ENETUNREACH: "There is no route to it",
  ENOTFOUND: "The host name is not known",
  EAI_AGAIN: "The host name cannot be looked up",
  ETIMEDOUT: "It does not answer",
  EADDRNOTAVAIL: "The address cannot be reached from here",
};

const NOT_TLS = ["ERR_SSL_WRONG_VERSION_NUMBER", "ERR_SSL_PACKET_LENGTH_TOO_LONG", "ERR_SSL_HTTP_REQUEST"];

const UNTRUSTED = [
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "CERT_SIGNATURE_FAILURE",
  "CERT_UNTRUSTED",
  "CERT_REJECTED",
  "INVALID_CA",
  "INVALID_PURPOSE",
  "PATH_LENGTH_EXCEEDED",
];

/** Why nothing could be reached at an address, by the error's code; undefined for another kind of failure. */
export function explainUnreachable(code: string, where: string): BridgeFailure | undefined {
  const why = UNREACHABLE[code];
  if (why === undefined) return undefined;
  return failure(
    "unreachable",
    `${where} cannot be reached. ${why}: start the daemon, or correct the address.`,
  );
}

/** Why a connection failed, in a sentence that says what to do. Nothing was sent over it. */
export function explainFailedConnection(failed: FailedConnection): BridgeFailure {
  const { error, where, certPath } = failed;
  const code = error.code ?? "";
  const unreachable = explainUnreachable(code, where);
  if (unreachable !== undefined) return unreachable;
  if (NOT_TLS.includes(code)) {
    return failure(
      "plaintext",
      `${where} does not speak TLS, so nothing was sent. Use the daemon's gRPC port.`,
    );
  }
  if (code === "CERT_HAS_EXPIRED" || code === "CERT_NOT_YET_VALID") return expired(failed);
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") {
    return failure(
      "tls-name",
      `The certificate of ${where} is the right one but does not name that host (${namesOf(failed)}). ` +
        "Use one of its names in the address, or have the daemon make a certificate with --tlsextradomain or --tlsextraip.",
    );
  }
  if (UNTRUSTED.includes(code)) return untrusted(failed);
  if (code === "ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL") {
    return failure(
      "not-grpc",
      `${where} speaks TLS but not HTTP/2, so it is no gRPC server. Use the daemon's gRPC port.`,
    );
  }
  return failure(
    "tls-failed",
    `The TLS handshake with ${where} failed (${code || "no reason given"}). ` +
      `Check that the address is the daemon's gRPC port and that ${certPath} is its certificate.`,
  );
}

function expired({ error, where, certPath, presented }: FailedConnection): BridgeFailure {
  const shown = parse(presented);
  const early = error.code === "CERT_NOT_YET_VALID";
  const when =
    shown === undefined ? "" : early ? ` (valid from ${shown.validFrom})` : ` (on ${shown.validTo})`;
  return failure(
    "tls-expired",
    early
      ? `The certificate of ${where} is not valid yet${when}. Check this computer's clock.`
      : `The certificate of ${where} has expired${when}. Stop the daemon, remove ${certPath} and its key, and start it again: it makes new ones.`,
  );
}

function untrusted({ where, certPath, pinned, presented }: FailedConnection): BridgeFailure {
  const shown = parse(presented);
  const fingerprints =
    shown === undefined
      ? `Expected SHA-256 ${pinned.fingerprint}.`
      : `Expected SHA-256 ${pinned.fingerprint}, got ${shown.fingerprint256}.`;
  return failure(
    "tls-untrusted",
    `${where} shows another certificate than ${certPath}, so nothing was sent. ${fingerprints} ` +
      "If the daemon made a new certificate, point the profile to it; if not, something else answers at that address.",
  );
}

function namesOf({ presented }: FailedConnection): string {
  return parse(presented)?.subjectAltName ?? "it holds no names";
}

function parse(der: Buffer | null): X509Certificate | undefined {
  try {
    return der === null ? undefined : new X509Certificate(der);
  } catch {
    return undefined;
  }
}
