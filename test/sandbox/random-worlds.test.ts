import assert from "node:assert/strict";
import { test } from "node:test";
import { OrderChannelType, OrderState } from "../../gen/auctioneerrpc/auctioneer_pb.ts";
import { AccountVersion } from "../../gen/poolrpc/trader_pb.ts";
import { writePlain } from "../../sandbox/journal/plain.ts";
import type { LedgerAccount } from "../../sandbox/ledger/account.ts";
import { walletAddress } from "../../sandbox/ledger/address.ts";
import { traderFee } from "../../sandbox/ledger/chain-fees.ts";
import { toHex } from "../../sandbox/ledger/keys.ts";
import { carryOut, type Operation, type OperationName } from "../../sandbox/ledger/operations.ts";
import type { NewOrder } from "../../sandbox/ledger/orders.ts";
import { Refusal } from "../../sandbox/ledger/refusal.ts";
import { seedWorld } from "../../sandbox/ledger/seed-world.ts";
import type { WorldState } from "../../sandbox/ledger/state.ts";
import { randomBelow } from "../support/random.ts";

const SEQUENCES = 10_000;
const CALLS = 12;
/** In one of so many sequences whole worlds are compared, which takes longer than the calls. */
const COMPARED = 40;
const SEED = 20_260_102;
const NOW = Date.UTC(2026, 0, 2);

/** The call with the given random numbers, in the world as it is: sensible more often than not. */
type Call = (state: WorldState, random: Random) => readonly [OperationName, ...unknown[]];

const CALL_KINDS: readonly Call[] = [
  () => ["mineBlock"],
  () => ["mineBlock"],
  () => ["runAuction"],
  (_, random) => ["setFees", { nextBatch: [253n, 1_000n, 12_500n][random(3)] }],
  (_, random) => ["advanceClock", 1_000 * (1 + random(3_600))],
  ({ height }, random) => [
    "initAccount",
    {
      value: BigInt(50_000 + random(3_000_000)),
      version: random(4) as AccountVersion,
      feeRate: BigInt(200 + random(2_000)),
      expiry: height + 100 + random(5_000),
    },
  ],
  (state, random) => ["depositAccount", { ...change(state, random), amount: BigInt(random(3_000_000)) }],
  (state, random) => [
    "withdrawAccount",
    {
      ...change(state, random),
      outputs: Array.from({ length: 1 + random(2) }, (_, n) => ({
        value: BigInt(100 + random(4_000_000)),
        address: walletAddress("regtest", n),
      })),
    },
  ],
  (state, random) => [
    "renewAccount",
    { ...change(state, random), expiry: state.height + 100 + random(40_000) },
  ],
  (state, random) => ["bumpAccountFee", keyOf(state, random)],
  (state, random) => [
    "closeAccount",
    keyOf(state, random),
    { kind: "fee", address: walletAddress("regtest", 3), feeRate: BigInt(253 + random(500)) },
  ],
  (state, random) => ["submitOrder", order(state, random, "ask")],
  (state, random) => ["submitOrder", order(state, random, "ask")],
  (state, random) => ["submitOrder", order(state, random, "bid")],
  (state, random) => ["submitOrder", order(state, random, "bid")],
  (state, random) => [
    "cancelOrder",
    state.orders[random(Math.max(1, state.orders.length))]?.nonce ?? new Uint8Array(32),
  ],
];

test(`${SEQUENCES} random sequences of calls: funds conserved, no double match, uniform prices, the same again`, () => {
  const beginning = seedWorld({ network: "regtest", seed: 1, scenario: "funded", clock: () => NOW });
  const random = randomBelow(SEED);
  let refused = 0;
  let matched = 0;
  for (let sequence = 0; sequence < SEQUENCES; sequence++) {
    const compares = sequence % COMPARED === 0;
    const state = structuredClone(beginning);
    const done: Operation[] = [];
    for (let number = 1; number <= CALLS; number++) {
      const kind = CALL_KINDS[random(CALL_KINDS.length)] as Call;
      const [name, ...args] = kind(state, random);
      const operation = { number, at: NOW + 600_000 * number, name, args };
      done.push(operation);
      const where = `sequence ${sequence}, call ${number}, ${name}`;
      const before = figures(state);
      const whole = compares ? writePlain(state) : "";
      try {
        carryOut(state, operation);
        assertConserved(before, state, operation, where);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        refused += 1;
        if (compares) assert.equal(writePlain(state), whole, `${where}: what is refused changes nothing`);
      }
      assertSound(state, where);
    }
    matched += state.batches.flatMap(({ leases }) => leases).length;
    if (!compares) continue;
    const again = structuredClone(beginning);
    for (const operation of done) {
      try {
        carryOut(again, operation);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
      }
    }
    assert.equal(
      writePlain(again),
      writePlain(state),
      `sequence ${sequence}: the same calls give the same world`,
    );
  }
  assert.ok(matched > SEQUENCES / 20, `the daemon's orders were matched ${matched} times`);
  assert.ok(refused > SEQUENCES && refused < (SEQUENCES * CALLS) / 2, `${refused} calls were refused`);
});

interface Figures {
  readonly values: ReadonlyMap<string, bigint>;
  readonly batches: number;
}

function figures(state: WorldState): Figures {
  return {
    values: new Map(state.accounts.map(({ traderKey, value }) => [toHex(traderKey), value])),
    batches: state.batches.length,
  };
}

