import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Code } from "@connectrpc/connect";
import type { AccountVersion } from "../../gen/poolrpc/trader_pb.ts";
import { fromHex, publicKey } from "../../sandbox/ledger/keys.ts";
import { SEED } from "../../sandbox/ledger/seed-keys.ts";
import { failure, startTestSandbox, type TestSandbox } from "./trader-client.ts";

/** Each row was seen on a real poold 0.6.6, heights and keys aside. All are UNKNOWN. */
const main = fromHex(SEED.accounts.main);
const closed = fromHex(SEED.accounts.closed);
const expired = fromHex(SEED.accounts.expired);
const unknown = publicKey("nobody", 0);
const value = 1_000_000n;
const conf = { case: "confTarget", value: 6 } as const;
const relative = { case: "relativeHeight", value: 2016 } as const;
const details = {
  traderKey: main,
  rateFixed: 4960,
  amt: 1_000_000n,
  maxBatchFeeRateSatPerKw: 12_500n,
  minUnitsMatch: 1,
};
const order = { details, leaseDurationBlocks: 2016, version: 5 };
const ask = (change: object) => ({ details: { case: "ask" as const, value: { ...order, ...change } } });
const bid = (change: object) => ({ details: { case: "bid" as const, value: { ...order, ...change } } });
const output = (address: string, sats: bigint) => [{ address, valueSat: sats }];
const withFee = (feeRateSatPerKw: bigint) => ({ traderKey: main, amountSat: 1n, feeRateSatPerKw });
const VALIDATION = "order valid validation: ";
const AUCTION = "error submitting order to auctioneer: ";

