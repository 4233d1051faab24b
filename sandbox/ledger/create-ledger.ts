import type { Clock } from "../chain/clock.ts";
import { publicKey, sameBytes } from "./keys.ts";
import type { Ledger } from "./ledger.ts";
import { marketInfo, NODE_KEY, rateNode } from "./market.ts";
import {
  carryOut,
  type Operation,
  type OperationArgs,
  type OperationName,
  type OperationResult,
} from "./operations.ts";
import { Refusal } from "./refusal.ts";
import type { NewWorld } from "./seed-world.ts";
import type { World, WorldState } from "./state.ts";
import { currentTerms } from "./terms.ts";

/** The ledger together with its state, for the daemon's own services. */
export interface OwnLedger extends Ledger {
  /** To be read. What changes it goes through `run`. */
  readonly world: World;
  /** Carries out one operation, kept in the journal first. Throws `Refusal` where the world does not take it. */
  run<Name extends OperationName>(name: Name, ...args: OperationArgs<Name>): OperationResult<Name>;
  /** How many operations there have been, refused ones included. */
  operations(): number;
  /** Called after each operation that was carried out. Returns the way to stop that. */
  onOperation(listener: (name: OperationName) => void): () => void;
  /** Lets go of the journal. */
  close(): void;
}

/** Everything that a new world depends on. */
export interface LedgerOptions extends NewWorld {
  readonly clock: Clock;
  /** Where its operations are kept; without one it is gone with the process. */
  readonly journal?: LedgerJournal;
}

/** A journal as the ledger sees it. */
export interface LedgerJournal {
  /** After so many operations the state is written in their place: a start repeats fewer than this. */
  readonly snapshotEvery: number;
  open(): {
    readonly snapshot: { readonly number: number; readonly state: WorldState } | null;
    readonly operations: readonly Operation[];
  };
  append(operation: Operation): void;
  compact(snapshot: { readonly number: number; readonly state: WorldState }): void;
  close(): void;
}

/**
 * A ledger over the world that the journal holds, or a new one. The same options and the same operations at the same
 * times give the same state.
 */
export function createLedger(options: LedgerOptions): OwnLedger {
  const { journal, network, seed, scenario, market } = options;
  const state = {} as WorldState;
  const clock = () => options.clock() + (state.clockAhead ?? 0);
  const world: World = { state, clock };
  const watchers = new Set<(name: OperationName) => void>();

  const kept = journal?.open() ?? { snapshot: null, operations: [] };
  let number = kept.snapshot?.number ?? 0;
  Object.assign(state, kept.snapshot?.state);
  for (const operation of kept.operations) {
    replay(state, operation);
    number = operation.number;
  }
  const run: OwnLedger["run"] = (name, ...args) => {
    const operation = { number: number + 1, at: clock(), name, args };
    journal?.append(operation);
    number += 1;
    const result = carryOut(state, operation);
    for (const listener of watchers) {
      listener(name);
    }
    if (journal !== undefined && number % journal.snapshotEvery === 0) {
      journal.compact({ number, state });
    }
    return result as OperationResult<typeof name>;
  };
  const onOperation: OwnLedger["onOperation"] = (listener) => {
    watchers.add(listener);
    return () => watchers.delete(listener);
  };
  if (number === 0) {
    run("begin", { network, seed, ...(scenario && { scenario }), ...(market && { market }) });
  } else if (state.network !== network) {
    throw new Error(`the journal is of a world on ${state.network}, not on ${network}`);
  }
  return {
    world,
    run,
    operations: () => number,
    onOperation,
    close: () => journal?.close(),
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
    mineBlock: () => run("mineBlock"),
    onBlock: (listener) => onOperation((name) => name === "mineBlock" && listener(state.height)),
  };
}

/** What was refused then is refused now. */
function replay(state: WorldState, operation: Operation): void {
  try {
    carryOut(state, operation);
  } catch (error) {
    if (error instanceof Refusal) return;
    throw new Error(`operation ${operation.number} (${operation.name}) of the journal cannot be repeated`, {
      cause: error,
    });
  }
}
