import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { AuctionType, OrderChannelType, OrderState } from "../../gen/auctioneerrpc/auctioneer_pb.ts";
import { AccountState, AccountVersion } from "../../gen/poolrpc/trader_pb.ts";
import { lumpSumPremium } from "../../lib/auction/premium.ts";
import {
  closeAccount,
  depositAccount,
  renewAccount,
  withdrawAccount,
} from "../../sandbox/ledger/account-changes.ts";
import { availableBalance, initAccount } from "../../sandbox/ledger/accounts.ts";
import { scriptOf, walletAddress } from "../../sandbox/ledger/address.ts";
import { clearBatch } from "../../sandbox/ledger/batches.ts";
import { closeFee, createFee, depositFee, modifyFee, traderFee } from "../../sandbox/ledger/chain-fees.ts";
import { createLedger, type OwnLedger } from "../../sandbox/ledger/create-ledger.ts";
import { fromHex, publicKey } from "../../sandbox/ledger/keys.ts";
import type { NewOrder } from "../../sandbox/ledger/orders.ts";
import { submitOrder } from "../../sandbox/ledger/orders.ts";
import { executionFee, quoteOrder, reservedValue } from "../../sandbox/ledger/premium.ts";
import { SEED, seedNonce, seedTraderKey } from "../../sandbox/ledger/seed-keys.ts";
import { decodeTicket, encodeTicket } from "../../sandbox/ledger/ticket-codec.ts";

const NOW = Date.UTC(2026, 10, 23, 12);
const { LEGACY, TAPROOT_V2, LND_DEPENDENT } = AccountVersion;

function freshLedger(seed = 1): OwnLedger {
  return createLedger({ network: "regtest", seed, clock: () => NOW });
}

function account(ledger: OwnLedger, name: keyof typeof SEED.accounts) {
  return ledger.findAccount(seedTraderKey(name)) ?? assert.fail(name);
}

function modify(name: keyof typeof SEED.accounts) {
  return { traderKey: seedTraderKey(name), feeRate: 253n, expiry: 0, newVersion: LND_DEPENDENT };
}

function anAsk(change: Partial<NewOrder> = {}): NewOrder {
  return {
    nonce: new Uint8Array(),
    traderKey: seedTraderKey("updating"),
    side: { kind: "ask", announcement: 0, confirmation: 0 },
    version: 5,
    rateFixed: 4960,
    amt: 500_000n,
    maxBatchFeeRate: 12_500n,
    leaseDuration: 2016,
    minUnitsMatch: 1,
    channelType: OrderChannelType.PEER_DEPENDENT,
    allowedNodes: [],
    notAllowedNodes: [],
    auctionType: AuctionType.BTC_INBOUND_LIQUIDITY,
    isPublic: false,
    ...change,
  };
}

describe("arithmetic, as a real poold 0.6.6 answered", () => {
  test("quotes of orders", () => {
    // amt, rate, blocks, max fee rate → premium, execution fee, worst chain fee
    const rows = [
      [1_000_000n, 0, 2016, 12_500n, 0n, 1001n, 81_620n],
      [150_000n, 4960, 2016, 12_500n, 1499n, 151n, 8162n],
      [1_000_000n, 4960, 2016, 100n, 9999n, 1001n, 650n],
      [1_000_000n, 4960, 2016, 0n, 9999n, 1001n, 0n],
      [1_000_000n, 4960, 1, 12_500n, 4n, 1001n, 81_620n],
      [1_000_000n, 4960, 0, 12_500n, 0n, 1001n, 81_620n],
      [1_000_000n, 4_294_967_295, 2016, 12_500n, 8_658_654_066n, 1001n, 81_620n],
    ] as const;
    for (const [amt, rate, blocks, feeRate, premium, execution, chain] of rows) {
      const quote = quoteOrder(amt, rate, blocks, feeRate, 1);
      assert.deepEqual(
        [quote.totalPremium, quote.executionFee, quote.worstCaseChainFee],
        [premium, execution, chain],
      );
    }
  });

  test("chain fees of account transactions", () => {
    assert.equal(createFee(253n), 166n);
    assert.equal(depositFee(253n, TAPROOT_V2), 221n);
    assert.equal(depositFee(253n, LEGACY), 263n);
    assert.equal(modifyFee(253n, TAPROOT_V2, []), 112n);
    assert.equal(modifyFee(253n, TAPROOT_V2, ["p2wpkh"]), 143n);
    assert.equal(closeFee(253n, TAPROOT_V2, false, "p2wpkh"), 100n);
    assert.equal(closeFee(253n, LEGACY, false, "p2wpkh"), 141n);
    assert.equal(traderFee(1n, 253n, LEGACY), 165n);
  });

  test("what an order reserves", () => {
    const ledger = freshLedger();
    const reserve = (amt: bigint): bigint =>
      reservedValue(submitOrder(ledger.world, anAsk({ amt, minUnitsMatch: 1 })).order, TAPROOT_V2);
    assert.equal(reserve(100_000n), 105_227n);
    assert.equal(reserve(150_000n), 105_227n);
    assert.equal(reserve(300_000n), 3n * 105_227n);
  });
});

