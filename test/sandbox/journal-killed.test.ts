import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { realDisk } from "../../sandbox/journal/disk.ts";
import { Journal } from "../../sandbox/journal/journal.ts";
import { createLedger } from "../../sandbox/ledger/create-ledger.ts";

const CHAINS = 4;
const KILLS = 50;
const DEPOSIT = 10_000n;

/** What a world says of itself: its height, and the sats of all accounts together. */
interface Figures {
  readonly height: number;
  readonly total: bigint;
}

test("THREATS 26: a sandbox that is killed at each of its journal's writes loses nothing that it acknowledged", {
  timeout: 600_000,
}, async () => {
  const killed = await Promise.all(Array.from({ length: CHAINS }, (_, chain) => killAgainAndAgain(chain)));
  assert.equal(
    killed.reduce((sum, kills) => sum + kills, 0),
    CHAINS * KILLS,
  );
});

/** One world that dies again and again; gives how often. */
async function killAgainAndAgain(chain: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "journal-killed-"));
  let kills = 0;
  let before: Figures | null = null;
  for (let round = 0; round < KILLS; round++) {
    const at = 1 + ((round * 7 + chain * 3) % 23);
    const when = ["before", "within", "after"][(round + chain) % 3] ?? "";
    const { signal, acknowledged } = await runUntilKilled(folder, at, when);
    assert.equal(signal, "SIGKILL", `step ${at}, ${when}`);
    kills += 1;
    const last: Figures | null = acknowledged.at(-1) ?? before;
    before = figuresOf(folder);
    if (last !== null) assertFollows(last, before, `step ${at}, ${when}`);
  }
  rmSync(folder, { recursive: true });
  return kills;
}

/** Nothing acknowledged is gone, and at most the one operation that was under way has happened besides. */
function assertFollows(acknowledged: Figures, found: Figures, where: string): void {
  const { height, total } = acknowledged;
  const possible = [
    { height, total },
    { height: height + 1, total },
    { height, total: total + DEPOSIT },
  ];
  assert.ok(
    possible.some((one) => one.height === found.height && one.total === found.total),
    `${where}: acknowledged at ${height} with ${total} sat, found at ${found.height} with ${found.total} sat`,
  );
}

function figuresOf(folder: string): Figures {
  const ledger = createLedger({
    network: "regtest",
    seed: 3,
    clock: Date.now,
    journal: new Journal(realDisk, folder, 5),
  });
  ledger.close();
  const { height, accounts } = ledger.world.state;
  return { height, total: accounts.reduce((sum, { value }) => sum + value, 0n) };
}

function runUntilKilled(
  folder: string,
  at: number,
  when: string,
): Promise<{ readonly signal: string | null; readonly acknowledged: readonly Figures[] }> {
  const program = join(import.meta.dirname, "journal-killed.ts");
  const child = spawn(process.execPath, ["--import", "tsx", program, folder, String(at), when], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (_code, signal) => {
      const acknowledged = output
        .trim()
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => {
          const [height, total] = line.split(" ");
          return { height: Number(height), total: BigInt(total ?? "") };
        });
      resolve({ signal, acknowledged });
    });
  });
}
