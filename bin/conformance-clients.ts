import {
  type BuiltClient,
  buildGoClient,
  buildPython,
  type MissingClient,
} from "../test/clients/build-clients.ts";
import { runCli, uncoveredCommands } from "../test/clients/run-cli.ts";
import { makeWorld, runScript, type TranscriptLine } from "../test/clients/run-script.ts";
import { startSandboxProcess } from "../test/clients/sandbox-process.ts";
import type { ScriptClient, ScriptTarget } from "../test/clients/script-client.ts";
import { compareTranscripts, uncoveredMethods } from "../test/clients/transcript.ts";
import { createConnectClient } from "../test/clients/via/connect-client.ts";
import { createGrpcJsClient } from "../test/clients/via/grpc-js-client.ts";
import { createGrpcioClient } from "../test/clients/via/grpcio-client.ts";
import { createGrpcurlClient } from "../test/clients/via/grpcurl-client.ts";
import { createRestClient } from "../test/clients/via/rest-client.ts";
import { createWebClient } from "../test/clients/via/web-client.ts";

/** How to start a client of the script, or why it is not there. */
type ScriptedClient = MissingClient | ((target: ScriptTarget) => ScriptClient | Promise<ScriptClient>);

const totals = { passed: 0, failed: 0 };

if (process.argv.length > 2) {
  console.error("npm run conformance:clients takes no flags.");
  process.exit(2);
}
void main().then(() => {
  console.log(`${totals.passed} passed, ${totals.failed} failed`);
  process.exit(totals.failed === 0 ? 0 : 1);
});

async function main(): Promise<void> {
  console.log("Building pool, grpcurl and grpcio: minutes the first time, nothing after that");
  const [pool, grpcurl, python] = [
    await buildGoClient("pool"),
    await buildGoClient("grpcurl"),
    await buildPython(),
  ];
  const missed = [...uncoveredCommands(), ...uncoveredMethods()];
  count(
    "coverage",
    missed.length === 0 ? 1 : 0,
    missed.map((name) => `${name} has no case`),
  );
  await driveCli(pool);
  const grpcio: ScriptedClient =
    python.kind === "built" ? (target) => createGrpcioClient(python.path, python.stubs, target) : python;
  const clients: [string, ScriptedClient][] = [
    ["connect-node", createConnectClient],
    ["grpc-js", createGrpcJsClient],
    ["gRPC-Web", createWebClient],
    ["REST", createRestClient],
    ["grpcurl", grpcurl.kind === "built" ? (target) => createGrpcurlClient(grpcurl.path, target) : grpcurl],
    ["grpcio", grpcio],
  ];
  let first: readonly TranscriptLine[] | undefined;
  for (const [name, client] of clients) {
    if (typeof client !== "function") {
      tellMissing(name, client);
      continue;
    }
    try {
      const lines = await driveScript(client);
      first ??= lines;
      const found = compareTranscripts(first, lines);
      const made = lines.filter(({ answer }) => answer !== null).length;
      count(`${name} (${made} calls)`, made - found.length, found);
    } catch (cause) {
      count(name, 0, [cause instanceof Error ? cause.message : String(cause)]);
    }
  }
}

async function driveCli(pool: BuiltClient): Promise<void> {
  if (pool.kind !== "built") {
    tellMissing("pool", pool);
    return;
  }
  const sandbox = await startSandboxProcess();
  try {
    const results = await runCli(pool.path, sandbox);
    const failed = results.flatMap(({ line, problem }) =>
      problem === null ? [] : [`${line}\n    ${problem}`],
    );
    count(`pool (${results.length} command lines)`, results.length - failed.length, failed);
  } finally {
    await sandbox.stop();
  }
}

/** A sandbox, a world in it and a client for each run: nothing is left of the run before. */
async function driveScript(start: Extract<ScriptedClient, (...args: never[]) => unknown>) {
  const sandbox = await startSandboxProcess();
  try {
    const target = await makeWorld(sandbox);
    const client = await start(target);
    try {
      return await runScript(target, client);
    } finally {
      await client.close();
    }
  } finally {
    await sandbox.stop();
  }
}

/** Without its compiler a client is left out, but not where the whole has to be shown to hold. */
function tellMissing(name: string, { kind, reason }: MissingClient): void {
  if (kind === "failed" || process.env.CI !== undefined) count(name, 0, [reason]);
  else console.log(`${name}: left out, ${reason}`);
}

function count(name: string, passed: number, problems: readonly string[]): void {
  totals.passed += passed;
  totals.failed += problems.length;
  console.log(`${name}: ${passed} passed, ${problems.length} failed`);
  for (const problem of problems) console.log(`  ${problem}`);
}