/** Every satoshi that an account has gained or lost is accounted for by what was asked for and by the fee that is listed. */
function assertConserved(before: Figures, state: WorldState, { name, args }: Operation, where: string): void {
  for (const account of state.accounts) {
    const value = before.values.get(toHex(account.traderKey));
    const [listed] = account.changes;
    const fee = listed?.fee ?? 0n;
    const isAsked = value === undefined || toHex(account.traderKey) === toHex(askedKey(args));
    const gained = account.value - (value ?? 0n);
    const expected =
      !isAsked && name !== "runAuction" ? 0n : gainOf(name, args, account, value ?? 0n, fee, state, before);
    assert.equal(gained, expected, `${where}: the account's value`);
  }
}

function gainOf(
  name: OperationName,
  args: readonly unknown[],
  account: LedgerAccount,
  value: bigint,
  fee: bigint,
  state: WorldState,
  before: Figures,
): bigint {
  const [asked] = args as [{ value: bigint; amount: bigint; outputs: { value: bigint }[] }];
  switch (name) {
    case "initAccount":
      return asked.value;
    case "depositAccount":
      return asked.amount;
    case "withdrawAccount":
      return -asked.outputs.reduce((sum, output) => sum + output.value, 0n) - fee;
    case "renewAccount":
      return -fee;
    case "closeAccount":
      assert.equal(
        (account.changes[0]?.outputAmount ?? 0n) + fee,
        value,
        "what was paid out and the fee are all of it",
      );
      return -value;
    case "runAuction":
      return state.batches.length === before.batches ? 0n : batchGain(account, state);
    default:
      return 0n;
  }
}

/** What the newest batch brought an account: for each of its leases amount, premium and fee, and its part of the chain fee. */
function batchGain(account: LedgerAccount, state: WorldState): bigint {
  const batch = state.batches.at(-1);
  const own = (batch?.leases ?? []).filter(({ traderKey }) => toHex(traderKey) === toHex(account.traderKey));
  if (own.length === 0) return 0n;
  const gain = own.reduce((sum, { lease }) => {
    const { channelAmtSat: amt, premiumSat: premium, executionFeeSat: fee, purchased } = lease;
    return sum + (purchased ? -premium - fee - lease.selfChanBalance : premium - amt - fee);
  }, 0n);
  return gain - traderFee(BigInt(own.length), batch?.snapshot.batchTxFeeRateSatPerKw ?? 0n, account.version);
}

function assertSound(state: WorldState, where: string): void {
  for (const { value } of state.accounts) assert.ok(value >= 0n, `${where}: no account is below zero`);
  for (const { units } of state.others) assert.ok(units > 0, `${where}: a filled order is gone`);
  for (const order of state.orders) {
    const filled = state.batches
      .flatMap(({ leases }) => leases)
      .filter(({ lease }) => toHex(lease.orderNonce) === toHex(order.nonce))
      .reduce((sum, { lease }) => sum + Number(lease.channelAmtSat / 100_000n), 0);
    assert.equal(order.unitsUnfulfilled, order.units - filled, `${where}: no unit is matched twice`);
    if (order.unitsUnfulfilled === 0 && order.units > 0)
      assert.equal(order.state, OrderState.ORDER_EXECUTED, where);
  }
  for (const { snapshot } of state.batches) {
    for (const market of Object.values(snapshot.matchedMarkets)) {
      for (const { matchingRate, ask, bid } of market.matchedOrders) {
        assert.equal(matchingRate, market.clearingPriceRate, `${where}: one price for all`);
        assert.ok((ask?.rateFixed ?? 0) <= matchingRate, `${where}: no ask gets less than it wants`);
        assert.ok((bid?.rateFixed ?? 0) >= matchingRate, `${where}: no bid pays more than it offers`);
      }
    }
  }
}

function askedKey([first]: readonly unknown[]): Uint8Array {
  if (first instanceof Uint8Array) return first;
  return (first as { traderKey?: Uint8Array } | undefined)?.traderKey ?? new Uint8Array();
}

function keyOf({ accounts }: WorldState, random: Random): Uint8Array {
  return accounts[random(accounts.length)]?.traderKey ?? new Uint8Array(33);
}

function change(state: WorldState, random: Random) {
  return {
    traderKey: keyOf(state, random),
    feeRate: BigInt(253 + random(1_000)),
    expiry: 0,
    newVersion: AccountVersion.LND_DEPENDENT,
  };
}

function order(state: WorldState, random: Random, side: "ask" | "bid"): NewOrder {
  const units = 1 + random(30);
  const open = state.accounts.filter(({ value }) => value > 500_000n);
  return {
    traderKey: open[random(Math.max(1, open.length))]?.traderKey ?? keyOf(state, random),
    side:
      side === "ask"
        ? { kind: "ask", announcement: random(3), confirmation: random(3) }
        : {
            kind: "bid",
            minNodeTier: random(3),
            selfChanBalance: 0n,
            sidecarTicket: "",
            unannounced: random(2) === 0,
            zeroConf: false,
          },
    version: 5,
    rateFixed: 1_000 + random(9_000),
    amt: BigInt(units) * 100_000n,
    maxBatchFeeRate: [253n, 5_000n, 20_000n][random(3)] ?? 253n,
    leaseDuration: [2016, 4032, 6048][random(3)] ?? 2016,
    minUnitsMatch: 1 + random(units),
    channelType: random(2) === 0 ? OrderChannelType.PEER_DEPENDENT : OrderChannelType.SCRIPT_ENFORCED,
    allowedNodes: [],
    notAllowedNodes: [],
    auctionType: 0,
    isPublic: false,
    nonce: new Uint8Array(),
  };
}

type Random = (below: number) => number;