describe("coins are conserved", () => {
  test("in deposits, withdrawals, renewals and closings", () => {
    const ledger = freshLedger();
    const before = account(ledger, "main").value;
    assert.equal(
      depositAccount(ledger.world, { ...modify("main"), amount: 77_000n }).value,
      before + 77_000n,
    );
    const output = { value: 123_456n, address: walletAddress("regtest", 3) };
    const bidder = account(ledger, "bidder").value;
    assert.equal(
      withdrawAccount(ledger.world, { ...modify("bidder"), outputs: [output] }).value,
      bidder - 123_456n - 143n,
    );
    assert.equal(
      renewAccount(ledger.world, { ...modify("expired"), expiry: 820_000 }).value,
      1_500_000n - 112n,
    );
    closeAccount(ledger.world, seedTraderKey("legacy"), { kind: "outputs", outputs: [output] });
    const [close] = account(ledger, "legacy").changes;
    assert.deepEqual([close?.outputAmount, close?.fee], [123_456n, 2_500_000n - 123_456n]);
    assert.equal(account(ledger, "legacy").value, 0n);
  });

  test("in a batch: amount, premium, execution and chain fee, to the satoshi", () => {
    const ledger = freshLedger();
    const { world } = ledger;
    const main = account(ledger, "main");
    const bidder = account(ledger, "bidder");
    const before = { main: main.value, bidder: bidder.value };
    const other = (rateFixed: number) =>
      ({ kind: "other", nodeKey: publicKey("node", 1), rateFixed }) as const;
    const snapshot = clearBatch(
      world,
      [
        {
          leaseDuration: 4032,
          units: 10,
          ask: { kind: "ours", nonce: seedNonce("partialAsk") },
          bid: other(2700),
        },
        {
          leaseDuration: 4032,
          units: 12,
          ask: other(1500),
          bid: { kind: "ours", nonce: seedNonce("openBid") },
        },
      ],
      1000n,
    );
    // The market clears at its lowest bid, and both of ours settle at that price.
    assert.equal(snapshot.matchedMarkets[4032]?.clearingPriceRate, 1900);
    const chain = traderFee(1n, 1000n, TAPROOT_V2);
    const earned = lumpSumPremium(1_000_000n, 1900, 4032);
    assert.equal(main.value, before.main - 1_000_000n + earned - executionFee(1_000_000n) - chain);
    const spent = lumpSumPremium(1_200_000n, 1900, 4032);
    assert.equal(bidder.value, before.bidder - spent - executionFee(1_200_000n) - chain);
    assert.equal(main.state, AccountState.PENDING_BATCH);
    assert.equal(ledger.findOrder(seedNonce("openBid"))?.state, OrderState.ORDER_EXECUTED);
    assert.equal(ledger.findOrder(seedNonce("partialAsk"))?.state, OrderState.ORDER_EXECUTED);
    ledger.mineBlock();
    const leases = world.state.batches.at(-1)?.leases ?? [];
    assert.deepEqual(
      leases.map(({ lease }) => lease.channelLeaseExpiry),
      [816_077, 816_077],
    );
  });
});