type Call = (trader: ReturnType<TestSandbox["trader"]>) => Promise<unknown>;
const rows: readonly [message: string, call: Call][] = [
  ["confirmation target must be greater than 0", (t) => t.quoteAccount({ accountValue: value })],
  [
    "minimum account value allowed is 0.00100000 BTC",
    (t) => t.quoteAccount({ accountValue: 99_999n, fees: conf }),
  ],
  [
    "maximum account value allowed is 10 BTC",
    (t) => t.quoteAccount({ accountValue: 2_000_000_000n, fees: conf }),
  ],
  [
    "minimum account value allowed is 0.00100000 BTC",
    (t) => t.quoteAccount({ accountValue: 18_446_744_073_709_551_615n, fees: conf }),
  ],
  [
    "either relative or absolute height must be specified",
    (t) => t.initAccount({ accountValue: value, fees: conf }),
  ],
  [
    "either sats/kw or confirmation target must be specified",
    (t) => t.initAccount({ accountValue: value, accountExpiry: relative }),
  ],
  [
    "unable to estimate on-chain fees: minimum account value allowed is 0.00100000 BTC",
    (t) => t.initAccount({ accountValue: 0n, accountExpiry: relative, fees: conf }),
  ],
  [
    "fee rate of 252 sat/kw is too low, minimum is 253 sat/kw",
    (t) =>
      t.initAccount({
        accountValue: value,
        accountExpiry: relative,
        fees: { case: "feeRateSatPerKw", value: 252n },
      }),
  ],
  [
    "unknown account version 9",
    (t) =>
      t.initAccount({
        accountValue: value,
        accountExpiry: relative,
        fees: conf,
        version: 9 as AccountVersion,
      }),
  ],
  [
    "current minimum account expiry allowed is height 812188",
    (t) =>
      t.initAccount({ accountValue: value, accountExpiry: { case: "absoluteHeight", value: 5 }, fees: conf }),
  ],
  [
    "current maximum account expiry allowed is height 864604",
    (t) =>
      t.initAccount({
        accountValue: value,
        accountExpiry: { case: "relativeHeight", value: 60_000 },
        fees: conf,
      }),
  ],
  ["malformed public key: invalid length: 0", (t) => t.depositAccount({})],
  [
    "malformed public key: invalid length: 3",
    (t) => t.depositAccount({ ...withFee(253n), traderKey: new Uint8Array(3) }),
  ],
  ["account not found", (t) => t.depositAccount({ ...withFee(253n), traderKey: unknown })],
  ["fee rate of 100 sat/kw is too low, minimum is 253 sat/kw", (t) => t.depositAccount(withFee(100n))],
  [
    "account must be in StateOpen to be modified",
    (t) => t.depositAccount({ ...withFee(253n), traderKey: closed }),
  ],
  [
    "new account value is above accepted maximum of 10 BTC",
    (t) => t.depositAccount({ ...withFee(253n), amountSat: 5_000_000_000n }),
  ],
  [
    "cannot downgrade account version to account_p2wsh",
    (t) => t.depositAccount({ ...withFee(253n), newVersion: 1 }),
  ],
  ["missing outputs for withdrawal", (t) => t.withdrawAccount({ traderKey: main, feeRateSatPerKw: 253n })],
  [
    "invalid address bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4 for regtest network",
    (t) =>
      t.withdrawAccount({
        ...withFee(253n),
        outputs: output("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", 100_000n),
      }),
  ],
  [
    "dust output 00144fe0a43b0e71fbe38ff61c1da1adbf5b60c990fa",
    (t) =>
      t.withdrawAccount({
        ...withFee(253n),
        outputs: output("bcrt1qfls2gwcww8a78rlkrsw6rtdltdsvny86cfrklp", 100n),
      }),
  ],
  [
    "new account value is below accepted minimum of 0.00100000 BTC",
    (t) => t.withdrawAccount({ ...withFee(253n), outputs: output(SEED.address, 9_000_000n) }),
  ],
  [
    "account must be in either of [StateOpen StateExpired] to be renewed",
    (t) =>
      t.renewAccount({
        accountKey: closed,
        feeRateSatPerKw: 253n,
        accountExpiry: { case: "relativeExpiry", value: 4000 },
      }),
  ],
  ["cannot bump fee for account in state StateOpen", (t) => t.bumpAccountFee({ traderKey: main })],
  ["a funds destination must be specified", (t) => t.closeAccount({ traderKey: main })],
  [
    "no outputs provided",
    (t) => t.closeAccount({ traderKey: main, fundsDestination: { case: "outputs", value: {} } }),
  ],
  [
    "fee rate of 0 sat/kw is too low, minimum is 253 sat/kw",
    (t) => t.closeAccount({ traderKey: main, fundsDestination: { case: "outputWithFee", value: {} } }),
  ],
  [
    `acct=${SEED.accounts.bidder} has open orders, cancel them before closing: [${SEED.orders.openBid} ${SEED.orders.outboundBid}]`,
    (t) =>
      t.closeAccount({
        traderKey: fromHex(SEED.accounts.bidder),
        fundsDestination: {
          case: "outputWithFee",
          value: { fees: { case: "feeRateSatPerKw", value: 253n } },
        },
      }),
  ],
  [
    "account has already been closed",
    (t) =>
      t.closeAccount({
        traderKey: closed,
        fundsDestination: {
          case: "outputWithFee",
          value: { fees: { case: "feeRateSatPerKw", value: 253n } },
        },
      }),
  ],
  ["unable to get auctioner data", (t) => t.recoverAccounts({ fullClient: true })],
  ["min units match must be specified", (t) => t.quoteOrder({ amt: value })],
  ["invalid order request", (t) => t.submitOrder({})],
  [
    "invalid public key: unsupported format: 0",
    (t) => t.submitOrder(ask({ details: { ...details, traderKey: new Uint8Array() } })),
  ],
  [
    "cannot accept order: account not found",
    (t) => t.submitOrder(ask({ details: { ...details, traderKey: unknown } })),
  ],
  [
    `${VALIDATION}acct=${SEED.accounts.expired} is in state StateExpired, cannot make order`,
    (t) => t.submitOrder(ask({ details: { ...details, traderKey: expired } })),
  ],
  [
    "min units match must be greater than 0",
    (t) => t.submitOrder(ask({ details: { ...details, minUnitsMatch: 0 } })),
  ],
  [
    "min units match must not exceed total order units",
    (t) => t.submitOrder(ask({ details: { ...details, minUnitsMatch: 11 } })),
  ],
  [
    `${AUCTION}invalid max batch fee rate 252 sat/kw, must be greater than 253 sat/kw`,
    (t) => t.submitOrder(ask({ details: { ...details, maxBatchFeeRateSatPerKw: 252n } })),
  ],
  [`${AUCTION}could not digest order: unknown version 6`, (t) => t.submitOrder(ask({ version: 6 }))],
  [
    `${VALIDATION}to participate in the outbound liquidity market the order amt should be exactly 100k sats`,
    (t) => t.submitOrder(ask({ details: { ...details, auctionType: 1 } })),
  ],
  [
    `${VALIDATION}zero conf channels need to use anchors. Use the script enforced channel type`,
    (t) => t.submitOrder(bid({ zeroConfChannel: true })),
  ],
  ["unknown node tier: 9", (t) => t.submitOrder(bid({ minNodeTier: 9 }))],
  ["string contains invalid prefix", (t) => t.submitOrder(bid({ sidecarTicket: "foo" }))],
  [
    `${AUCTION}to use self chan balance the min units match must be equal to the order amount in units`,
    (t) => t.submitOrder(bid({ selfChanBalance: 50_000n })),
  ],
  [
    `${AUCTION}invalid self chan balance: self channel balance must be smaller than or equal to capacity`,
    (t) => t.submitOrder(bid({ selfChanBalance: 2_000_000n })),
  ],
  [
    `${AUCTION}insufficient account balance`,
    (t) => t.submitOrder(ask({ details: { ...details, amt: 90_000_000n } })),
  ],
  [
    "allowed and not allowed node ids set at the same time",
    (t) =>
      t.submitOrder(
        ask({ details: { ...details, allowedNodeIds: [unknown], notAllowedNodeIds: [unknown] } }),
      ),
  ],
  ["no order found", (t) => t.cancelOrder({})],
  ["batch snapshot not found", (t) => t.batchSnapshot({ batchId: new Uint8Array([1, 2, 3]) })],
  [
    "invalid batch id: malformed public key: invalid length: 3",
    (t) => t.leases({ batchIds: [new Uint8Array(3)] }),
  ],
  [
    "invalid account key: malformed public key: invalid length: 3",
    (t) => t.leases({ accounts: [new Uint8Array(3)] }),
  ],
  [
    `snapshot of batch ${"02".repeat(33)} not found`,
    (t) => t.leases({ batchIds: [new Uint8Array(33).fill(2)] }),
  ],
  ["node pub key must be provided", (t) => t.nodeRatings({})],
  ["bid must be set", (t) => t.offerSidecar({})],
  [
    "account not found",
    (t) => t.offerSidecar({ bid: { ...order, details: { ...details, traderKey: unknown } } }),
  ],
  ["error decoding ticket: string contains invalid prefix", (t) => t.registerSidecar({})],
  [
    "error decoding ticket: not a sidecar ticket, invalid length: 1 vs 5",
    (t) => t.registerSidecar({ ticket: "sidecar1" }),
  ],
  [
    "error decoding ticket: not a sidecar ticket, invalid length: 3 vs 5",
    (t) => t.decodeSidecarTicket({ ticket: "sidecarXYZ" }),
  ],
  [
    "unable to expect sidecar chan: sidecar ticket in state offered, expected ordered",
    (t) => t.expectSidecarChannel({ ticket: SEED.tickets.offered }),
  ],
  ["missing sidecar ID", (t) => t.cancelSidecar({})],
  [
    "no ticket with ID 0000000000000000 found or ticket is already in terminal state",
    (t) => t.cancelSidecar({ sidecarId: new Uint8Array(8) }),
  ],
];

let running: TestSandbox;
before(async () => {
  running = await startTestSandbox();
});
after(() => running.stop());

describe("the daemon's refusals", () => {
  rows.forEach(([message, call], n) => {
    test(`${n + 1}: ${message}`, async () => {
      assert.deepEqual(await failure(call(running.trader())), { code: Code.Unknown, message });
    });
  });

  test("leave the world as it was", async () => {
    const before = structuredClone(running.sandbox.ledger.world.state);
    for (const [, call] of rows) {
      await failure(call(running.trader()));
    }
    assert.deepEqual(structuredClone(running.sandbox.ledger.world.state), before);
  });
});
