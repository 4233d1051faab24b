import { firstOrders } from "../auction/simulated-traders.ts";
import type { Clock } from "../chain/clock.ts";
import { mineBlock } from "./blocks.ts";
import { FEE_FLOOR } from "./chain-fees.ts";
import { FIRST_ORDERS, MARKET, type MarketState } from "./market.ts";
import { LAST_HEIGHT, type Step } from "./scenario.ts";
import { FIRST_SCENARIO, findScenario } from "./scenarios.ts";
import { seedTokens } from "./seed-tokens.ts";
import type { World, WorldState } from "./state.ts";

const BLOCK_MS = 600_000;

/** The fee rate of the first batches, in sat/kw. */
const NEXT_BATCH_FEE_RATE = 12_500n;

/** What a new world depends on, besides the time at which it begins. */
export interface NewWorld {
  readonly network: string;
  readonly seed: number;
  /** Name of its scenario: `busy-market` where none is given. */
  readonly scenario?: string;
  /** Another market than usual, without simulated traders. */
  readonly market?: MarketState;
}

/** A world at its beginning, made by living through what its scenario says. Throws where there is no such scenario. */
export function seedWorld(options: NewWorld & { readonly clock: Clock }): WorldState {
  const { network, seed, market } = options;
  const scenario = findScenario(options.scenario ?? FIRST_SCENARIO);
  if (scenario === undefined) {
    throw new Error(`there is no scenario ${options.scenario}`);
  }
  const state: WorldState = {
    network,
    scenario: scenario.name,
    seed,
    clockAhead: 0,
    height: Math.min(LAST_HEIGHT, ...scenario.past.map(({ height }) => height)),
    draws: 0,
    accountKeys: 0,
    accounts: [],
    orders: [],
    batches: [],
    tickets: [],
    // A daemon pays for its first token when an auctioneer asks for one.
    tokens: scenario.past.length === 0 ? [] : seedTokens(options.clock),
    lostAccounts: [],
    market: market ?? MARKET,
    others: [],
    fees: { chain: FEE_FLOOR, nextBatch: NEXT_BATCH_FEE_RATE },
    auctioneerFault: undefined,
  };
  const today = Math.floor(options.clock() / BLOCK_MS) * BLOCK_MS;
  const world: World = { state, clock: () => today - (LAST_HEIGHT - state.height) * BLOCK_MS };
  const steps = byHeight(scenario.past);
  for (;;) {
    for (const { happen } of steps.get(state.height) ?? []) {
      happen(world);
    }
    if (state.height === LAST_HEIGHT) break;
    mineBlock(world);
  }
  if (market === undefined) {
    for (const [blocks, orders] of Object.entries(FIRST_ORDERS)) {
      firstOrders(state, { leaseDuration: Number(blocks), ...orders });
    }
  }
  return state;
}

function byHeight(past: readonly Step[]): Map<number, Step[]> {
  const steps = new Map<number, Step[]>();
  for (const step of past) {
    steps.set(step.height, [...(steps.get(step.height) ?? []), step]);
  }
  return steps;
}