describe("an order filled in part", () => {
  const ask = { kind: "other", nodeKey: publicKey("node", 1), rateFixed: 1 } as const;
  const rows = [
    { fill: 4, left: 8, state: OrderState.ORDER_PARTIALLY_FILLED },
    { fill: 8, left: 4, state: OrderState.ORDER_PARTIALLY_FILLED },
    { fill: 9, left: 3, state: OrderState.ORDER_EXECUTED },
  ];
  for (const { fill, left, state } of rows) {
    test(`with ${left} units left of a smallest match of 4`, () => {
      const { world, findOrder } = freshLedger();
      const nonce = seedNonce("openBid");
      clearBatch(world, [{ leaseDuration: 4032, units: fill, ask, bid: { kind: "ours", nonce } }], 1000n);
      const order = findOrder(nonce);
      assert.deepEqual([order?.minUnitsMatch, order?.unitsUnfulfilled, order?.state], [4, left, state]);
    });
  }
});

describe("blocks", () => {
  test("open a new account after three, and a withdrawal settles", () => {
    const ledger = freshLedger();
    const fresh = initAccount(ledger.world, {
      value: 200_000n,
      version: LND_DEPENDENT,
      feeRate: 253n,
      expiry: 812_300,
    });
    assert.equal(fresh.version, TAPROOT_V2);
    const states = [0, 1, 2, 3].map(() => {
      const now = fresh.state;
      ledger.mineBlock();
      return now;
    });
    assert.deepEqual(states, [
      AccountState.PENDING_OPEN,
      AccountState.PENDING_OPEN,
      AccountState.PENDING_OPEN,
      AccountState.OPEN,
    ]);
    assert.equal(fresh.changes[0]?.height, 812_045);
  });

  test("expire an account at its height", () => {
    const ledger = freshLedger();
    const fresh = initAccount(ledger.world, {
      value: 200_000n,
      version: LEGACY,
      feeRate: 253n,
      expiry: 812_188,
    });
    while (ledger.height() < 812_187) {
      ledger.mineBlock();
    }
    assert.equal(fresh.state, AccountState.OPEN);
    ledger.mineBlock();
    assert.equal(fresh.state, AccountState.EXPIRED);
  });

  test("never open the stuck account until its fee is bumped", async () => {
    const { bumpAccountFee } = await import("../../sandbox/ledger/account-changes.ts");
    const ledger = freshLedger();
    const mine = (count: number) => Array.from({ length: count }, () => ledger.mineBlock());
    mine(50);
    assert.equal(account(ledger, "stuck").state, AccountState.PENDING_OPEN);
    bumpAccountFee(ledger.world, seedTraderKey("stuck"));
    mine(3);
    assert.equal(account(ledger, "stuck").state, AccountState.OPEN);
  });

  test("tell whoever listens, until they stop", () => {
    const ledger = freshLedger();
    const heights: number[] = [];
    const stop = ledger.onBlock((height) => heights.push(height));
    ledger.mineBlock();
    stop();
    ledger.mineBlock();
    assert.deepEqual(heights, [812_045]);
  });
});

test("the same seed and calls give the same world, another seed another one", () => {
  const live = (seed: number): OwnLedger => {
    const ledger = freshLedger(seed);
    depositAccount(ledger.world, { ...modify("main"), amount: 50_000n });
    submitOrder(ledger.world, anAsk());
    initAccount(ledger.world, { value: 400_000n, version: TAPROOT_V2, feeRate: 300n, expiry: 820_000 });
    ledger.mineBlock();
    return ledger;
  };
  const first = live(1).world.state;
  assert.deepEqual(live(1).world.state, first);
  assert.notDeepEqual(live(2).world.state.orders.at(-1)?.nonce, first.orders.at(-1)?.nonce);
});

