import type { Clock } from "../chain/clock.ts";
import { mineBlock } from "./blocks.ts";
import { publicKey, sameBytes } from "./keys.ts";
import type { Ledger } from "./ledger.ts";
import { marketInfo, NODE_KEY, rateNode } from "./market.ts";
import { seedWorld } from "./seed-world.ts";
import type { World, WorldState } from "./state.ts";
import { currentTerms } from "./terms.ts";

/** The ledger together with its state, which the daemon's own operations change. */
export interface OwnLedger extends Ledger {
  readonly world: World;
}

/** Everything that the world depends on. */
export interface LedgerOptions {
  readonly network: string;
  readonly seed: number;
  readonly clock: Clock;
}

/** A ledger over the seeded world. The same options and the same calls give the same state. */
export function createLedger(options: LedgerOptions): OwnLedger {
  const state: WorldState = seedWorld(options);
  const world: World = { state, clock: options.clock };
  const listeners = new Set<(height: number) => void>();
  return {
    world,
    network: options.network,
    nodeKey: NODE_KEY,
    auctioneerKey: publicKey("auctioneer", 0),
    height: () => state.height,
    terms: () => currentTerms(world),
    accounts: () => state.accounts,
    findAccount: (key) => state.accounts.find((account) => sameBytes(account.traderKey, key)),
    orders: () => state.orders,
    findOrder: (nonce) => state.orders.find((order) => sameBytes(order.nonce, nonce)),
    batches: () => state.batches.map((batch) => batch.snapshot).reverse(),
    findBatch: (id) =>
      id.length === 0
        ? state.batches.at(-1)?.snapshot
        : state.batches.find((batch) => sameBytes(batch.snapshot.batchId, id))?.snapshot,
    nodeRating: rateNode,
    marketInfo: () => marketInfo(state),
    mineBlock: () => {
      mineBlock(world);
      for (const listener of listeners) {
        listener(state.height);
      }
    },
    onBlock: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
