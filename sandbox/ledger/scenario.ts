import { AccountVersion } from "../../gen/poolrpc/trader_pb.ts";
import { initAccount } from "./accounts.ts";
import { type SeedAccount, seedTraderKey } from "./seed-keys.ts";
import type { World } from "./state.ts";

/** The height at which every world begins for those who use it. */
export const LAST_HEIGHT = 812_044;

/** Something that happened before that. */
export interface Step {
  readonly height: number;
  readonly happen: (world: World) => void;
}

/** A past to begin with: steps in the order of their heights. */
export interface Scenario {
  readonly name: string;
  /** What is there, in a sentence. */
  readonly description: string;
  readonly past: readonly Step[];
}

export function step(height: number, happen: (world: World) => void): Step {
  return { height, happen };
}

/** Opens an account of so many sat that lives for so many blocks. */
export function openAccount(value: bigint, lifetime: number, version = AccountVersion.TAPROOT_V2) {
  return (world: World): void => {
    initAccount(world, { value, version, feeRate: 253n, expiry: world.state.height + lifetime });
  };
}

/** An account of the first version, as daemons made them before Taproot. */
export function openLegacyAccount(value: bigint, lifetime: number) {
  return openAccount(value, lifetime, AccountVersion.LEGACY);
}

/** How an account is changed: its fee rate in sat/kw, all else as it is. */
export function modify(account: SeedAccount, feeRate: bigint) {
  return { traderKey: seedTraderKey(account), feeRate, expiry: 0, newVersion: AccountVersion.LND_DEPENDENT };
}
