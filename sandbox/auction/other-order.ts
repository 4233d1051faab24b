import { toHex } from "../ledger/keys.ts";
import { draw, type WorldState } from "../ledger/state.ts";

/** An open order of a simulated trader, which takes part in batches like any other. */
export interface OtherOrder {
  /** Nonce. */
  readonly id: Uint8Array;
  readonly side: "ask" | "bid";
  /** Which of the simulated traders' nodes, by its place in `RATED_NODES`. */
  readonly node: number;
  /** Parts per billion per block. */
  readonly rate: number;
  units: number;
  readonly minUnits: number;
  readonly leaseDuration: number;
}

/** A whole number from 0 below `below`, drawn in this world. */
export function drawBelow(state: WorldState, below: number, label: string): number {
  return Number(BigInt(`0x${toHex(draw(state, label)).slice(0, 12)}`) % BigInt(below));
}
