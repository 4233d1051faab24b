import { OrderState } from "../../gen/auctioneerrpc/auctioneer_pb.ts";
import { closeAccount, depositAccount, renewAccount } from "./account-changes.ts";
import { findAccount } from "./account-checks.ts";
import { walletAddress } from "./address.ts";
import { clearBatch } from "./batches.ts";
import { cancelOrder, findOrder, submitOrder, updateOrder } from "./orders.ts";
import { modify, openAccount as open, openLegacyAccount, type Step, step } from "./scenario.ts";
import { BATCHES } from "./seed-batches.ts";
import { seedNonce, seedOffer, seedOrdered, seedRegistered, seedTraderKey } from "./seed-keys.ts";
import { ORDERS } from "./seed-orders.ts";
import { addTicket } from "./sidecar-tickets.ts";
import type { World } from "./state.ts";

/** Six weeks of a busy trader: an account in each state, orders of every kind, seven batches, leases, tickets. */
export const BUSY_MARKET: readonly Step[] = [
  step(806_000, open(12_000_000n, 20_000)),
  step(806_000, open(6_000_000n, 8_000)),
  step(806_010, open(1_500_000n, 1_000)),
  step(806_020, open(800_000n, 4_000)),
  step(806_030, openLegacyAccount(2_500_000n, 30_000)),
  step(806_040, open(2_000_000n, 12_000)),
  step(806_500, (world) => void depositAccount(world, { ...modify("main", 750n), amount: 1_000_000n })),
  step(807_500, (world) => void closeAccount(world, seedTraderKey("closed"), closeTo(world))),
  step(808_100, (world) => void renewAccount(world, { ...modify("bidder", 253n), expiry: 830_000 })),
  ...ORDERS.map(({ height, order }) => step(height, (world) => void submitOrder(world, order))),
  ...BATCHES.map(({ height, matches, feeRate }) =>
    step(height, (world) => void clearBatch(world, matches, feeRate)),
  ),
  step(810_800, (world) =>
    updateOrder(world, findOrder(world.state, seedNonce("failedAsk")), OrderState.ORDER_FAILED, 0),
  ),
  step(811_300, (world) => cancelOrder(world, seedNonce("canceledAsk"))),
  step(811_500, (world) =>
    updateOrder(world, findOrder(world.state, seedNonce("expiredBid")), OrderState.ORDER_EXPIRED, 0),
  ),
  step(812_042, (world) => void depositAccount(world, { ...modify("updating", 1_250n), amount: 500_000n })),
  step(812_044, open(3_000_000n, 4_032)),
  step(812_044, ({ state }) => {
    // Its fee is too low for any block: it opens only after BumpAccountFee.
    findAccount(state, seedTraderKey("stuck")).confirmsAt = undefined;
  }),
  step(812_044, ({ state }) => {
    addTicket(state, seedOffer("offered"));
    addTicket(state, { ...seedOffer("canceled"), state: "canceled" });
    addTicket(state, seedRegistered("registered"));
    addTicket(state, { ...seedOrdered("expecting"), state: "expecting channel" });
  }),
];

function closeTo({ state }: World) {
  return { kind: "fee", address: walletAddress(state.network, 1), feeRate: 253n } as const;
}
