import assert from "node:assert/strict";
import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, test } from "node:test";
import { type Disk, realDisk } from "../../sandbox/journal/disk.ts";
import { Journal } from "../../sandbox/journal/journal.ts";
import { createLedger, type OwnLedger } from "../../sandbox/ledger/create-ledger.ts";
import { Refusal } from "../../sandbox/ledger/refusal.ts";
import { seedTraderKey } from "../../sandbox/ledger/seed-keys.ts";

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);
let folder = mkdtempSync(join(tmpdir(), "journal-"));

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  folder = mkdtempSync(join(tmpdir(), "journal-"));
});

function open({ disk = realDisk, now = NOW }: { disk?: Disk; now?: number } = {}): OwnLedger {
  let time = now;
  return createLedger({
    network: "regtest",
    seed: 7,
    clock: () => (time += 1_234),
    journal: new Journal(disk, folder),
  });
}

function deposit(ledger: OwnLedger, amount: bigint) {
  const change = { traderKey: seedTraderKey("main"), feeRate: 253n, expiry: 0, newVersion: 0, amount };
  return ledger.run("depositAccount", change);
}

/** What a learner does in a minute. */
function live(ledger: OwnLedger): void {
  ledger.run("initAccount", { value: 400_000n, version: 2, feeRate: 300n, expiry: 820_000 });
  for (let block = 0; block < 6; block++) ledger.mineBlock();
  deposit(ledger, 100_000n);
  assert.throws(() => deposit(ledger, 100_000n), Refusal);
  const [order] = ledger.orders().filter(({ state }) => state === 0);
  assert.ok(order !== undefined, "the world has an open order");
  ledger.run("cancelOrder", order.nonce);
  const ticket = ledger.world.state.tickets.find(
    ({ state }) => state === "registered" || state === "offered",
  );
  if (ticket !== undefined) ledger.run("cancelSidecar", ticket.id);
}

test("a world is the same after a restart, days later", () => {
  const before = open();
  live(before);
  before.close();
  const after = open({ now: NOW + 86_400_000 });
  assert.deepEqual(after.world.state, before.world.state);
  live(after);
  after.close();
  assert.deepEqual(open().world.state, after.world.state);
});

test("the state is written in place of a long journal, and the world is the same", () => {
  const before = open();
  for (let block = 0; block < 2_500; block++) before.mineBlock();
  deposit(before, 77_000n);
  const lines = readFileSync(join(folder, "journal"), "utf8").trimEnd().split("\n");
  assert.ok(lines.length < 1_000, `${lines.length} operations are left to be repeated`);
  before.close();
  assert.deepEqual(open().world.state, before.world.state);
});

test("THREATS 26: a last line that is not whole is dropped, wherever it was torn", () => {
  const before = open();
  deposit(before, 50_000n);
  const { state } = before.world;
  const whole = structuredClone(state);
  before.mineBlock();
  before.close();
  const journal = join(folder, "journal");
  const bytes = readFileSync(journal);
  const last = bytes.lastIndexOf("\n", bytes.length - 2) + 1;
  for (let end = bytes.length - 1; end > last; end--) {
    writeFileSync(journal, bytes.subarray(0, end));
    const after = open();
    assert.deepEqual(structuredClone(after.world.state), whole);
    after.close();
    assert.equal(statSync(journal).size, last, "what was torn is gone from the file");
  }
});

test("a line that was damaged before the last one is an error that says where", () => {
  const before = open();
  for (let block = 0; block < 3; block++) before.mineBlock();
  before.close();
  const journal = join(folder, "journal");
  writeFileSync(journal, readFileSync(journal, "utf8").replace('"number":2,', '"number":3,'));
  assert.throws(() => open(), /journal is damaged: line 2 is not what was written/);
});

test("a snapshot that was damaged is an error that says so", () => {
  const before = open();
  for (let block = 0; block < 1_000; block++) before.mineBlock();
  before.close();
  truncateSync(join(folder, "snapshot"), 1_000);
  assert.throws(() => open(), /snapshot is damaged: its checksum does not fit/);
});

test("a crash between snapshot and journal repeats nothing twice", () => {
  const before = open();
  const journal = join(folder, "journal");
  for (let block = 0; block < 998; block++) before.mineBlock();
  const lines = readFileSync(journal);
  before.mineBlock();
  before.close();
  assert.equal(statSync(journal).size, 0, "the state stands in place of the journal");
  appendFileSync(journal, lines);
  const after = open();
  assert.equal(after.height(), before.height());
  assert.deepEqual(after.world.state, before.world.state);
});

test("THREATS 26: on a full disk a change is refused and nothing has happened, reads go on, and it goes on when there is room", () => {
  let full = false;
  const disk: Disk = {
    ...realDisk,
    grow: (path) => {
      const file = realDisk.grow(path);
      return {
        ...file,
        append: (bytes) => {
          if (!full) return file.append(bytes);
          file.append(bytes.subarray(0, bytes.length / 2));
          throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
        },
      };
    },
  };
  const ledger = open({ disk });
  deposit(ledger, 10_000n);
  ledger.mineBlock();
  const before = structuredClone(ledger.world.state);
  full = true;
  for (let attempt = 0; attempt < 3; attempt++) {
    assert.throws(
      () => ledger.run("cancelSidecar", new Uint8Array(8)),
      /could not write its journal \(ENOSPC\)/,
    );
  }
  assert.deepEqual(structuredClone(ledger.world.state), before);
  assert.ok(ledger.accounts().length > 0, "accounts are still listed");
  full = false;
  ledger.mineBlock();
  ledger.close();
  assert.deepEqual(open().world.state, ledger.world.state);
});
