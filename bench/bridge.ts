/**
 * What the bridge adds to a unary call: the median of many calls of `Trader.GetInfo` straight to a gRPC server, and of
 * as many through the bridge, from one client in one run, taking turns. Server, bridge and client are processes of
 * their own. Prints both medians and their ratio, and fails over 2.
 *
 * Usage: npx tsx bench/bridge.ts [calls]
 */
import { type ChildProcess, fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { Agent } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { create, toBinary } from "@bufbuild/protobuf";
import { type Client, createClient, type Interceptor } from "@connectrpc/connect";
import { createGrpcTransport, createGrpcWebTransport } from "@connectrpc/connect-node";
import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData, status } from "@grpc/grpc-js";
import { GetInfoResponseSchema, Trader } from "../gen/poolrpc/trader_pb.ts";
import { openSession, peerAsSandbox, startPlayground } from "../test/server/support/playground.ts";
import { issueCertificate } from "../test/support/peer/certificate.ts";
import { mintMacaroon, refuseMacaroon } from "../test/support/peer/macaroon-check.ts";

const TARGET = 2;

interface PeerReady {
  readonly port: number;
  readonly auctioneerPort: number;
  readonly tlsCertPath: string;
  readonly macaroonPath: string;
}

interface BridgeReady {
  readonly origin: string;
  readonly cookie: string;
}

const [role, argument] = process.argv.slice(2);
if (role === "peer") await servePeer(argument ?? "");
else if (role === "bridge") await serveBridge(JSON.parse(argument ?? "") as PeerReady);
else process.exitCode = await measure(Number(role ?? 1_000));

/** TLS, a macaroon that is verified, and nothing else: what the daemon costs must not hide what the bridge costs. */
async function servePeer(dir: string): Promise<void> {
  const { cert, key } = issueCertificate();
  const rootKey = randomBytes(32);
  const tlsCertPath = join(dir, "tls.cert");
  const macaroonPath = join(dir, "pool.macaroon");
  writeFileSync(tlsCertPath, cert);
  writeFileSync(macaroonPath, mintMacaroon(rootKey));
  const reply = Buffer.from(
    toBinary(GetInfoResponseSchema, create(GetInfoResponseSchema, { version: "bench" })),
  );
  const server = new Server();
  const same = (bytes: Buffer) => bytes;
  server.register<Buffer, Buffer>(
    "/poolrpc.Trader/GetInfo",
    (call: ServerUnaryCall<Buffer, Buffer>, answer: sendUnaryData<Buffer>) => {
      const refusal = refuseMacaroon(rootKey, call.metadata.get("macaroon").map(String));
      if (refusal === null) answer(null, reply);
      else answer({ code: status.UNKNOWN, details: refusal });
    },
    same,
    same,
    "unary",
  );
  const credentials = ServerCredentials.createSsl(null, [
    { cert_chain: Buffer.from(cert), private_key: Buffer.from(key) },
  ]);
  server.bindAsync("127.0.0.1:0", credentials, (error, port) => {
    if (error !== null) throw error;
    process.send?.({ port, auctioneerPort: port, tlsCertPath, macaroonPath } satisfies PeerReady);
  });
}

async function serveBridge(peer: PeerReady): Promise<void> {
  const server = await startPlayground([peerAsSandbox(peer)]);
  process.send?.({ origin: server.origin, cookie: await openSession(server) } satisfies BridgeReady);
}

async function measure(calls: number): Promise<number> {
  const dir = mkdtempSync(join(tmpdir(), "playground-bench-"));
  const children: ChildProcess[] = [];
  const start = async <T>(...args: string[]): Promise<T> => {
    const child = fork(fileURLToPath(import.meta.url), args);
    children.push(child);
    const [ready] = (await once(child, "message")) as [T];
    return ready;
  };
  try {
    const peer = await start<PeerReady>("peer", dir);
    const bridge = await start<BridgeReady>("bridge", JSON.stringify(peer));
    const ways = { direct: directClient(peer), bridged: bridgedClient(bridge) };
    const times = { direct: [] as number[], bridged: [] as number[] };
    // All three processes are measured as they are after a while, compiled by their engines.
    const warmUp = Math.max(1_000, calls);
    for (let call = -warmUp; call < calls; call++) {
      // Which goes first changes with each round, so that neither always finds the machine warm.
      const order = call % 2 === 0 ? (["direct", "bridged"] as const) : (["bridged", "direct"] as const);
      for (const way of order) {
        const from = process.hrtime.bigint();
        await ways[way].getInfo({});
        if (call >= 0) times[way].push(Number(process.hrtime.bigint() - from) / 1_000);
      }
    }
    const direct = median(times.direct);
    const bridged = median(times.bridged);
    const ratio = bridged / direct;
    console.log(`unary, median of ${calls} calls, taking turns`);
    console.log(`  direct gRPC         ${direct.toFixed(0)} µs`);
    console.log(`  through the bridge  ${bridged.toFixed(0)} µs`);
    console.log(`  ratio               ${ratio.toFixed(2)} (target: at most ${TARGET})`);
    return ratio <= TARGET ? 0 : 1;
  } finally {
    for (const child of children) child.kill();
    rmSync(dir, { recursive: true, force: true });
  }
}

function directClient(peer: PeerReady): Client<typeof Trader> {
  const macaroon = readFileSync(peer.macaroonPath).toString("hex");
  return createClient(
    Trader,
    createGrpcTransport({
      baseUrl: `https://localhost:${peer.port}`,
      nodeOptions: { ca: readFileSync(peer.tlsCertPath) },
      interceptors: [withHeaders({ macaroon })],
    }),
  );
}

function bridgedClient({ origin, cookie }: BridgeReady): Client<typeof Trader> {
  return createClient(
    Trader,
    createGrpcWebTransport({
      baseUrl: `${origin}/rpc`,
      httpVersion: "1.1",
      nodeOptions: { agent: new Agent({ keepAlive: true }) },
      interceptors: [withHeaders({ cookie, origin, "x-playground-profile": "sandbox" })],
    }),
  );
}

function withHeaders(headers: Readonly<Record<string, string>>): Interceptor {
  return (next) => (request) => {
    for (const [name, value] of Object.entries(headers)) request.header.set(name, value);
    return next(request);
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
