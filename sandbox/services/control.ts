import { create } from "@bufbuild/protobuf";
import type { ConnectRouter } from "@connectrpc/connect";
import {
  AuctioneerMode,
  Control,
  WorldChange,
  type World as WorldMessage,
  WorldSchema,
} from "../../gen/sandbox/v1/control_pb.ts";
import { readPlain, writePlain } from "../journal/plain.ts";
import { FEE_FLOOR } from "../ledger/chain-fees.ts";
import type { OwnLedger } from "../ledger/create-ledger.ts";
import { isActiveOrder } from "../ledger/market.ts";
import type { OperationName } from "../ledger/operations.ts";
import { refuse } from "../ledger/refusal.ts";
import { findScenario, SCENARIOS } from "../ledger/scenarios.ts";
import type { WorldState } from "../ledger/state.ts";
import { BATCH_INTERVAL } from "../ledger/terms.ts";
import { bakeMacaroon } from "../macaroon/bake.ts";
import type { OpenWorld, Worlds } from "../worlds/worlds.ts";

/** What the controls work on: the world that was asked for, and all of them. */
export interface ControlDeps {
  readonly world: OpenWorld;
  readonly worlds: Worlds;
}

const MOST_BLOCKS = 10_000;
const YEAR_SECONDS = 31_536_000n;

/** What makes exported bytes those of a world of this sandbox, and of which version. */
const EXPORT_FORMAT = "pool-playground world 1";

/** Serves `sandbox.v1.Control` for one world. */
export function registerControl(router: ConnectRouter, { world, worlds }: ControlDeps): void {
  const { ledger } = world;
  const shown = () => show(world);
  router.service(Control, {
    getWorld: shown,
    async *watchWorld(_, { signal }) {
      yield { change: WorldChange.UNSPECIFIED, world: shown() };
      for await (const change of changesOf(ledger, signal)) yield { change, world: shown() };
    },
    mineBlocks: ({ numBlocks }) => {
      if (numBlocks > MOST_BLOCKS) {
        refuse(`num_blocks is ${numBlocks}: at most ${MOST_BLOCKS} blocks are mined in one call`);
      }
      for (let block = 0; block < Math.max(1, numBlocks); block++) ledger.mineBlock();
      return { blockHeight: ledger.height() };
    },
    clearBatch: () => {
      if (ledger.world.state.auctioneerFault !== undefined) {
        refuse("the auctioneer is away: bring it back with SetAuctioneer");
      }
      const { batchId, matches, ownMatches } = ledger.run("runAuction");
      return batchId === null
        ? { reason: "no ask meets a bid" }
        : { batchId, numMatches: matches, numOwnMatches: ownMatches };
    },
    advanceClock: ({ seconds }) => {
      if (seconds < 1n || seconds > YEAR_SECONDS) {
        refuse(`seconds is ${seconds}: the clock goes forward by 1 to ${YEAR_SECONDS} seconds`);
      }
      ledger.run("advanceClock", Number(seconds) * 1000);
      return shown();
    },
    setFeeRates: ({ chainFeeRateSatPerKw: chain, nextBatchFeeRateSatPerKw: nextBatch }) => {
      for (const rate of [chain, nextBatch]) {
        if (rate > 0n && rate < FEE_FLOOR) {
          refuse(`a fee rate of ${rate} sat/kw is below the ${FEE_FLOOR} sat/kw that nodes relay`);
        }
      }
      ledger.run("setFees", { ...(chain > 0n && { chain }), ...(nextBatch > 0n && { nextBatch }) });
      return shown();
    },
    setAuctioneer: ({ mode }) => {
      ledger.run("failAuctioneer", faultOf(mode));
      return shown();
    },
    listScenarios: () => ({
      scenarios: SCENARIOS.map(({ name, description }) => ({ name, description })),
    }),
    loadScenario: ({ name, seed }) => {
      const { scenario, seed: before, network } = ledger.world.state;
      ledger.run("begin", {
        network,
        scenario: knownScenario(name === "" ? scenario : name),
        seed: seed === 0n ? before : seedOf(seed),
      });
      return shown();
    },
    exportWorld: () => ({
      world: Buffer.from(writePlain({ format: EXPORT_FORMAT, state: ledger.world.state })),
    }),
    importWorld: ({ world: bytes }) => {
      const state = readExport(bytes);
      if (state.network !== ledger.network) {
        refuse(`the world is one of ${state.network}, and this sandbox is on ${ledger.network}`);
      }
      ledger.run("restore", state);
      return shown();
    },
    createWorld: ({ scenario, seed }) => {
      const wanted = scenario === "" ? {} : { scenario: knownScenario(scenario) };
      const made = worlds.create({ ...wanted, seed: seed === 0n ? 1 : seedOf(seed) });
      return { world: show(made), macaroon: bakeMacaroon(made.rootKey, undefined, [], made.id) };
    },
  });
}

