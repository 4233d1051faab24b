import type { LedgerOptions } from "./create-ledger.ts";
import type { WorldState } from "./state.ts";

/** The world in which every sandbox begins. */
export function seedWorld(options: LedgerOptions): WorldState {
  return {
    network: options.network,
    seed: options.seed,
    height: 812_044,
    draws: 0,
    accountKeys: 0,
    accounts: [],
    orders: [],
    batches: [],
    tickets: [],
    tokens: [],
  };
}
