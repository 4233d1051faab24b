import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Metadata, Server, ServerCredentials } from "@grpc/grpc-js";
import { ChannelAuctioneer } from "../../../gen/auctioneerrpc/auctioneer_pb.ts";
import { HashMail } from "../../../gen/auctioneerrpc/hashmail_pb.ts";
import { Trader } from "../../../gen/poolrpc/trader_pb.ts";
import { bindOwnPort } from "../own-port.ts";
import { auctioneerHandlers } from "./auctioneer.ts";
import { type CertificateWish, issueCertificate } from "./certificate.ts";
import { hashMailHandlers } from "./hash-mail.ts";
import { mintMacaroon, refuseMacaroon } from "./macaroon-check.ts";
import type { PeerCall, PeerEvent } from "./peer-call.ts";
import { serve } from "./serve.ts";
import { traderHandlers } from "./trader.ts";

export interface PeerOptions {
  /** An existing folder; `tls.cert`, `tls.key` and `pool.macaroon` are written into it. */
  readonly dir: string;
  /** 0 or absent: any free port, one that `restart` will find free again. */
  readonly port?: number;
  readonly auctioneerPort?: number;
  readonly certificate?: CertificateWish;
  /** Serves without TLS, as nothing of Pool does. */
  readonly plaintext?: boolean;
  readonly onEvent?: (event: PeerEvent) => void;
}

/** A running peer: `Trader` behind a macaroon on one port, the auctioneer's services on the other. */
export interface Peer {
  readonly port: number;
  readonly auctioneerPort: number;
  readonly tlsCertPath: string;
  readonly macaroonPath: string;
  /** Every call that reached a handler or was refused its macaroon, oldest first. */
  readonly calls: readonly PeerCall[];
  /** Ends both servers at once; running calls are cut off. Files stay. */
  stop(): Promise<void>;
  /** Stops if needed, then serves on the same ports again with the certificate and macaroon key in use. */
  restart(change?: Pick<PeerOptions, "plaintext">): Promise<void>;
  /** Issues another certificate into `tls.cert`. It is served from the next `restart`. */
  rotateCertificate(wish?: CertificateWish): void;
  /** Changes the root key at once: macaroons made before fail. Writes a new `pool.macaroon`. */
  rotateMacaroon(): void;
  /** Hex of a macaroon of this server's key with these first-party caveats, of which it knows none. */
  macaroonHex(caveats?: readonly string[]): string;
  /** Resolves with the first call, past or future, that `test` holds for. Rejects after `timeoutMs` (20 s). */
  waitFor(test: (call: PeerCall) => boolean, timeoutMs?: number): Promise<PeerCall>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts the second, independent gRPC server that the bridge and the site are tested against. */
export async function startPeer(options: PeerOptions): Promise<Peer> {
  mkdirSync(options.dir, { recursive: true });
  const paths = {
    cert: join(options.dir, "tls.cert"),
    key: join(options.dir, "tls.key"),
    macaroon: join(options.dir, "pool.macaroon"),
  };
  const calls: PeerCall[] = [];
  const watchers = new Set<() => void>();
  let rootKey = randomBytes(32);
  let running: Server[] = [];

  const writeCertificate = (wish: CertificateWish = {}) => {
    const issued = issueCertificate(wish);
    writeFileSync(paths.cert, issued.cert);
    writeFileSync(paths.key, issued.key, { mode: 0o600 });
  };
  const record = (call: Omit<PeerCall, "id">): PeerCall => {
    const recorded = Object.assign(call, { id: calls.length + 1 });
    calls.push(recorded);
    return recorded;
  };
  const emit = (event: PeerEvent) => {
    options.onEvent?.(event);
    for (const watcher of watchers) watcher();
  };
  const withMacaroon = (metadata: Metadata) => refuseMacaroon(rootKey, metadata.get("macaroon").map(String));
  const listen = async (plaintext: boolean, port: number, auctioneerPort: number) => {
    const trader = new Server();
    serve(trader, Trader, traderHandlers, { record, emit, refuse: withMacaroon });
    const auctioneer = new Server();
    // The auctioneer knows no macaroons: one that arrives here was leaked, and `calls` shows it.
    serve(auctioneer, HashMail, hashMailHandlers, { record, emit, refuse: () => null });
    serve(auctioneer, ChannelAuctioneer, auctioneerHandlers, { record, emit, refuse: () => null });
    running = [trader, auctioneer];
    const credentials = plaintext
      ? ServerCredentials.createInsecure()
      : ServerCredentials.createSsl(null, [
          { cert_chain: readFileSync(paths.cert), private_key: readFileSync(paths.key) },
        ]);
    return {
      port: await bind(trader, port, credentials),
      auctioneerPort: await bind(auctioneer, auctioneerPort, credentials),
    };
  };
  const stop = async () => {
    for (const server of running.splice(0)) server.forceShutdown();
  };

  writeCertificate(options.certificate);
  writeFileSync(paths.macaroon, mintMacaroon(rootKey));
  const ports = await listen(options.plaintext ?? false, options.port ?? 0, options.auctioneerPort ?? 0);

  return {
    ...ports,
    tlsCertPath: paths.cert,
    macaroonPath: paths.macaroon,
    calls,
    stop,
    async restart(change = {}) {
      await stop();
      await listen(change.plaintext ?? options.plaintext ?? false, ports.port, ports.auctioneerPort);
    },
    rotateCertificate: writeCertificate,
    rotateMacaroon() {
      rootKey = randomBytes(32);
      writeFileSync(paths.macaroon, mintMacaroon(rootKey));
    },
    macaroonHex: (caveats = []) => Buffer.from(mintMacaroon(rootKey, caveats)).toString("hex"),
    waitFor(test, timeoutMs = 20_000) {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          watchers.delete(look);
          reject(
            new Error(
              `no such call within ${timeoutMs} ms; the peer saw ${calls.map((call) => call.method)}`,
            ),
          );
        }, timeoutMs);
        const look = () => {
          const found = calls.find(test);
          if (found === undefined) return;
          clearTimeout(timer);
          watchers.delete(look);
          resolve(found);
        };
        watchers.add(look);
        look();
      });
    },
    [Symbol.asyncDispose]: stop,
  };
}

function bind(server: Server, port: number, credentials: ServerCredentials): Promise<number> {
  return port === 0
    ? bindOwnPort((own) => bindTo(server, own, credentials))
    : bindTo(server, port, credentials);
}

function bindTo(server: Server, port: number, credentials: ServerCredentials): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${port}`, credentials, (error, bound) => {
      if (error === null) resolve(bound);
      else reject(error);
    });
  });
}
