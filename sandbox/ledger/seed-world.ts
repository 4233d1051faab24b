import { OrderState } from "../../gen/auctioneerrpc/auctioneer_pb.ts";
import { AccountVersion } from "../../gen/poolrpc/trader_pb.ts";
import type { Clock } from "../chain/clock.ts";
import { closeAccount, depositAccount, renewAccount } from "./account-changes.ts";
import { findAccount } from "./account-checks.ts";
import { initAccount } from "./accounts.ts";
import { walletAddress } from "./address.ts";
import { clearBatch } from "./batches.ts";
import { mineBlock } from "./blocks.ts";
import { MARKET } from "./market.ts";
import { cancelOrder, findOrder, submitOrder, updateOrder } from "./orders.ts";
import { BATCHES } from "./seed-batches.ts";
import {
  type SeedAccount,
  seedNonce,
  seedOffer,
  seedOrdered,
  seedRegistered,
  seedTraderKey,
} from "./seed-keys.ts";
import { ORDERS } from "./seed-orders.ts";
import { seedTokens } from "./seed-tokens.ts";
import { addTicket } from "./sidecar-tickets.ts";
import type { World, WorldState } from "./state.ts";

const FIRST_HEIGHT = 806_000;
const LAST_HEIGHT = 812_044;
const BLOCK_MS = 600_000;

/** Something that happened in the past of every sandbox. */
type Step = (world: World) => void;

/** What a new world depends on, besides the time at which it begins. */
export interface NewWorld {
  readonly network: string;
  readonly seed: number;
}

/** The world in which every sandbox begins, made by living through six weeks of it. */
export function seedWorld(options: NewWorld & { readonly clock: Clock }): WorldState {
  const state: WorldState = {
    network: options.network,
    seed: options.seed,
    height: FIRST_HEIGHT,
    draws: 0,
    accountKeys: 0,
    accounts: [],
    orders: [],
    batches: [],
    tickets: [],
    tokens: seedTokens(options.clock),
    lostAccounts: [],
    market: MARKET,
    auctioneerFault: undefined,
  };
  const today = Math.floor(options.clock() / BLOCK_MS) * BLOCK_MS;
  const world: World = { state, clock: () => today - (LAST_HEIGHT - state.height) * BLOCK_MS };
  const steps = plan();
  for (;;) {
    for (const step of steps.get(state.height) ?? []) {
      step(world);
    }
    if (state.height === LAST_HEIGHT) {
      return state;
    }
    mineBlock(world);
  }
}

function plan(): Map<number, Step[]> {
  const steps = new Map<number, Step[]>();
  const at = (height: number, step: Step): void => {
    steps.set(height, [...(steps.get(height) ?? []), step]);
  };
  at(806_000, open(12_000_000n, 20_000));
  at(806_000, open(6_000_000n, 8_000));
  at(806_010, open(1_500_000n, 1_000));
  at(806_020, open(800_000n, 4_000));
  at(806_030, open(2_500_000n, 30_000, AccountVersion.LEGACY));
  at(806_040, open(2_000_000n, 12_000));
  at(806_500, (world) => void depositAccount(world, { ...modify("main", 750n), amount: 1_000_000n }));
  at(807_500, (world) => void closeAccount(world, seedTraderKey("closed"), closeTo(world)));
  at(808_100, (world) => void renewAccount(world, { ...modify("bidder", 253n), expiry: 830_000 }));
  for (const { height, order } of ORDERS) {
    at(height, (world) => void submitOrder(world, order));
  }
  for (const { height, matches, feeRate } of BATCHES) {
    at(height, (world) => void clearBatch(world, matches, feeRate));
  }
  at(810_800, (world) =>
    updateOrder(world, findOrder(world.state, seedNonce("failedAsk")), OrderState.ORDER_FAILED, 0),
  );
  at(811_300, (world) => cancelOrder(world, seedNonce("canceledAsk")));
  at(811_500, (world) =>
    updateOrder(world, findOrder(world.state, seedNonce("expiredBid")), OrderState.ORDER_EXPIRED, 0),
  );
  at(812_042, (world) => void depositAccount(world, { ...modify("updating", 1_250n), amount: 500_000n }));
  at(812_044, open(3_000_000n, 4_032));
  at(812_044, ({ state }) => {
    // Its fee is too low for any block: it opens only after BumpAccountFee.
    findAccount(state, seedTraderKey("stuck")).confirmsAt = undefined;
  });
  at(812_044, ({ state }) => {
    addTicket(state, seedOffer("offered"));
    addTicket(state, { ...seedOffer("canceled"), state: "canceled" });
    addTicket(state, seedRegistered("registered"));
    addTicket(state, { ...seedOrdered("expecting"), state: "expecting channel" });
  });
  return steps;
}

function open(value: bigint, lifetime: number, version = AccountVersion.TAPROOT_V2): Step {
  return (world) => {
    initAccount(world, { value, version, feeRate: 253n, expiry: world.state.height + lifetime });
  };
}

function modify(account: SeedAccount, feeRate: bigint) {
  return { traderKey: seedTraderKey(account), feeRate, expiry: 0, newVersion: AccountVersion.LND_DEPENDENT };
}

function closeTo({ state }: World) {
  return { kind: "fee", address: walletAddress(state.network, 1), feeRate: 253n } as const;
}
