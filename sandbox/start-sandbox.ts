import { join } from "node:path";
import { ChannelAuctioneer } from "../gen/auctioneerrpc/auctioneer_pb.ts";
import { HashMail } from "../gen/auctioneerrpc/hashmail_pb.ts";
import type { CallLine, CallLog } from "./call-log.ts";
import type { Clock } from "./chain/clock.ts";
import type { OutsideChain } from "./chain/outside-chain.ts";
import { startPulse } from "./chain/pulse.ts";
import type { OwnLedger } from "./ledger/create-ledger.ts";
import type { MarketState } from "./ledger/market.ts";
import { serveWorlds } from "./serve-world.ts";
import { prepareFiles } from "./server/files.ts";
import { createGrpcHandler } from "./server/grpc-handler.ts";
import { type Listener, listen, listenOnFreePort } from "./server/listener.ts";
import { registerChannelAuctioneer } from "./services/channel-auctioneer.ts";
import { registerHashMail } from "./services/hash-mail.ts";
import { answerRefusals } from "./services/refusals.ts";
import { Worlds } from "./worlds/worlds.ts";

/** How to run a sandbox. Ports of 0 take any free one. */
export interface SandboxOptions {
  /** Its data: `<dir>/<network>/{tls.cert,tls.key,pool.macaroon}`. Made if missing. */
  readonly dir: string;
  readonly network?: string;
  readonly host?: string;
  readonly port?: number;
  /** For REST; where it is taken the next that is free. */
  readonly restPort?: number;
  readonly auctioneerPort?: number;
  /** Keeps nothing over the end of the process but certificate and macaroon. */
  readonly ephemeral?: boolean;
  /** How a world begins that is not kept yet. */
  readonly scenario?: string;
  /** Seeds every random-looking value that a call makes. */
  readonly seed?: number;
  /** Milliseconds since 1970. */
  readonly now?: Clock;
  /** The auctioneer's markets at the start. */
  readonly market?: MarketState;
  /** Milliseconds between blocks; 0 mines none. */
  readonly blockInterval?: number;
  /** How long StopDaemon keeps the daemon away, in ms. */
  readonly restartAfter?: number;
  /** Where the coins of traders are that come to the auctioneer's port with a daemon of their own. */
  readonly chain?: OutsideChain;
  readonly onCall?: (line: CallLine) => void;
  readonly onNote?: (text: string) => void;
}

/** A running sandbox. */
export interface Sandbox {
  readonly network: string;
  readonly port: number;
  readonly restPort: number;
  readonly auctioneerPort: number;
  readonly tlsCertPath: string;
  readonly macaroonPath: string;
  readonly worlds: Worlds;
  /** That of the first world. */
  readonly ledger: OwnLedger;
  /** Ends all calls and frees all ports. */
  stop(): Promise<void>;
}

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
  const { scenario, market } = options;
  const worlds = new Worlds({
    folder: options.ephemeral === true ? null : join(options.dir, network, "worlds"),
    keys: files.rootKeys,
    first: { network, seed, clock: now, ...(scenario && { scenario }), ...(market && { market }) },
  });
  const { ledger } = worlds.first;

  let stopped = false;
  /** Its gRPC port and its REST port: they come and go together. */
  let trader: readonly [Listener, Listener] | undefined;
  const timers = new Set<NodeJS.Timeout>();
  const later = (ms: number, work: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      work();
    }, ms);
    timers.add(timer);
  };

  const daemon = serveWorlds({ worlds, now, log, stopDaemon: () => later(STOP_DELAY, stopTrader) });
  const auctioneerHandler = createGrpcHandler({
    services: [HashMail.typeName, ChannelAuctioneer.typeName],
    interceptors: [answerRefusals],
    routes: (router) => {
      registerHashMail(router, { ledger, log, clock: now });
      registerChannelAuctioneer(router, { ledger, chain: options.chain });
    },
    log,
  });

  const at = { host, cert: files.cert, key: files.key };
  const listenTrader = async (port: number, restPort: number): Promise<readonly [Listener, Listener]> => {
    const grpc = await listen({ ...at, port, handler: daemon.grpc });
    try {
      return [grpc, await listenOnFreePort({ ...at, port: restPort, handler: daemon.rest, http1: true })];
    } catch (error) {
      await grpc.close();
      throw error;
    }
  };
  trader = await listenTrader(options.port ?? 12_010, options.restPort ?? 0);
  const [{ port }, { port: restPort }] = trader;
  const auctioneer = await listen({
    ...at,
    port: options.auctioneerPort ?? 0,
    handler: auctioneerHandler,
  }).catch(async (error: unknown) => {
    await closeAll(trader);
    throw error;
  });

  /** The real daemon is gone until someone starts it again; a learner's sandbox comes back by itself. */
  function stopTrader(): void {
    if (trader === undefined) {
      return;
    }
    const closing = closeAll(trader);
    trader = undefined;
    log.note(`stopped by a call of StopDaemon, back in ${restartAfter / 1000} s`);
    later(restartAfter, () => void closing.then(restartTrader));
  }

  async function restartTrader(): Promise<void> {
    const again = await listenTrader(port, restPort).catch(() => undefined);
    if (again === undefined) {
      log.note(`port ${port} was taken meanwhile, trying again in ${restartAfter / 1000} s`);
      later(restartAfter, () => void restartTrader());
    } else if (stopped) {
      await closeAll(again);
    } else {
      trader = again;
      log.note("serving again after StopDaemon");
    }
  }

  const pulse = startPulse(worlds, blockInterval);
  return {
    network,
    port,
    restPort,
    auctioneerPort: auctioneer.port,
    tlsCertPath: files.tlsCertPath,
    macaroonPath: files.macaroonPath,
    worlds,
    ledger,
    stop: async () => {
      stopped = true;
      pulse.stop();
      timers.forEach(clearTimeout);
      await Promise.all([closeAll(trader), auctioneer.close()]);
      worlds.close();
    },
  };
}

async function closeAll(listeners: readonly Listener[] | undefined): Promise<void> {
  await Promise.all((listeners ?? []).map((listener) => listener.close()));
}
