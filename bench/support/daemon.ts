/**
 * The gRPC server behind every contestant: TLS, the macaroon looked at, replies encoded before they are asked for. What
 * a daemon costs must not hide what the others cost. Started by `start-daemon.ts`, with a folder as its argument.
 */
import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { createSecureServer, type ServerHttp2Stream } from "node:http2";
import { join } from "node:path";
import { fromBinary } from "@bufbuild/protobuf";
import { CipherBoxDescSchema } from "../../gen/auctioneerrpc/hashmail_pb.ts";
import { issueCertificate } from "../../test/support/peer/certificate.ts";
import { mintMacaroon, refuseMacaroon } from "../../test/support/peer/macaroon-check.ts";
import { infoFrames, ordersFrame, PACED_GAP_MS, streamFrame } from "./replies.ts";
import type { DaemonFiles } from "./start-daemon.ts";

const CHUNK = 64 << 10;

const [dir = "."] = process.argv.slice(2);
const { cert, key } = issueCertificate();
const rootKey = randomBytes(32);
const macaroon = mintMacaroon(rootKey);
const tlsCertPath = join(dir, "tls.cert");
const macaroonPath = join(dir, "pool.macaroon");
writeFileSync(tlsCertPath, cert);
writeFileSync(macaroonPath, macaroon);

const orders = ordersFrame();
const unary: Readonly<Record<string, () => Buffer>> = {
  "/poolrpc.Trader/GetInfo": infoFrames(),
  "/poolrpc.Trader/ListOrders": () => orders,
};
/** Macaroons whose signature was checked once: a daemon's own check must not be what is measured. */
const checked = new Set<string>();

const server = createSecureServer({ cert, key });
server.on("session", (session) => session.on("error", () => {}));
server.on("stream", (stream, headers) => {
  stream.on("error", () => {});
  const request: Buffer[] = [];
  stream.on("data", (chunk: Buffer) => request.push(chunk));
  stream.on("end", () => {
    const value = String(headers.macaroon ?? "");
    const refusal = checked.has(value) ? null : refuseMacaroon(rootKey, [value]);
    if (refusal !== null) return end(stream, 2, refusal);
    checked.add(value);
    const path = headers[":path"] ?? "";
    const reply = unary[path];
    stream.respond({ ":status": 200, "content-type": "application/grpc" }, { waitForTrailers: true });
    stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0", "grpc-message": "" }));
    if (reply !== undefined) stream.end(reply());
    else void sendMany(stream, Buffer.concat(request));
  });
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  process.send?.({ port: address.port, tlsCertPath, macaroonPath } satisfies DaemonFiles);
});
process.on("disconnect", () => process.exit());

/** The stream that the request's stream id asks for: `paced:<count>`, ten in a second, or `burst:<count>`. */
async function sendMany(stream: ServerHttp2Stream, request: Buffer): Promise<void> {
  const { streamId } = fromBinary(CipherBoxDescSchema, request.subarray(5));
  const [kind, count] = Buffer.from(streamId).toString().split(":");
  const total = Number(count);
  if (kind === "paced") {
    for (let index = 0; index < total && !stream.destroyed; index++) {
      stream.write(streamFrame(streamId, index));
      await new Promise((resolve) => setTimeout(resolve, PACED_GAP_MS));
    }
  } else {
    let chunk: Buffer[] = [];
    let bytes = 0;
    for (let index = 0; index < total && !stream.destroyed; index++) {
      const next = streamFrame(streamId, index);
      chunk.push(next);
      bytes += next.length;
      if (bytes < CHUNK && index < total - 1) continue;
      if (!stream.write(Buffer.concat(chunk))) await drained(stream);
      chunk = [];
      bytes = 0;
    }
  }
  stream.end();
}

function drained(stream: ServerHttp2Stream): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      stream.off("drain", done).off("close", done);
      resolve();
    };
    stream.on("drain", done).on("close", done);
  });
}

function end(stream: ServerHttp2Stream, code: number, message: string): void {
  stream.respond(
    { ":status": 200, "content-type": "application/grpc", "grpc-status": code, "grpc-message": message },
    { endStream: true },
  );
}
