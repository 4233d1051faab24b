import type { BytesForm } from "../call/call.ts";
import { fromBase64, toBase64 } from "../schema/bytes-text.ts";

/** What a link carries: never a profile, metadata or a confirmation. */
export interface SharedRequest {
  /** Fully qualified. */
  readonly method: string;
  readonly request: string;
  readonly bytes: BytesForm;
  /** `fingerprint` of the method's descriptors that the request was written for. */
  readonly schema: string;
}

export type LinkReading =
  | { readonly kind: "ok"; readonly shared: SharedRequest }
  /** `message` says what is wrong with the link. */
  | { readonly kind: "problem"; readonly message: string };

const VERSION = 1;
const KEY = "request";
/** Characters of a link's data. What cannot be sent by mail or chat is no link any more. */
const LONGEST = 100_000;
/** Bytes that a link's data may unfold to: as large as the largest request. */
const MOST_BYTES = 1 << 20;

/** The fragment without its `#`: `request=…`, compressed; null for a request that is too large for a link. */
export async function writeFragment({
  method,
  request,
  bytes,
  schema,
}: SharedRequest): Promise<string | null> {
  const text = JSON.stringify({ v: VERSION, schema, method, bytes, request });
  const plain = new TextEncoder().encode(text);
  if (plain.length > MOST_BYTES) return null;
  const packed = await collect(new Blob([plain]).stream().pipeThrough(new CompressionStream("deflate-raw")));
  const data = toBase64(packed ?? new Uint8Array())
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
  return data.length > LONGEST ? null : `${KEY}=${data}`;
}

/** Reads a fragment that anybody may have written. */
export async function readFragment(fragment: string): Promise<LinkReading> {
  const data = new URLSearchParams(fragment.replace(/^#/, "")).get(KEY) ?? "";
  if (data.length > LONGEST) return problem("it is too long");
  const packed = /^[\w-]+$/.test(data) ? fromBase64(data) : null;
  if (packed === null) return problem("characters of it are missing or changed");
  let text: string;
  try {
    const stream = new Blob([packed as BlobPart]).stream();
    const plain = await collect(stream.pipeThrough(new DecompressionStream("deflate-raw")));
    if (plain === null) return problem("it unfolds to more than 1 MiB");
    text = new TextDecoder("utf-8", { fatal: true }).decode(plain);
  } catch {
    return problem("a part of it is missing or changed");
  }
  return readPayload(text);
}

/** A short name of descriptors: the same bytes give the same one. Tells versions apart; it proves nothing. */
export function fingerprint(descriptors: Uint8Array): string {
  // FNV-1a, twice 32 bits: crypto.subtle is missing where the page is served over plain HTTP from another machine.
  let a = 0x811c9dc5;
  let b = 0x01000193;
  for (const byte of descriptors) {
    a = Math.imul(a ^ byte, 0x01000193) >>> 0;
    b = Math.imul(b ^ byte, 0x85ebca6b) >>> 0;
  }
  return a.toString(16).padStart(8, "0") + b.toString(16).padStart(8, "0");
}

function readPayload(text: string): LinkReading {
  let payload: unknown;
  try {
    payload = JSON.parse(text);
  } catch {
    return problem("it holds no request");
  }
  if (typeof payload !== "object" || payload === null) return problem("it holds no request");
  const { v, method, request, bytes, schema } = payload as Record<string, unknown>;
  if (v !== VERSION) {
    return problem(
      typeof v === "number" && v > VERSION ? "a newer Pool Playground made it" : "it holds no request",
    );
  }
  const named = typeof method === "string" && /^[A-Za-z_][\w.]{2,255}$/.test(method);
  const known = bytes === "hex" || bytes === "base64" || bytes === "base64url";
  if (!named || !known || typeof request !== "string" || typeof schema !== "string") {
    return problem("it holds no request");
  }
  return { kind: "ok", shared: { method, request, bytes, schema } };
}

function problem(reason: string): LinkReading {
  return { kind: "problem", message: `This link cannot be read: ${reason}. Ask for it anew.` };
}

/** All bytes of a stream; null, and the stream cancelled, where they are more than a link may hold. */
async function collect(stream: ReadableStream<Uint8Array>): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    length += next.value.length;
    if (length > MOST_BYTES) {
      // Not waited for: a stream that is still being filled may take its time to hear of it.
      reader.cancel().catch(() => {});
      return null;
    }
    chunks.push(next.value);
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
