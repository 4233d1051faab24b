/**
 * A process that works on a journal and kills itself at the n-th thing that it does to the disk: before it, in its
 * middle or after it. Arguments: folder, n, and which of the three. Each operation that was acknowledged is a line of output.
 */
import { writeSync } from "node:fs";
import { type Disk, realDisk } from "../../sandbox/journal/disk.ts";
import { Journal } from "../../sandbox/journal/journal.ts";
import { createLedger } from "../../sandbox/ledger/create-ledger.ts";
import { seedTraderKey } from "../../sandbox/ledger/seed-keys.ts";

/** In sat. */
const DEPOSIT = 10_000n;

const [folder = "", n = "0", when = "before"] = process.argv.slice(2);
let left = Number(n);

/** Does the step, or dies where it is told to. */
function step(bytes: Uint8Array, work: (bytes: Uint8Array) => void): void {
  left -= 1;
  if (left === 0 && when === "before") die();
  if (left === 0 && when === "within") {
    work(bytes.subarray(0, Math.floor(bytes.length / 2)));
    die();
  }
  work(bytes);
  if (left === 0) die();
}

function die(): never {
  process.kill(process.pid, "SIGKILL");
  for (;;);
}

const NONE = new Uint8Array(2);
const disk: Disk = {
  ...realDisk,
  replace: (path, bytes) =>
    step(bytes, (part) => {
      // What is replaced is never half there: whoever dies within has not yet renamed.
      if (part.length === bytes.length) realDisk.replace(path, bytes);
    }),
  grow: (path) => {
    const file = realDisk.grow(path);
    return {
      ...file,
      append: (bytes) => step(bytes, (part) => file.append(part)),
      cut: (bytes) => step(NONE, (part) => part.length === NONE.length && file.cut(bytes)),
    };
  },
};

const ledger = createLedger({
  network: "regtest",
  seed: 3,
  clock: () => Date.UTC(2026, 0, 1),
  journal: new Journal(disk, folder, 5),
});
const change = { traderKey: seedTraderKey("main"), feeRate: 253n, expiry: 0, newVersion: 0, amount: DEPOSIT };
for (;;) {
  for (let block = 0; block < 6; block++) {
    ledger.mineBlock();
    acknowledge();
  }
  ledger.run("depositAccount", change);
  acknowledge();
}

/** What an answer to a client is: synchronous, so that it is out before the next step begins. */
function acknowledge(): void {
  const { height, accounts } = ledger.world.state;
  const total = accounts.reduce((sum, { value }) => sum + value, 0n);
  writeSync(1, `${height} ${total}\n`);
}
