import type { MetadataEntry } from "../../../lib/call/call.ts";
import { decodeGrpcMessage } from "../../../server/bridge/grpc-message.ts";

/** A gRPC-Web reply, taken apart by hand: no client library stands between the bridge and the test. */
export interface WebResult {
  readonly http: number;
  readonly headers: Headers;
  readonly messages: readonly Buffer[];
  /** Of the trailer frame; -1 where there was none. */
  readonly code: number;
  readonly message: string;
  readonly reason: string | null;
  readonly outcome: string | null;
  readonly trailers: readonly MetadataEntry[];
  /** The whole body as it came. */
  readonly body: Buffer;
}

/** What a page's own request looks like; each part can be changed or left out (undefined). */
export function callHeaders(
  server: { readonly origin: string; readonly cookie: string },
  changes: Readonly<Record<string, string | undefined>> = {},
): Record<string, string> {
  const headers: Record<string, string | undefined> = {
    "content-type": "application/grpc-web+proto",
    cookie: server.cookie,
    origin: server.origin,
    "x-playground-profile": "sandbox",
    "x-grpc-web": "1",
    ...changes,
  };
  return Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** Calls a method through the bridge. `request` is the message's bytes. */
export async function callWeb(
  server: { readonly origin: string; readonly cookie: string },
  method: string,
  request: Uint8Array = new Uint8Array(),
  changes: Readonly<Record<string, string | undefined>> = {},
  signal: AbortSignal | null = null,
): Promise<WebResult> {
  const response = await fetch(rpcUrl(server.origin, method), {
    method: "POST",
    headers: callHeaders(server, changes),
    body: new Uint8Array(frame(request)),
    signal,
  });
  return readWeb(response.status, response.headers, Buffer.from(await response.arrayBuffer()));
}

/** `poolrpc.Trader.GetInfo` → `<origin>/rpc/poolrpc.Trader/GetInfo` */
export function rpcUrl(origin: string, method: string): string {
  const dot = method.lastIndexOf(".");
  return `${origin}/rpc/${method.slice(0, dot)}/${method.slice(dot + 1)}`;
}

/** One uncompressed message with its prefix. */
export function frame(message: Uint8Array): Buffer {
  const header = Buffer.alloc(5);
  header.writeUInt32BE(message.length, 1);
  return Buffer.concat([header, message]);
}

export function readWeb(http: number, headers: Headers, body: Buffer): WebResult {
  const messages: Buffer[] = [];
  let trailers: MetadataEntry[] = [];
  for (let at = 0; at + 5 <= body.length; ) {
    const end = at + 5 + body.readUInt32BE(at + 1);
    const content = body.subarray(at + 5, end);
    if (((body[at] ?? 0) & 0x80) !== 0) trailers = readTrailers(content);
    else messages.push(content);
    at = end;
  }
  const value = (name: string) => trailers.find((entry) => entry.name === name)?.value;
  return {
    http,
    headers,
    messages,
    code: Number(value("grpc-status") ?? -1),
    message: decodeGrpcMessage(value("grpc-message") ?? ""),
    reason: value("x-playground-reason") ?? null,
    outcome: value("x-playground-outcome") ?? null,
    trailers,
    body,
  };
}

function readTrailers(content: Buffer): MetadataEntry[] {
  return content
    .toString("latin1")
    .split("\r\n")
    .filter((line) => line !== "")
    .map((line) => {
      const colon = line.indexOf(":");
      return { name: line.slice(0, colon), value: line.slice(colon + 1).trim() };
    });
}
