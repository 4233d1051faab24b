import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { type Client, createClient } from "@connectrpc/connect";
import { AccountState, type Trader } from "../../gen/poolrpc/trader_pb.ts";
import { Control } from "../../gen/sandbox/v1/control_pb.ts";
import { SEED } from "../../sandbox/ledger/seed-keys.ts";
import { ROOT } from "../support/pool-api.ts";
import { failure, startTestSandbox, type TestSandbox, traderTransport } from "./trader-client.ts";

let running: TestSandbox;
let control: Client<typeof Control>;
let trader: Client<typeof Trader>;

before(async () => {
  running = await startTestSandbox();
  control = createClient(Control, traderTransport(running.sandbox));
  trader = running.trader();
});

after(() => running.stop());

test("what a daemon has lost comes back once, and an expired account of it can be renewed", async () => {
  await control.loadScenario({ name: "lost" });
  assert.deepEqual((await trader.listAccounts({})).accounts, []);
  assert.equal((await trader.recoverAccounts({})).numRecoveredAccounts, 2);
  const { accounts } = await trader.listAccounts({});
  assert.deepEqual(
    accounts.map(({ state, value }) => [state, value]),
    [
      [AccountState.OPEN, 12_000_000n],
      [AccountState.EXPIRED, 1_500_000n],
    ],
  );
  assert.match((await failure(trader.recoverAccounts({}))).message, /is already subscribed, cannot recover$/);
  const [, expired] = accounts;
  await trader.renewAccount({
    accountKey: expired?.traderKey ?? new Uint8Array(),
    accountExpiry: { case: "relativeExpiry", value: 4_320 },
    feeRateSatPerKw: 253n,
  });
  await control.mineBlocks({ numBlocks: 6 });
  const later = await trader.listAccounts({});
  assert.ok(
    later.accounts.every(({ state }) => state === AccountState.OPEN),
    "both are open",
  );
});

test("a bid for a newcomer elsewhere is matched: its daemon is always there", async () => {
  await control.loadScenario({ name: "sidecar" });
  const ticket = SEED.tickets.cameBack;
  const read = await trader.decodeSidecarTicket({ ticket });
  assert.equal(read.state, "registered");
  const bid = {
    details: {
      traderKey: read.offerSignPubkey,
      amt: read.offerCapacity,
      rateFixed: 20_000,
      maxBatchFeeRateSatPerKw: 12_500n,
      minUnitsMatch: Number(read.offerCapacity / 100_000n),
    },
    leaseDurationBlocks: read.offerLeaseDurationBlocks,
    version: 5,
    selfChanBalance: read.offerPushAmount,
    sidecarTicket: ticket,
  };
  await trader.submitOrder({ details: { case: "bid", value: bid } });
  assert.equal((await control.clearBatch({})).numOwnMatches, 1);
  const { tickets } = await trader.listSidecars({ sidecarId: read.id });
  assert.deepEqual(
    tickets.map(({ state }) => state),
    ["completed"],
  );
});

test("the lesson on sidecar channels has the tickets of the sandbox", () => {
  const lesson = readFileSync(join(ROOT, "content/notebooks/sidecar-channel.mdx"), "utf8");
  assert.ok(lesson.includes(`value="${SEED.tickets.cameBack}"`), "the newcomer's answer");
  assert.ok(lesson.includes(`value="${SEED.tickets.incoming}"`), "the stranger's offer");
});
