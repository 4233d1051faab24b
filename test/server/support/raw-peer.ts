import type { IncomingHttpHeaders } from "node:http";
import { createSecureServer, type Http2Session, type ServerHttp2Stream } from "node:http2";
import { issueCertificate } from "../../support/peer/certificate.ts";
import { peerAsSandbox, temporaryFolder } from "./playground.ts";
import { writeCredentials } from "./recording-servers.ts";

/** An HTTP/2 server over TLS that does to each stream what a test says: for replies that no gRPC library would send. */
export interface RawPeer {
  readonly profile: ReturnType<typeof peerAsSandbox>;
  readonly port: number;
  readonly streams: readonly RawStream[];
  readonly sessions: readonly Http2Session[];
  [Symbol.asyncDispose](): Promise<void>;
}

/** A stream as the peer saw it. `closed`: whether it is over, in whatever way. */
interface RawStream {
  readonly headers: IncomingHttpHeaders;
  readonly body: () => Buffer;
  readonly closed: () => boolean;
}

/** `answer` is given each stream and its number, from 0. */
export async function startRawPeer(
  answer: (stream: ServerHttp2Stream, index: number) => void,
): Promise<RawPeer> {
  const folder = temporaryFolder();
  const { cert, key } = issueCertificate();
  const streams: RawStream[] = [];
  const sessions: Http2Session[] = [];
  const server = createSecureServer({ cert, key });
  server.on("session", (session) => {
    sessions.push(session);
    session.on("error", () => {});
  });
  server.on("stream", (stream, headers) => {
    const chunks: Buffer[] = [];
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    stream.on("error", () => {});
    streams.push({ headers, body: () => Buffer.concat(chunks), closed: () => stream.closed });
    answer(stream, streams.length - 1);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  const files = writeCredentials(folder.path, cert);
  return {
    profile: peerAsSandbox({ port, auctioneerPort: port, ...files }),
    port,
    streams,
    sessions,
    async [Symbol.asyncDispose]() {
      for (const session of sessions) session.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      folder[Symbol.dispose]();
    },
  };
}

/** Answers with headers, frames and trailers, as a gRPC server does. */
export function reply(
  stream: ServerHttp2Stream,
  frames: readonly Uint8Array[],
  trailers: Readonly<Record<string, string>> = { "grpc-status": "0" },
  headers: Readonly<Record<string, string>> = {},
): void {
  stream.respond(
    { ":status": 200, "content-type": "application/grpc", ...headers },
    { waitForTrailers: true },
  );
  stream.on("wantTrailers", () => stream.sendTrailers({ ...trailers }));
  for (const bytes of frames) stream.write(bytes);
  stream.end();
}
