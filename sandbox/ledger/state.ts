import type { BatchSnapshotResponse } from "../../gen/auctioneerrpc/auctioneer_pb.ts";
import type { Lease, LsatToken } from "../../gen/poolrpc/trader_pb.ts";
import type { OtherOrder } from "../auction/other-order.ts";
import type { Clock } from "../chain/clock.ts";
import type { LedgerAccount } from "./account.ts";
import { sha256 } from "./keys.ts";
import type { MarketState } from "./market.ts";
import type { LedgerOrder } from "./order.ts";
import type { Ticket } from "./ticket.ts";

/** A batch as the sandbox keeps it: what everyone sees of it and which leases the trader has from it. */
export interface BatchRecord {
  readonly snapshot: BatchSnapshotResponse;
  /** Height at which its transaction confirmed; 0 until then. */
  height: number;
  readonly leases: readonly LeaseRecord[];
}

/** A lease with the account that it belongs to. Its expiry is 0 until the batch confirms. */
export interface LeaseRecord {
  readonly lease: Lease;
  readonly traderKey: Uint8Array;
}

/** All that changes in the sandbox's world, as plain data: two worlds are the same when these are deep-equal. */
export interface WorldState {
  readonly network: string;
  /** The scenario's name. */
  readonly scenario: string;
  readonly seed: number;
  /** How far the world's clock is ahead of the machine's, in milliseconds. */
  clockAhead: number;
  height: number;
  /** How many random values were drawn so far. */
  draws: number;
  /** How many account keys were derived so far. */
  accountKeys: number;
  readonly accounts: LedgerAccount[];
  readonly orders: LedgerOrder[];
  /** Oldest first. */
  readonly batches: BatchRecord[];
  readonly tickets: Ticket[];
  readonly tokens: LsatToken[];
  /** Accounts that the auctioneer knows and the daemon lost: RecoverAccounts brings them back. */
  readonly lostAccounts: LedgerAccount[];
  readonly market: MarketState;
  /** Open orders of the simulated traders, oldest first. */
  readonly others: OtherOrder[];
  readonly fees: ChainFees;
  /** What is wrong with the auctioneer; undefined while it answers. */
  auctioneerFault: AuctioneerFault | undefined;
}

/** The chain's fee rates, in sat/kw. */
export interface ChainFees {
  /** What is estimated for a transaction that has six blocks of time; one in a hurry pays more. */
  chain: bigint;
  nextBatch: bigint;
}

/**
 * How an auctioneer can fail its daemon: nobody listens at `address`, it takes requests and never answers, it answers
 * one method (`on`; "*" is all) with a gRPC status such as `NotFound`, or it refuses each order as invalid.
 */
export type AuctioneerFault =
  | { readonly kind: "down"; readonly address: string }
  | { readonly kind: "frozen" }
  | { readonly kind: "status"; readonly on: string; readonly status: string; readonly text: string }
  | { readonly kind: "invalid order"; readonly reason: number; readonly text: string };

/** What an operation of the ledger works on. */
export interface World {
  readonly state: WorldState;
  readonly clock: Clock;
}

/** The next 32 random-looking bytes of this world: a function of the seed and of how many were drawn before. */
export function draw(state: WorldState, label: string): Uint8Array {
  state.draws += 1;
  return sha256(`pool-playground draw ${state.seed} ${state.draws} ${label}`);
}
