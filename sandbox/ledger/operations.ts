import { runAuction } from "../auction/run-auction.ts";
import { actOnBlock } from "../auction/simulated-traders.ts";
import {
  bumpAccountFee,
  closeAccount,
  depositAccount,
  renewAccount,
  withdrawAccount,
} from "./account-changes.ts";
import { initAccount, recoverAccounts } from "./accounts.ts";
import { mineBlock } from "./blocks.ts";
import { cancelOrder, submitOrder } from "./orders.ts";
import { type NewWorld, seedWorld } from "./seed-world.ts";
import { cancelSidecar, expectSidecarChannel, offerSidecar, registerSidecar } from "./sidecars.ts";
import type { AuctioneerFault, ChainFees, World, WorldState } from "./state.ts";

/**
 * Everything that changes a world. What an operation does follows from the state before it, its time and its arguments,
 * so that the same list of them gives the same world. One that refuses changes nothing.
 */
export const OPERATIONS = {
  begin: ({ state, clock }: World, wanted: NewWorld) => replaceState(state, seedWorld({ ...wanted, clock })),
  restore: ({ state }: World, before: WorldState) => replaceState(state, before),
  mineBlock: (world: World) => {
    mineBlock(world);
    actOnBlock(world.state);
  },
  runAuction,
  advanceClock: ({ state }: World, ms: number) => {
    state.clockAhead += ms;
  },
  setFees: ({ state }: World, fees: Partial<ChainFees>) => {
    Object.assign(state.fees, fees);
  },
  failAuctioneer: ({ state }: World, fault: AuctioneerFault | null) => {
    state.auctioneerFault = fault ?? undefined;
  },
  initAccount,
  depositAccount,
  withdrawAccount,
  renewAccount,
  bumpAccountFee,
  closeAccount,
  recoverAccounts: ({ state }: World) => recoverAccounts(state),
  submitOrder,
  cancelOrder,
  offerSidecar,
  registerSidecar,
  expectSidecarChannel,
  cancelSidecar,
} as const satisfies Record<string, (world: World, ...args: never[]) => unknown>;

export type OperationName = keyof typeof OPERATIONS;

/** The arguments of an operation, without the world. */
export type OperationArgs<Name extends OperationName> =
  Parameters<(typeof OPERATIONS)[Name]> extends [World, ...infer Args] ? Args : never;

export type OperationResult<Name extends OperationName> = ReturnType<(typeof OPERATIONS)[Name]>;

/** One operation as it was asked for: arguments are plain data, bigints, bytes and protobuf messages. */
export interface Operation {
  /** Counts the operations of a world from 1. */
  readonly number: number;
  /** Milliseconds since 1970: the world's clock stands still there while it is carried out. */
  readonly at: number;
  readonly name: OperationName;
  readonly args: readonly unknown[];
}

/** Carries an operation out. Throws `Refusal` where the world does not take it. */
export function carryOut(state: WorldState, { name, at, args }: Operation): unknown {
  const operation = OPERATIONS[name] as (world: World, ...args: readonly unknown[]) => unknown;
  return operation({ state, clock: () => at }, ...args);
}

function replaceState(state: WorldState, by: WorldState): void {
  Object.assign(state, by);
}
