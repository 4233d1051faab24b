import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { type Client, createClient } from "@connectrpc/connect";
import { AccountState, type Trader } from "../../gen/poolrpc/trader_pb.ts";
import { AuctioneerMode, Control, WorldChange } from "../../gen/sandbox/v1/control_pb.ts";
import { bakeMacaroon, READ_PERMISSIONS } from "../../sandbox/macaroon/bake.ts";
import { failure, startTestSandbox, type TestSandbox, traderTransport } from "./trader-client.ts";

let running: TestSandbox;
let control: Client<typeof Control>;
let trader: Client<typeof Trader>;

before(async () => {
  running = await startTestSandbox();
  control = clientOf();
  trader = running.trader();
});

after(() => running.stop());

function clientOf(macaroon?: Uint8Array): Client<typeof Control> {
  const hex = macaroon === undefined ? undefined : Buffer.from(macaroon).toString("hex");
  return createClient(Control, traderTransport(running.sandbox, hex));
}

test("the world says what it is", async () => {
  const world = await control.getWorld({});
  assert.equal(world.id, "0");
  assert.equal(world.scenario, "busy-market");
  assert.equal(world.blockHeight, (await trader.getInfo({})).currentBlockHeight);
  assert.equal(world.numAccounts, (await trader.listAccounts({})).accounts.length);
  assert.ok(world.nextBatchSeconds > 0n && world.nextBatchSeconds <= 600n, `${world.nextBatchSeconds} s`);
});

test("every scenario begins, and twice alike", async () => {
  const { scenarios } = await control.listScenarios({});
  assert.deepEqual(
    scenarios.map(({ name }) => name),
    ["fresh", "funded", "busy-market", "expiring", "after-batch", "sidecar", "lost"],
  );
  for (const { name } of scenarios) {
    await control.loadScenario({ name, seed: 5n });
    const first = await trader.listOrders({ verbose: true });
    const { accounts } = await trader.listAccounts({});
    await control.loadScenario({ name, seed: 5n });
    assert.deepEqual((await trader.listAccounts({})).accounts, accounts, name);
    assert.deepEqual((await trader.listOrders({ verbose: true })).asks.length, first.asks.length, name);
  }
  assert.match(
    (await failure(control.loadScenario({ name: "moon" }))).message,
    /^there is no scenario "moon"/,
  );
});

test("from an account to a lease, with blocks and batches on demand", async () => {
  await control.loadScenario({ name: "fresh" });
  const opened = await trader.initAccount({
    accountValue: 5_000_000n,
    accountExpiry: { case: "relativeHeight", value: 4_000 },
    fees: { case: "feeRateSatPerKw", value: 253n },
  });
  await control.mineBlocks({ numBlocks: 6 });
  const { accounts } = await trader.listAccounts({});
  assert.equal(accounts[0]?.state, AccountState.OPEN);
  await trader.submitOrder({
    details: {
      case: "bid",
      value: {
        leaseDurationBlocks: 2016,
        version: 5,
        minNodeTier: 1,
        details: {
          traderKey: opened.traderKey,
          rateFixed: 20_000,
          amt: 500_000n,
          maxBatchFeeRateSatPerKw: 12_500n,
          minUnitsMatch: 1,
        },
      },
    },
  });
  const cleared = await control.clearBatch({});
  assert.equal(cleared.reason, "");
  assert.ok(cleared.numOwnMatches > 0, "the dearest bid of the market was matched");
  const { snapshot } = await control
    .mineBlocks({ numBlocks: 1 })
    .then(() => trader.batchSnapshot({ batchId: cleared.batchId }))
    .then((snapshot) => ({ snapshot }));
  assert.equal(Buffer.from(snapshot.batchId).toString("hex"), Buffer.from(cleared.batchId).toString("hex"));
  const { leases, totalAmtPaidSat } = await trader.leases({});
  assert.equal(
    leases.reduce((sum, lease) => sum + lease.channelAmtSat, 0n),
    500_000n,
  );
  const costs = leases.reduce((sum, lease) => sum + lease.premiumSat + lease.executionFeeSat, 0n);
  const account = (await trader.listAccounts({})).accounts[0];
  assert.ok(account !== undefined, "the account is still listed");
  assert.ok(totalAmtPaidSat >= costs, "what was paid holds premium and execution fee");
  assert.ok(account.value < 5_000_000n - costs, "the account has paid for it, and its part of the chain fee");
});

test("the clock goes forward, time stamps follow, blocks do not", async () => {
  const before = await control.getWorld({});
  const after = await control.advanceClock({ seconds: 86_400n });
  assert.ok(after.time - before.time >= 86_400n, `${after.time - before.time} s`);
  assert.equal(after.blockHeight, before.blockHeight);
  assert.match((await failure(control.advanceClock({}))).message, /^seconds is 0/);
});

