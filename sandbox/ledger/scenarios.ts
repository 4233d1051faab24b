import { clearBatch } from "./batches.ts";
import { submitOrder } from "./orders.ts";
import { LAST_HEIGHT, openAccount, type Scenario, step } from "./scenario.ts";
import { BUSY_MARKET } from "./scenario-busy-market.ts";
import { match, other, ours } from "./seed-batches.ts";
import type { SeedOrder } from "./seed-keys.ts";
import { seedNonce, seedOffer, seedRegistered } from "./seed-keys.ts";
import { ORDERS } from "./seed-orders.ts";
import { addTicket } from "./sidecar-tickets.ts";

/** The scenario of a sandbox that was asked for none. */
export const FIRST_SCENARIO = "busy-market";

const LEASE = 2016;

const ACCOUNTS = [
  step(LAST_HEIGHT - 2_100, openAccount(12_000_000n, 20_000)),
  step(LAST_HEIGHT - 2_100, openAccount(6_000_000n, 8_000)),
];

/** Every state of affairs that a world can begin with, in the order in which one would try them. */
export const SCENARIOS: readonly Scenario[] = [
  { name: "fresh", description: "A daemon that was never used: no account, no order.", past: [] },
  {
    name: "funded",
    description: "Two open accounts of 12,000,000 and 6,000,000 sat, and nothing ordered yet.",
    past: ACCOUNTS,
  },
  {
    name: FIRST_SCENARIO,
    description: "Six weeks of trading: accounts and orders in every state, seven batches, leases, tickets.",
    past: BUSY_MARKET,
  },
  {
    name: "expiring",
    description: "An account that expires in three blocks, and a lease that matures in four.",
    past: [
      step(LAST_HEIGHT - 2_100, openAccount(12_000_000n, 2_103)),
      step(LAST_HEIGHT - 2_100, openAccount(6_000_000n, 8_000)),
      submit(LAST_HEIGHT - 2_050, "soldAsk"),
      step(
        LAST_HEIGHT - LEASE + 3,
        (world) => void clearBatch(world, [match(LEASE, 20, ours("soldAsk"), other(1, 5_400))], 253n),
      ),
    ],
  },
  {
    name: "after-batch",
    description:
      "A batch that was cleared a moment ago, in which an ask and a bid were filled: it waits for its block.",
    past: [
      ...ACCOUNTS,
      submit(LAST_HEIGHT - 20, "soldAsk"),
      submit(LAST_HEIGHT - 10, "boughtBid"),
      step(
        LAST_HEIGHT,
        (world) =>
          void clearBatch(
            world,
            [
              match(LEASE, 20, ours("soldAsk"), other(1, 5_400)),
              match(LEASE, 10, other(2, 4_400), ours("boughtBid")),
            ],
            253n,
          ),
      ),
    ],
  },
  {
    name: "sidecar",
    description: "Two open accounts, a sidecar ticket that was offered and one that was registered.",
    past: [
      ...ACCOUNTS,
      step(LAST_HEIGHT, ({ state }) => {
        addTicket(state, seedOffer("offered"));
        addTicket(state, seedRegistered("registered"));
      }),
    ],
  },
  {
    name: "lost",
    description:
      "A daemon that has lost its database: the auctioneer still knows its two accounts, one of them expired.",
    past: [
      step(LAST_HEIGHT - 2_100, openAccount(12_000_000n, 20_000)),
      step(LAST_HEIGHT - 2_100, openAccount(1_500_000n, 1_000)),
      step(LAST_HEIGHT, ({ state }) => state.lostAccounts.push(...state.accounts.splice(0))),
    ],
  },
];

/** The scenario of a name, or undefined. */
export function findScenario(name: string): Scenario | undefined {
  return SCENARIOS.find((scenario) => scenario.name === name);
}

/** One of the seeded orders, at another time. */
function submit(height: number, name: SeedOrder) {
  const plan = ORDERS.find(({ order }) => Buffer.compare(order.nonce, seedNonce(name)) === 0);
  if (plan === undefined) throw new Error(`there is no seeded order ${name}`);
  return step(height, (world) => void submitOrder(world, plan.order));
}
