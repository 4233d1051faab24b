import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { JsonValue } from "@bufbuild/protobuf";
import { type CliCase, type CliOutput, Kept } from "./cli-case.ts";
import { ACCOUNT_CASES } from "./cli-cases-accounts.ts";
import { AUCTION_CASES } from "./cli-cases-auction.ts";
import { FAULT_CASES } from "./cli-cases-faults.ts";
import { HELP_CASES, LISTED_COMMANDS } from "./cli-cases-help.ts";
import { ORDER_CASES } from "./cli-cases-orders.ts";
import { SIDECAR_CASES } from "./cli-cases-sidecar.ts";
import { layOutTargets } from "./cli-targets.ts";
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
  ...FAULT_CASES,
];

/** What came of one case; `problem` is null where it is as it has to be. */
export interface CliResult {
  readonly line: string;
  readonly problem: string | null;
}

/** Runs all cases with the real `pool` against a sandbox that nobody has used yet. */
export async function runCli(pool: string, sandbox: SandboxProcess): Promise<CliResult[]> {
  const macaroon = readFileSync(sandbox.macaroonPath).toString("hex");
  const own: ScriptTarget = { ...sandbox, macaroon };
  const targets = layOutTargets(sandbox, await makeWorld(sandbox));
  const kept = new Kept();
  const results: CliResult[] = [];
  for (const each of CLI_CASES) {
    const words = each.command === "" ? [] : each.command.split(" ");
    const line = ["pool", ...words, ...(each.args ?? [])].join(" ");
    try {
      for (const [method, request] of each.before ?? []) await control(own, method, request);
      const given = (each.args ?? []).map((arg) => kept.fill(arg));
      const args = [...targets[each.as ?? "own"], ...words, ...given];
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

/** Commands that no case makes with success, other than to see their help. */
export function uncoveredCommands(): string[] {
  const made = CLI_CASES.filter((each) => !HELP_CASES.includes(each) && (each.exit ?? 0) === 0)
    .filter(({ error }) => error === undefined)
    .map(({ command }) => command);
  const names = LISTED_COMMANDS.map(({ command }) => command.replace(/^pool ?/, ""));
  return names.filter((name) => !made.includes(name)).map((name) => `pool ${name}`.trimEnd());
}

/** Calls a method of the sandbox's own API in its first world. */
async function control(target: ScriptTarget, name: string, request: JsonValue): Promise<void> {
  const method = methodNamed(`sandbox.v1.Control.${name}`);
  const { code, message } = await createConnectClient(target).call({
    method,
    requests: [request],
    take: null,
  });
  assert.equal(code, 0, `${name} was refused: ${message}`);
}
