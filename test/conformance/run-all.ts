import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DurationBucketState } from "../../gen/auctioneerrpc/auctioneer_pb.ts";
import { importWorld } from "../../sandbox/ledger/import-world.ts";
import type { MarketState } from "../../sandbox/ledger/market.ts";
import { type Sandbox, startSandbox } from "../../sandbox/start-sandbox.ts";
import { callGrpc } from "./grpc-call.ts";
import type { RecordedCase } from "./recorded-case.ts";
import { runCase, type Target } from "./run-case.ts";
import type { CaseWorld } from "./worlds.ts";

/** What came of one case. */
export interface CaseResult {
  readonly recorded: RecordedCase;
  /** How the sandbox's answer differs; empty where it does not. */
  readonly differences: readonly string[];
}

/** The markets of the recordings' stub auctioneer. */
const STUB_MARKET: MarketState = {
  durations: {
    2016: DurationBucketState.MARKET_OPEN,
    4032: DurationBucketState.MARKET_OPEN,
    6048: DurationBucketState.ACCEPTING_ORDERS,
    8064: DurationBucketState.MARKET_CLOSED,
  },
  others: { 2016: { asks: 2, bids: 1, askUnits: 20, bidUnits: 10 } },
};

/** Long enough for a daemon that was stopped to stay away. */
const AWAY = 3_600_000;

/** Makes all these calls, each in its world, against sandboxes of their own. */
export async function runAll(
  cases: readonly RecordedCase[],
  worldOf: (recorded: RecordedCase) => CaseWorld,
): Promise<CaseResult[]> {
  const main = await start();
  const stopped = await start();
  try {
    await stop(stopped.target);
    const results: CaseResult[] = [];
    for (const recorded of cases) {
      const world = worldOf(recorded);
      results.push({ recorded, differences: await run(recorded, world, main, stopped) });
    }
    return results;
  } finally {
    await Promise.all([main.end(), stopped.end()]);
  }
}

async function run(recorded: RecordedCase, world: CaseWorld, main: Running, stopped: Running) {
  if (world.gone) return runCase(recorded, world, stopped.target);
  // A call that stops its daemon gets one for itself.
  const stops = /\/?StopDaemon$/.test(recorded.method ?? "") && recorded.error === undefined;
  const running = stops ? await start() : main;
  importWorld(running.sandbox.ledger.world.state, world);
  const found = await runCase(recorded, world, running.target);
  if (stops) await running.end();
  return found;
}

interface Running {
  readonly sandbox: Sandbox;
  readonly target: Target;
  end(): Promise<void>;
}

async function start(): Promise<Running> {
  const dir = mkdtempSync(join(tmpdir(), "conformance-"));
  const sandbox = await startSandbox({
    ...{
      dir,
      port: 0,
      restPort: 0,
      ephemeral: true,
      blockInterval: 0,
      restartAfter: AWAY,
      market: STUB_MARKET,
    },
  });
  return {
    sandbox,
    target: {
      port: sandbox.port,
      restPort: sandbox.restPort,
      ca: readFileSync(sandbox.tlsCertPath),
      macaroon: readFileSync(sandbox.macaroonPath).toString("hex"),
      rootKey: readRootKey(join(dir, sandbox.network)),
    },
    end: async () => {
      await sandbox.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Stops a daemon by its own call and waits until nobody answers. */
async function stop(target: Target): Promise<void> {
  const metadata = [["macaroon", target.macaroon]] as const;
  for (;;) {
    const answer = await callGrpc({
      ...{
        ...target,
        metadata,
        path: "/poolrpc.Trader/StopDaemon",
        message: new Uint8Array(),
        patience: 5_000,
      },
    });
    if (answer.kind === "unreachable") return;
  }
}

function readRootKey(folder: string): Buffer {
  const stored = JSON.parse(readFileSync(join(folder, "macaroons.json"), "utf8")) as {
    rootKeys: Record<string, string>;
  };
  return Buffer.from(stored.rootKeys["0"] ?? "", "hex");
}