test("fee rates change quotes and the next batch", async () => {
  await control.setFeeRates({ chainFeeRateSatPerKw: 2_530n, nextBatchFeeRateSatPerKw: 500n });
  const quote = await trader.quoteAccount({
    accountValue: 1_000_000n,
    fees: { case: "confTarget", value: 6 },
  });
  assert.equal(quote.minerFeeRateSatPerKw, 2_530n);
  assert.equal((await trader.nextBatchInfo({})).feeRateSatPerKw, 500n);
  const low = await failure(control.setFeeRates({ chainFeeRateSatPerKw: 252n }));
  assert.match(low.message, /below the 253 sat\/kw/);
});

test("without an auctioneer the daemon fails as a real one does, and no batch is cleared", async () => {
  await control.setAuctioneer({ mode: AuctioneerMode.DOWN });
  assert.match((await failure(trader.auctionFee({}))).message, /connect: connection refused/);
  assert.match((await failure(control.clearBatch({}))).message, /the auctioneer is away/);
  assert.equal((await control.setAuctioneer({ mode: AuctioneerMode.UP })).auctioneer, AuctioneerMode.UP);
  await trader.auctionFee({});
});

test("a world that was exported comes back as it was, and other bytes are refused", async () => {
  await control.loadScenario({ name: "sidecar" });
  const { world: bytes } = await control.exportWorld({});
  const tickets = await trader.listSidecars({});
  await control.loadScenario({ name: "fresh" });
  assert.deepEqual((await trader.listSidecars({})).tickets, []);
  const world = await control.importWorld({ world: bytes });
  assert.equal(world.scenario, "sidecar");
  assert.deepEqual(await trader.listSidecars({}), tickets);
  const wrong = await failure(control.importWorld({ world: Buffer.from("{}") }));
  assert.match(wrong.message, /^the bytes are not a world/);
  assert.deepEqual(await trader.listSidecars({}), tickets);
});

test("each world has its own macaroon, and sees nothing of another", async () => {
  await control.loadScenario({ name: "funded" });
  const { world, macaroon } = await control.createWorld({ scenario: "fresh" });
  assert.equal(world?.id, "1");
  const theirs = clientOf(macaroon);
  const theirTrader = running.trader(Buffer.from(macaroon).toString("hex"));
  assert.equal((await theirTrader.listAccounts({})).accounts.length, 0);
  assert.equal((await trader.listAccounts({})).accounts.length, 2);
  await theirs.mineBlocks({ numBlocks: 10 });
  const [mine, other] = [await control.getWorld({}), await theirs.getWorld({})];
  assert.equal(other.blockHeight, mine.blockHeight + 10);
  assert.equal(other.scenario, "fresh");
});

test("a macaroon of a world that is signed by another is refused", async () => {
  const forged = bakeMacaroon(new Uint8Array(32).fill(7), undefined, [], "1");
  assert.match(
    (await failure(clientOf(forged).getWorld({}))).message,
    /^verification failed: signature mismatch/,
  );
});

test("who may only read sees the world and moves nothing", async () => {
  const { rootKey } = running.sandbox.worlds.first;
  const reader = clientOf(bakeMacaroon(rootKey, READ_PERMISSIONS));
  await reader.getWorld({});
  assert.equal((await failure(reader.mineBlocks({}))).message, "permission denied");
});

test("a watcher hears of blocks, batches and controls, and its end is the end", {
  timeout: 20_000,
}, async () => {
  await control.loadScenario({ name: "busy-market" });
  const stop = new AbortController();
  const changes: WorldChange[] = [];
  const watching = (async () => {
    for await (const { change } of control.watchWorld({}, { signal: stop.signal })) {
      changes.push(change);
      if (change === WorldChange.UNSPECIFIED) await control.mineBlocks({});
      if (change === WorldChange.BLOCK) await control.advanceClock({ seconds: 1n });
      if (change === WorldChange.CONTROL) stop.abort();
    }
  })();
  await assert.rejects(watching, /canceled/);
  assert.deepEqual(changes, [WorldChange.UNSPECIFIED, WorldChange.BLOCK, WorldChange.CONTROL]);
});

test("worlds are there again after a restart", async () => {
  const { world, macaroon } = await control.createWorld({ scenario: "after-batch", seed: 9n });
  const hex = Buffer.from(macaroon).toString("hex");
  const theirs = running.trader(hex);
  await clientOf(macaroon).mineBlocks({ numBlocks: 2 });
  const before = await theirs.leases({});
  const { dir } = running;
  await running.sandbox.stop();
  running = await startTestSandbox({ dir });
  control = clientOf();
  trader = running.trader();
  assert.ok(existsSync(join(dir, "regtest", "worlds", world?.id ?? "")), "the world has a folder");
  assert.deepEqual(await running.trader(hex).leases({}), before);
  assert.equal((await control.getWorld({})).scenario, "busy-market");
});

test("an ephemeral sandbox keeps nothing but certificate and macaroon", async () => {
  const own = await startTestSandbox({ ephemeral: true });
  assert.equal(existsSync(join(own.dir, "regtest", "worlds")), false);
  await own.stop();
});
