import { ChannelAuctioneer } from "../gen/auctioneerrpc/auctioneer_pb.ts";
import { HashMail } from "../gen/auctioneerrpc/hashmail_pb.ts";
import { Trader } from "../gen/poolrpc/trader_pb.ts";
import type { CallLine, CallLog } from "./call-log.ts";
import type { Clock } from "./chain/clock.ts";
import { createLedger, type OwnLedger } from "./ledger/create-ledger.ts";
import { readPermissions } from "./macaroon/permissions.ts";
import { prepareFiles } from "./server/files.ts";
import { createGrpcHandler } from "./server/grpc-handler.ts";
import { type Listener, listen } from "./server/listener.ts";
import { registerChannelAuctioneer } from "./services/channel-auctioneer.ts";
import { registerHashMail } from "./services/hash-mail.ts";
import { answerRefusals, requireMacaroon } from "./services/refusals.ts";
import { registerTrader } from "./services/trader.ts";

/** How to run a sandbox. Ports of 0 take any free one. */
export interface SandboxOptions {
  /** Its data: `<dir>/<network>/{tls.cert,tls.key,pool.macaroon}`. Made if missing. */
  readonly dir: string;
  readonly network?: string;
  readonly host?: string;
  readonly port?: number;
  readonly auctioneerPort?: number;
  /** Seeds every random-looking value that a call makes. */
  readonly seed?: number;
  /** Milliseconds since 1970. */
  readonly now?: Clock;
  /** Milliseconds between blocks; 0 mines none. */
  readonly blockInterval?: number;
  /** How long StopDaemon keeps the daemon away, in ms. */
  readonly restartAfter?: number;
  readonly onCall?: (line: CallLine) => void;
  readonly onNote?: (text: string) => void;
}

/** A running sandbox. */
export interface Sandbox {
  readonly network: string;
  readonly port: number;
  readonly auctioneerPort: number;
  readonly tlsCertPath: string;
  readonly macaroonPath: string;
  readonly ledger: OwnLedger;
  /** Ends all calls and frees both ports. */
  stop(): Promise<void>;
}

const PERMISSIONS = new URL("../proto/poolrpc/permissions.yaml", import.meta.url);
const STOP_DELAY = 100;

/** Starts a poold work-alike with its own auctioneer. Rejects with the system's error where a port is taken. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { network = "regtest", host = "127.0.0.1", seed = 1, now = Date.now } = options;
  const { blockInterval = 30_000, restartAfter = 5_000 } = options;
  const log: CallLog = {
    finished: (line) => options.onCall?.(line),
    note: (text) => options.onNote?.(text),
  };
  const files = await prepareFiles(options.dir, network);
  const ledger = createLedger({ network, seed, clock: now });

  let stopped = false;
  let trader: Listener | undefined;
  const timers = new Set<NodeJS.Timeout>();
  const later = (ms: number, work: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      work();
    }, ms);
    timers.add(timer);
  };

  const traderHandler = createGrpcHandler({
    services: [Trader.typeName],
    interceptors: [
      answerRefusals,
      requireMacaroon({ rootKey: files.rootKey, permissions: readPermissions(PERMISSIONS), now }),
    ],
    routes: (router) => registerTrader(router, { ledger, stopDaemon: () => later(STOP_DELAY, stopTrader) }),
    log,
  });
  const auctioneerHandler = createGrpcHandler({
    services: [HashMail.typeName, ChannelAuctioneer.typeName],
    interceptors: [answerRefusals],
    routes: (router) => {
      registerHashMail(router, { ledger, log, clock: now });
      registerChannelAuctioneer(router, { ledger });
    },
    log,
  });

  const listenTrader = (port: number): Promise<Listener> =>
    listen({ host, port, cert: files.cert, key: files.key, handler: traderHandler });
  trader = await listenTrader(options.port ?? 12_010);
  const { port } = trader;
  const auctioneer = await listen({
    host,
    port: options.auctioneerPort ?? 0,
    cert: files.cert,
    key: files.key,
    handler: auctioneerHandler,
  }).catch(async (error: unknown) => {
    await trader?.close();
    throw error;
  });

  /** The real daemon is gone until someone starts it again; a learner's sandbox comes back by itself. */
  function stopTrader(): void {
    if (trader === undefined) {
      return;
    }
    const closing = trader.close();
    trader = undefined;
    log.note(`stopped by a call of StopDaemon, back in ${restartAfter / 1000} s`);
    later(restartAfter, () => void closing.then(restartTrader));
  }

  async function restartTrader(): Promise<void> {
    const again = await listenTrader(port).catch(() => undefined);
    if (again === undefined) {
      log.note(`port ${port} was taken meanwhile, trying again in ${restartAfter / 1000} s`);
      later(restartAfter, () => void restartTrader());
    } else if (stopped) {
      await again.close();
    } else {
      trader = again;
      log.note("serving again after StopDaemon");
    }
  }

  const mining = blockInterval > 0 ? setInterval(() => ledger.mineBlock(), blockInterval) : undefined;
  return {
    network,
    port,
    auctioneerPort: auctioneer.port,
    tlsCertPath: files.tlsCertPath,
    macaroonPath: files.macaroonPath,
    ledger,
    stop: async () => {
      stopped = true;
      clearInterval(mining);
      timers.forEach(clearTimeout);
      await Promise.all([trader?.close(), auctioneer.close()]);
    },
  };
}
