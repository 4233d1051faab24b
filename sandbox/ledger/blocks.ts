import type { World } from "./state.ts";

/** One block more. */
export function mineBlock(world: World): void {
  world.state.height += 1;
}
