import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Sandbox, startSandbox } from "../sandbox/start-sandbox.ts";
import { buildDaemons } from "../test/poold/build-daemons.ts";
import { stepDifferences } from "../test/poold/compare-steps.ts";
import { offeredTicket } from "../test/poold/foreign-ticket.ts";
import { KNOWN_DIFFERENCES } from "../test/poold/known-differences.ts";
import { type PoolWorld, traderCaller } from "../test/poold/pool-world.ts";
import { lastLines } from "../test/poold/processes.ts";
import { startPoold } from "../test/poold/real-poold.ts";
import { startRegtest } from "../test/poold/regtest.ts";
import { runScript, type ScriptStep } from "../test/poold/script.ts";

const USAGE = `npm run conformance:poold [-- --keep]
  --keep  leave the daemons' folder where it is, with their logs`;

/** Of a wallet that is neither's. */
const ADDRESS = "bcrt1q6rz28mcfaxtmd6v789l9rrlrusdprr9pz3cppk";

const [flag, ...rest] = process.argv.slice(2);
if ((flag !== undefined && flag !== "--keep") || rest.length > 0) {
  console.error(USAGE);
  process.exit(2);
}
void main(flag === "--keep");

async function main(keep: boolean): Promise<void> {
  const began = Date.now();
  const daemons = buildDaemons(say);
  if (daemons.kind !== "built") {
    console.error(`A real poold cannot be run: ${daemons.reason}`);
    process.exit(daemons.kind === "missing" && !process.env.CI ? 0 : 1);
  }
  const dir = mkdtempSync(join(tmpdir(), "poold-"));
  const closing: (() => Promise<void>)[] = [];
  let failed = true;
  try {
    failed = await compare(daemons.folder, dir, closing);
  } catch (error) {
    console.error(error);
    console.error(`The logs are in ${dir}`);
  }
  for (const close of closing.reverse()) await close();
  if (!keep && !failed) rmSync(dir, { recursive: true, force: true });
  console.log(`took ${seconds(began)} s`);
  process.exit(failed ? 1 : 0);
}

async function compare(bin: string, dir: string, closing: (() => Promise<void>)[]): Promise<boolean> {
  let since = Date.now();
  const regtest = await startRegtest(bin, dir);
  closing.push(regtest.stop);
  say(`btcd and lnd are up, with a funded wallet: ${seconds(since)} s`);

  since = Date.now();
  const auctioneer = await startOne(join(dir, "auctioneer"), { chain: regtest.chain });
  const alone = await startOne(join(dir, "alone"), {});
  const other = await startOne(join(dir, "other"), {});
  closing.push(async () => void (await Promise.all([auctioneer, alone, other].map((one) => one.stop()))));
  const poold = await startPoold({ bin, dir, lnd: regtest.lnd, auctioneer });
  closing.push(poold.stop);
  say(`the sandbox's auctioneer and poold are up: ${seconds(since)} s`);

  const context = { address: ADDRESS, foreignTicket: await offeredTicket(worldOf(other)) };
  const count = { passed: 0, failed: 0 };
  since = Date.now();
  let expected: readonly ScriptStep[];
  try {
    expected = await runScript({ call: poold.call, mine: regtest.mine }, context, ({ name }) =>
      say(`poold: ${name}`),
    );
  } catch (error) {
    console.error(lastLines(poold.log, 12));
    throw error;
  }
  say(`the script against poold: ${seconds(since)} s`);
  since = Date.now();
  const got = await runScript(worldOf(alone), context, () => undefined);
  say(`the script against the sandbox alone: ${seconds(since)} s`);
  for (const [at, wanted] of expected.entries()) {
    const step = got[at];
    const found = step === undefined ? ["it was not done"] : stepDifferences(wanted, step);
    const reason = KNOWN_DIFFERENCES[wanted.name];
    const passed = reason === undefined ? found.length === 0 : found.length > 0;
    count[passed ? "passed" : "failed"] += 1;
    console.log(
      `${passed ? "ok" : "not ok"}  ${wanted.name}${reason === undefined ? "" : ` (differs: ${reason})`}`,
    );
    if (reason !== undefined && !passed)
      console.log("      listed in known-differences.ts, but it is the same");
    if (reason === undefined) for (const line of found.slice(0, 6)) console.log(`      ${line}`);
  }
  console.log(`${count.passed} passed, ${count.failed} failed`);
  return count.failed > 0;
}

function startOne(
  dir: string,
  more: { readonly chain?: import("../sandbox/chain/outside-chain.ts").OutsideChain },
) {
  const quiet = { port: 0, auctioneerPort: 0, blockInterval: 0, ephemeral: true, scenario: "fresh" };
  return startSandbox({ dir, ...quiet, ...more });
}

function worldOf(sandbox: Sandbox): PoolWorld {
  return {
    call: traderCaller(sandbox.port, sandbox.tlsCertPath, sandbox.macaroonPath),
    mine: async (blocks) => {
      for (let n = 0; n < blocks; n += 1) sandbox.ledger.mineBlock();
    },
  };
}

function say(line: string): void {
  console.log(line);
}

function seconds(since: number): string {
  return ((Date.now() - since) / 1000).toFixed(1);
}
