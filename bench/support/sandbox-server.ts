/**
 * A sandbox, one with many orders, and beside them the emptiest server that Connect makes: as a process of its own. Its argument is a
 * folder for its files.
 */
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { createSecureServer } from "node:http2";
import type { AddressInfo } from "node:net";
import { create, toBinary } from "@bufbuild/protobuf";
import { createClient } from "@connectrpc/connect";
import { connectNodeAdapter, createGrpcTransport } from "@connectrpc/connect-node";
import { ListOrdersResponseSchema, Trader } from "../../gen/poolrpc/trader_pb.ts";
import { startSandbox } from "../../sandbox/start-sandbox.ts";
import { median } from "./median.ts";

/** Where the two are, and what it takes to encode all orders, in milliseconds. */
export interface SandboxReady {
  readonly sandbox: { readonly port: number; readonly tlsCertPath: string; readonly macaroonHex: string };
  /** The one with many orders has the same files. */
  readonly fullPort: number;
  readonly emptyPort: number;
  readonly encodeMs: number;
}

const ORDERS = 10_000;
const ROUNDS = 15;

const [dir = "."] = process.argv.slice(2);
const options = { dir, port: 0, blockInterval: 0, ephemeral: true };
const sandbox = await startSandbox(options);
const full = await startSandbox(options);
const macaroonHex = readFileSync(sandbox.macaroonPath).toString("hex");
const ca = readFileSync(sandbox.tlsCertPath);

const { orders } = full.ledger.world.state;
const seeded = [...orders];
while (orders.length < ORDERS) {
  const like = seeded[orders.length % seeded.length];
  if (like === undefined) break;
  orders.push({ ...like, nonce: randomBytes(32), events: like.events.map((event) => ({ ...event })) });
}

const empty = createSecureServer(
  { cert: ca, key: readFileSync(sandbox.tlsCertPath.replace("tls.cert", "tls.key")) },
  connectNodeAdapter({ routes: (router) => router.service(Trader, { getInfo: () => ({}) }) }),
);
await new Promise<void>((resolve) => empty.listen(0, "127.0.0.1", resolve));

process.send?.({
  sandbox: { port: sandbox.port, tlsCertPath: sandbox.tlsCertPath, macaroonHex },
  fullPort: full.port,
  emptyPort: (empty.address() as AddressInfo).port,
  encodeMs: await timeEncoding(),
} satisfies SandboxReady);
process.on("disconnect", () => process.exit());

/** What it takes to encode the reply that lists them all, in milliseconds. Nothing of it is held afterwards. */
async function timeEncoding(): Promise<number> {
  const transport = createGrpcTransport({
    baseUrl: `https://localhost:${full.port}`,
    nodeOptions: { ca },
    interceptors: [
      (next) => (request) => {
        request.header.set("macaroon", macaroonHex);
        return next(request);
      },
    ],
  });
  const reply = await createClient(Trader, transport).listOrders({ verbose: true });
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const message = create(ListOrdersResponseSchema, reply);
    const from = performance.now();
    toBinary(ListOrdersResponseSchema, message);
    times.push(performance.now() - from);
  }
  return median(times);
}
