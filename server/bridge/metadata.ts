import type { IncomingHttpHeaders } from "node:http2";
import type { MetadataEntry } from "../../lib/call/call.ts";
import { type BridgeFailure, failure } from "./failure.ts";

/** Request headers that belong to the browser, the connection or the playground, not to the call. */
const NOT_METADATA = new Set([
  "accept",
  "cache-control",
  "connection",
  "cookie",
  "date",
  "dnt",
  "expect",
  "forwarded",
  "from",
  "host",
  "http2-settings",
  "keep-alive",
  "origin",
  "pragma",
  "priority",
  "purpose",
  "range",
  "referer",
  "save-data",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "upgrade-insecure-requests",
  "user-agent",
  "via",
  "x-grpc-web",
  "x-user-agent",
]);

const NOT_METADATA_PREFIXES = [
  "accept-",
  "access-control-",
  "connect-",
  "content-",
  "grpc-",
  "if-",
  "proxy-",
  "sec-",
  "x-forwarded-",
  "x-middleware-",
  "x-playground",
];

/** Names under which a credential would go upstream: only the server puts one there. */
const CREDENTIALS = ["macaroon", "grpc-metadata-macaroon", "authorization"];

/** Response headers of a daemon that would mean something to the browser instead of to the caller. */
const NOT_FOR_BROWSER = new Set([
  "age",
  "alt-svc",
  "cache-control",
  "clear-site-data",
  "connection",
  "date",
  "etag",
  "expires",
  "keep-alive",
  "last-modified",
  "link",
  "location",
  "nel",
  "origin-agent-cluster",
  "permissions-policy",
  "pragma",
  "referrer-policy",
  "refresh",
  "report-to",
  "reporting-endpoints",
  "server-timing",
  "service-worker-allowed",
  "set-cookie",
  "sourcemap",
  "speculation-rules",
  "strict-transport-security",
  "te",
  "timing-allow-origin",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "vary",
  "www-authenticate",
  "x-content-type-options",
  "x-dns-prefetch-control",
  "x-frame-options",
  "x-sourcemap",
  "x-xss-protection",
]);

const NOT_FOR_BROWSER_PREFIXES = [
  ":",
  "access-control-",
  "content-",
  "cross-origin-",
  "critical-",
  "proxy-",
  "sec-",
  "x-playground",
];

const STATUS_FIELDS = ["grpc-status", "grpc-message"];

const NAME = /^[0-9a-z_.-]{1,128}$/;
const VALUE = /^[\x20-\x7e]*$/;

/** What a header name means for the metadata to send upstream; the name of metadata as it is sent. */
type NameReading =
  | { readonly kind: "metadata"; readonly name: string }
  | { readonly kind: "credential"; readonly name: string }
  | { readonly kind: "not-metadata" }
  | { readonly kind: "bad" };

/** Browsers send the same dozen names with each call. */
const readNames = new Map<string, NameReading>();
const MOST_READ_NAMES = 256;

function readName(given: string): NameReading {
  const known = readNames.get(given);
  if (known !== undefined) return known;
  const reading = readNewName(given.toLowerCase());
  if (readNames.size < MOST_READ_NAMES) readNames.set(given, reading);
  return reading;
}

function readNewName(name: string): NameReading {
  if (CREDENTIALS.includes(name)) return { kind: "credential", name };
  if (NOT_METADATA.has(name) || NOT_METADATA_PREFIXES.some((prefix) => name.startsWith(prefix))) {
    return { kind: "not-metadata" };
  }
  return NAME.test(name) ? { kind: "metadata", name } : { kind: "bad" };
}

/** The metadata to send upstream, by name, or why the call is refused. */
export function upstreamMetadata(
  entries: Iterable<MetadataEntry>,
  limitBytes: number,
): Map<string, string> | BridgeFailure {
  const metadata = new Map<string, string>();
  let bytes = 0;
  for (const { name: given, value } of entries) {
    const reading = readName(given);
    if (reading.kind === "not-metadata") continue;
    if (reading.kind === "credential") {
      return failure(
        "bad-request",
        `The metadata "${reading.name}" is not taken from a page: the profile's own credential is added by the server. Remove it.`,
      );
    }
    if (reading.kind === "bad") {
      return failure(
        "bad-request",
        "A metadata name has other characters than a-z, 0-9, '-', '_' and '.'. Correct it.",
      );
    }
    const { name } = reading;
    if (!VALUE.test(value)) {
      return failure(
        "bad-request",
        `The value of the metadata "${name}" is not printable ASCII. Name it "${name}-bin" and give it as base64.`,
      );
    }
    bytes += name.length + value.length;
    const before = metadata.get(name);
    metadata.set(name, before === undefined ? value : `${before},${value}`);
  }
  if (bytes > limitBytes) {
    return failure(
      "too-large",
      `The call's metadata has ${bytes} bytes, more than the ${limitBytes} that are allowed.`,
    );
  }
  return metadata;
}

/** An HTTP request's header lines (`req.rawHeaders`) as metadata entries. */
export function* headerLines(rawHeaders: readonly string[]): Generator<MetadataEntry> {
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    yield { name: rawHeaders[at] ?? "", value: rawHeaders[at + 1] ?? "" };
  }
}

/** Daemons send the same few names with each reply. */
const forBrowser = new Map<string, boolean>();

function isForBrowser(name: string): boolean {
  const known = forBrowser.get(name);
  if (known !== undefined) return known;
  const is =
    !NOT_FOR_BROWSER.has(name) &&
    !STATUS_FIELDS.includes(name) &&
    !NOT_FOR_BROWSER_PREFIXES.some((prefix) => name.startsWith(prefix));
  if (forBrowser.size < MOST_READ_NAMES) forBrowser.set(name, is);
  return is;
}

/** A daemon's headers or trailers as entries, without status fields and what a browser would act on. */
export function replyMetadata(headers: IncomingHttpHeaders): MetadataEntry[] {
  const entries: MetadataEntry[] = [];
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || !isForBrowser(name)) continue;
    entries.push({ name, value: String(value) });
  }
  return entries;
}