function show({ id, ledger }: OpenWorld): WorldMessage {
  const { state, clock } = ledger.world;
  const seconds = BigInt(Math.floor(clock() / 1000));
  return create(WorldSchema, {
    id,
    scenario: state.scenario,
    seed: BigInt(state.seed),
    operations: BigInt(ledger.operations()),
    blockHeight: state.height,
    time: seconds,
    nextBatchSeconds: BATCH_INTERVAL - (seconds % BATCH_INTERVAL),
    nextBatchFeeRateSatPerKw: state.fees.nextBatch,
    auctioneer: modeOf(state),
    numAccounts: state.accounts.length,
    numOpenOrders: state.orders.filter((order) => isActiveOrder(order.state)).length,
    numBatches: state.batches.length,
    numOtherOrders: state.others.length,
  });
}

function modeOf({ auctioneerFault: fault }: WorldState): AuctioneerMode {
  if (fault?.kind === "down") return AuctioneerMode.DOWN;
  return fault?.kind === "frozen" ? AuctioneerMode.FROZEN : AuctioneerMode.UP;
}

function faultOf(mode: AuctioneerMode) {
  switch (mode) {
    case AuctioneerMode.DOWN:
      return { kind: "down", address: "127.0.0.1:12009" } as const;
    case AuctioneerMode.FROZEN:
      return { kind: "frozen" } as const;
    case AuctioneerMode.UNSPECIFIED:
    case AuctioneerMode.UP:
      return null;
    default:
      return refuse(`${mode} is not a mode of the auctioneer`);
  }
}

function knownScenario(name: string): string {
  if (findScenario(name) === undefined) {
    refuse(`there is no scenario "${name}": there are ${SCENARIOS.map((each) => each.name).join(", ")}`);
  }
  return name;
}

function seedOf(seed: bigint): number {
  if (seed > BigInt(Number.MAX_SAFE_INTEGER)) refuse(`the seed ${seed} is larger than 2^53 - 1`);
  return Number(seed);
}

function readExport(bytes: Uint8Array): WorldState {
  try {
    const { format, state } = readPlain(Buffer.from(bytes).toString()) as {
      format: string;
      state: WorldState;
    };
    if (format === EXPORT_FORMAT) return state;
  } catch {
    // Said below, whatever was wrong with it.
  }
  return refuse("the bytes are not a world that ExportWorld of this version gave");
}

const CHANGES: Partial<Record<OperationName, WorldChange>> = {
  mineBlock: WorldChange.BLOCK,
  runAuction: WorldChange.BATCH,
  advanceClock: WorldChange.CONTROL,
  setFees: WorldChange.CONTROL,
  failAuctioneer: WorldChange.CONTROL,
  begin: WorldChange.CONTROL,
  restore: WorldChange.CONTROL,
};

/** What changes the world, until the signal. Changes that come faster than they are taken are told as one each. */
async function* changesOf(ledger: OwnLedger, signal: AbortSignal): AsyncGenerator<WorldChange> {
  const waiting = new Set<WorldChange>();
  let wake = () => {};
  const stop = ledger.onOperation((name) => {
    const change = CHANGES[name];
    if (change !== undefined) waiting.add(change);
    wake();
  });
  signal.addEventListener("abort", () => wake(), { once: true });
  try {
    while (!signal.aborted) {
      for (const change of waiting) {
        waiting.delete(change);
        yield change;
      }
      if (waiting.size > 0 || signal.aborted) continue;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    stop();
  }
}