test("keys, nonces and batch ids are the same whatever the seed", () => {
  for (const ledger of [freshLedger(1), freshLedger(99)]) {
    assert.ok(
      Object.values(SEED.accounts).every((key) => ledger.findAccount(fromHex(key)) !== undefined),
      "Object.values(SEED.accounts).every((key) => ledger.findAccount(fromHex(key)) !== undefined)",
    );
    assert.ok(
      Object.values(SEED.orders).every((nonce) => ledger.findOrder(fromHex(nonce)) !== undefined),
      "Object.values(SEED.orders).every((nonce) => ledger.findOrder(fromHex(nonce)) !== undefined)",
    );
    assert.ok(
      SEED.batches.every((id) => ledger.findBatch(fromHex(id)) !== undefined),
      "SEED.batches.every((id) => ledger.findBatch(fromHex(id)) !== undefined)",
    );
  }
});

test("what would leave less than open orders reserve is refused, where the daemon's balance underflows", () => {
  const ledger = freshLedger();
  submitOrder(
    ledger.world,
    anAsk({ traderKey: seedTraderKey("legacy"), amt: 2_000_000n, minUnitsMatch: 20 }),
  );
  const withdraw = (value: bigint) =>
    withdrawAccount(ledger.world, {
      ...modify("legacy"),
      outputs: [{ value, address: walletAddress("regtest", 1) }],
    });
  assert.throws(() => withdraw(2_000_000n), /a real poold 0\.6\.6 lets that pass.*underflows/);
  const legacy = withdraw(10_000n);
  assert.ok(availableBalance(ledger.world.state, legacy) < 1n << 63n, "the balance is above zero");
});

describe("formats of the real network", () => {
  test("a ticket that a real poold made decodes and encodes to the same text", () => {
    const text =
      "sidecar1gpNHeWSHv83BDc9f8pLXWmkuzkkZV6AjJBk5dB1LHCkbttvf1Z1VsMWMYJrJu8UfZHgyDe5BNm6pdrF3UKkiETv7fbF2BLb6ar2EBxKZnCFCNUC2zJL2Hd3uoQKBX1nrcfp1jxfhLDoW2ys3gXxbK9sc6yBp2WL5jEZdKJoRUX5RcSH7o89Xw7omkCAUNYxS6K3oDFqsiAC2J9U6ZAEV8kW8Dx6Zzgsjqnm4HFkcPPoQ2ZDHPhFbqaWPhBRk5nKq19rBrisXKNM31be3cpnXwWCrbb5etngFyma79CooRTDyeswdfhFGZicrKX4YE9hCPgw52L9DzyxP66gqxVdfqRo6wgLbjMh4zFTprYyuX4";
    const ticket = decodeTicket(text);
    assert.equal(ticket.state, "registered");
    assert.deepEqual([ticket.offer.capacity, ticket.offer.pushAmount], [200_000n, 10_000n]);
    assert.equal(ticket.recipient?.keyIndex, 30);
    assert.equal(encodeTicket(ticket), text);
    const letter = text.at(-1) === "4" ? "5" : "4";
    assert.throws(() => decodeTicket(text.slice(0, -1) + letter), /checksum mismatch/);
  });

  test("addresses of every kind, and none of another network", () => {
    const rows = [
      ["bcrt1qfls2gwcww8a78rlkrsw6rtdltdsvny86cfrklp", "regtest", "p2wpkh"],
      ["bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0", "mainnet", "p2tr"],
      ["1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2", "mainnet", "p2pkh"],
      ["3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy", "mainnet", "p2sh"],
    ] as const;
    for (const [address, network, kind] of rows) {
      assert.equal(scriptOf(address, network).kind, kind);
      const elsewhere = network === "mainnet" ? "regtest" : "mainnet";
      assert.throws(
        () => scriptOf(address, elsewhere),
        /^Refusal: (invalid address .* for (mainnet|regtest) network|unknown address type)$/,
      );
    }
    assert.throws(() => scriptOf("1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN3", "mainnet"), /checksum mismatch/);
    assert.throws(() => scriptOf("0OIl", "mainnet"), /decoded address is of unknown format/);
  });
});
