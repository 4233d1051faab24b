import { randomBytes } from "node:crypto";
import type { ConnectRouter } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { ChannelAuctioneer } from "../../gen/auctioneerrpc/auctioneer_pb.ts";
import { HashMail } from "../../gen/auctioneerrpc/hashmail_pb.ts";
import type { CallLine, CallLog } from "../../sandbox/call-log.ts";
import { createLedger, type OwnLedger } from "../../sandbox/ledger/create-ledger.ts";
import { createCertificate } from "../../sandbox/server/certificate.ts";
import { createGrpcHandler } from "../../sandbox/server/grpc-handler.ts";
import { listen } from "../../sandbox/server/listener.ts";

/** The auctioneer's port of a sandbox alone, over TLS, with what its call log was told. */
export interface AuctioneerServer {
  readonly ledger: OwnLedger;
  readonly calls: (CallLine & { readonly at: number })[];
  /** Another connection to it. */
  connect(): ReturnType<typeof createGrpcTransport>;
  /** The first finished call of this method that was not asked for before; waits for it up to 20 s. */
  finished(method: string): Promise<CallLine & { readonly at: number }>;
  stop(): Promise<void>;
}

/** Serves what `register` puts on the router, as `start-sandbox` does. */
export async function startAuctioneer(
  register: (router: ConnectRouter, deps: { ledger: OwnLedger; log: CallLog; clock: () => number }) => void,
): Promise<AuctioneerServer> {
  const ledger = createLedger({ network: "regtest", seed: randomBytes(2).readUInt16BE(), clock: Date.now });
  const calls: (CallLine & { readonly at: number })[] = [];
  const watchers = new Set<() => void>();
  const asked = new Set<CallLine>();
  const log: CallLog = {
    finished(line) {
      calls.push({ ...line, at: performance.now() });
      for (const look of watchers) look();
    },
    note: () => {},
  };
  const certificate = await createCertificate(Date.now());
  const listener = await listen({
    host: "127.0.0.1",
    port: 0,
    ...certificate,
    handler: createGrpcHandler({
      services: [HashMail.typeName, ChannelAuctioneer.typeName],
      interceptors: [],
      routes: (router) => register(router, { ledger, log, clock: Date.now }),
      log,
    }),
  });
  return {
    ledger,
    calls,
    connect: () =>
      createGrpcTransport({
        baseUrl: `https://127.0.0.1:${listener.port}`,
        nodeOptions: { ca: certificate.cert },
      }),
    finished(method) {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          watchers.delete(look);
          reject(new Error(`${method} did not finish within 20 s`));
        }, 20_000);
        const look = () => {
          const found = calls.find((call) => call.method === method && !asked.has(call));
          if (found === undefined) return;
          clearTimeout(timer);
          watchers.delete(look);
          asked.add(found);
          resolve(found);
        };
        watchers.add(look);
        look();
      });
    },
    stop: () => listener.close(),
  };
}
