import { BATCH_INTERVAL } from "../ledger/terms.ts";
import type { Worlds } from "../worlds/worlds.ts";

/** How often it is looked whether a batch is due, in milliseconds. */
const LOOK_MS = 1_000;

const BATCH_MS = Number(BATCH_INTERVAL) * 1000;

/** Lets time pass in all open worlds: a block every `blockInterval` ms, a batch when it is due. 0 lets nothing happen by itself. */
export function startPulse(worlds: Worlds, blockInterval: number): { stop(): void } {
  if (blockInterval === 0) return { stop: () => {} };
  /** The batch interval in which each world was seen last. */
  const seen = new WeakMap<object, number>();
  const batches = setInterval(() => {
    worlds.putAway();
    for (const world of worlds.opened()) {
      const { ledger } = world;
      const interval = Math.floor(ledger.world.clock() / BATCH_MS);
      const before = seen.get(world) ?? interval;
      seen.set(world, interval);
      if (interval > before && ledger.world.state.auctioneerFault === undefined)
        quietly(() => ledger.run("runAuction"));
    }
  }, LOOK_MS);
  const blocks = setInterval(() => {
    for (const { ledger } of worlds.opened()) quietly(() => ledger.mineBlock());
  }, blockInterval);
  return {
    stop: () => {
      clearInterval(batches);
      clearInterval(blocks);
    },
  };
}

/** A block that could not be kept, on a full disk, is not mined; whoever calls next is told why. */
function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // The next block tries again.
  }
}
