import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type CliCase, type CliOutput, Kept } from "./cli-case.ts";
import { ACCOUNT_CASES } from "./cli-cases-accounts.ts";
import { AUCTION_CASES } from "./cli-cases-auction.ts";
import { HELP_CASES, LISTED_COMMANDS } from "./cli-cases-help.ts";
import { ORDER_CASES } from "./cli-cases-orders.ts";
import { SIDECAR_CASES } from "./cli-cases-sidecar.ts";
import { type CommandOutput, runCommand } from "./run-command.ts";
import { makeWorld, methodNamed } from "./run-script.ts";
import type { SandboxProcess } from "./sandbox-process.ts";
import type { ScriptTarget } from "./script-client.ts";
import { createConnectClient } from "./via/connect-client.ts";

/** In the order in which they are made: later ones use what earlier ones left in the world. */
const CLI_CASES: readonly CliCase[] = [
  ...HELP_CASES,
  ...AUCTION_CASES,
  ...ACCOUNT_CASES,
  ...ORDER_CASES,
  ...SIDECAR_CASES,
];

const NETWORK = "regtest";

/** What came of one case; `problem` is null where it is as it has to be. */
export interface CliResult {
  readonly line: string;
  readonly problem: string | null;
}

/** Runs all cases with the real `pool` against a sandbox that nobody has used yet. */
export async function runCli(pool: string, sandbox: SandboxProcess): Promise<CliResult[]> {
  const macaroon = readFileSync(sandbox.macaroonPath).toString("hex");
  const own: ScriptTarget = { ...sandbox, macaroon };
  const folders = { own: sandbox.dir, other: layOut(sandbox, await makeWorld(sandbox)) };
  const kept = new Kept();
  const results: CliResult[] = [];
  for (const each of CLI_CASES) {
    if (each.blocks !== undefined) await mineBlocks(own, each.blocks);
    const words = each.command === "" ? [] : each.command.split(" ");
    const line = ["pool", ...words, ...(each.args ?? [])].join(" ");
    try {
      const args = [
        ...[`--rpcserver=localhost:${sandbox.port}`, `--network=${NETWORK}`],
        ...[
          `--basedir=${folders[each.as ?? "own"]}`,
          ...words,
          ...(each.args ?? []).map((arg) => kept.fill(arg)),
        ],
      ];
      const output = await runCommand(pool, args, { input: each.input ?? "" });
      checkCase(each, output, kept);
      results.push({ line, problem: null });
    } catch (cause) {
      results.push({ line, problem: cause instanceof Error ? cause.message : String(cause) });
    }
  }
  return results;
}

function checkCase(each: CliCase, output: CommandOutput, kept: Kept): void {
  const { code, stdout, stderr, problem } = output;
  assert.equal(problem, null, `it does not start: ${problem}`);
  const lastLine = stderr.trimEnd().split("\n").at(-1) ?? "";
  if (each.error !== undefined) {
    assert.equal(lastLine, `[pool] ${kept.fill(each.error)}`);
    assert.equal(code, 1, `the exit code is ${code}`);
  } else {
    assert.equal(code, each.exit ?? 0, `the exit code is ${code}: ${lastLine}`);
  }
  each.check?.(toOutput(stdout), kept);
}

function toOutput(text: string): CliOutput {
  return {
    text,
    json: <Shape>() => {
      // What a command asks stands before its reply, on the same stream.
      const start = text.search(/^[[{]|(?<=: )[[{]/m);
      assert.ok(start >= 0, `there is no JSON in ${JSON.stringify(text.slice(0, 200))}`);
      return JSON.parse(text.slice(start)) as Shape;
    },
  };
}

/** Commands that no case makes, other than to see their help. */
export function uncoveredCommands(): string[] {
  const made = CLI_CASES.filter((each) => !HELP_CASES.includes(each)).map(({ command }) => command);
  const names = LISTED_COMMANDS.map(({ command }) => command.replace(/^pool ?/, ""));
  return names.filter((name) => !made.includes(name)).map((name) => `pool ${name}`.trimEnd());
}

/** A daemon's folder whose macaroon is that of another world. */
function layOut(sandbox: SandboxProcess, world: ScriptTarget): string {
  const folder = join(sandbox.dir, "other-world");
  mkdirSync(join(folder, NETWORK), { recursive: true });
  copyFileSync(sandbox.tlsCertPath, join(folder, NETWORK, "tls.cert"));
  const macaroon = Buffer.from(world.macaroon, "hex");
  writeFileSync(join(folder, NETWORK, "pool.macaroon"), macaroon, { mode: 0o600 });
  return folder;
}

async function mineBlocks(target: ScriptTarget, blocks: number): Promise<void> {
  const method = methodNamed("sandbox.v1.Control.MineBlocks");
  const mined = await createConnectClient(target).call({
    method,
    requests: [{ num_blocks: blocks }],
    take: null,
  });
  assert.equal(mined.code, 0, `blocks cannot be mined: ${mined.message}`);
}
