import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { peerFlags } from "../support/notebook-server.ts";
import { startPeer } from "../support/peer/start-peer.ts";
import { ROOT } from "../support/pool-api.ts";

const GOOD = join(ROOT, "test/fixtures/notebooks/good");

/** A folder with the good notebook and its outputs in it, in which the command is given. */
function workFolder() {
  const path = mkdtempSync(join(tmpdir(), "playground-command-"));
  cpSync(GOOD, path, { recursive: true });
  const file = (name: string) => join(path, name);
  return {
    path,
    file,
    write: (name: string, body: string) =>
      writeFileSync(file(name), `---\ntitle: T\ndescription: D.\n---\n\n${body}\n`),
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }),
  };
}

interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** `npm run notebook` in a folder that is the home folder too. */
async function runCommand(
  folder: string,
  args: readonly string[],
  onOutput: (child: ChildProcess, output: string) => void = () => {},
): Promise<Ended> {
  const child = spawn(process.execPath, ["--import", "tsx", join(ROOT, "bin/notebook.ts"), ...args], {
    cwd: ROOT,
    env: { ...process.env, HOME: folder, INIT_CWD: folder },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [output, errors] = ["", ""];
  child.stdout.on("data", (chunk) => {
    output += chunk;
    onOutput(child, output);
  });
  child.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, output, errors };
}

const CALL = (method: string, request = "{}") =>
  `<Call method="${method}">\n\n\`\`\`json\n${request}\n\`\`\`\n\n</Call>`;

describe("npm run notebook", () => {
  test("a notebook that passes: a line a cell, code 0, JUnit and a page", async () => {
    using folder = workFolder();
    const args = ["every-cell.mdx", "--junit", "out/junit.xml", "--report", "out/report.html"];
    const { code, output, errors } = await runCommand(folder.path, args);
    assert.equal(code, 0, output + errors);
    assert.match(output, /^every-cell\.mdx on Sandbox$/m);
    assert.match(output, /^ {2}ok {10}mined {14}sandbox\.v1\.Control\.MineBlocks {2}\d[\d.]* m?s$/m);
    assert.match(output, /^ {2}14 passed, 0 failed, /m);
    const junit = readFileSync(folder.file("out/junit.xml"), "utf8");
    assert.equal(junit.match(/<testcase /g)?.length, 14);
    assert.match(
      junit,
      /<testsuite name="Every kind of cell" file="every-cell\.mdx" tests="14" failures="0"/,
    );
    assert.match(readFileSync(folder.file("out/report.html"), "utf8"), /<h1>Every kind of cell<\/h1>/);
  });

  test("another reply than the stored one fails its cell with the lines that differ; --update makes them the same again", async () => {
    using folder = workFolder();
    const outputs = folder.file("outputs/every-cell.json");
    const before = readFileSync(outputs, "utf8");
    const gone = '"gone": { "method": "a.B.C", "hidden": true },';
    writeFileSync(
      outputs,
      before
        .replace('"available_balance": "12000000"', '"available_balance": "12000001"')
        .replace('"cells": {', `"cells": { ${gone}`),
    );
    const failed = await runCommand(folder.path, ["every-cell.mdx", "--junit", "junit.xml"]);
    assert.equal(failed.code, 1);
    assert.match(failed.output, /FAILED {6}listed/);
    assert.match(failed.output, /every-cell\.mdx:31: the reply is not the stored one/);
    assert.match(failed.output, /^ +- +"available_balance": "12000001",$/m);
    assert.match(failed.output, /^ +\+ +"available_balance": "12000000",$/m);
    assert.match(
      failed.output,
      /^every-cell\.mdx: outputs\/every-cell\.json has a reply of `gone`.*--update$/m,
    );
    assert.match(
      readFileSync(folder.file("junit.xml"), "utf8"),
      /<failure message="the reply is not the stored one/,
    );
    const updated = await runCommand(folder.path, ["every-cell.mdx", "--update"]);
    assert.equal(updated.code, 0, updated.output);
    assert.match(updated.output, /outputs\/every-cell\.json is written/);
    assert.equal(readFileSync(outputs, "utf8"), before);
  });

  test("what fails stops the run, is told with its place, and nothing of it is stored", async () => {
    using folder = workFolder();
    const body = [
      CALL("poolrpc.Trader.GetInfo").replace("<Call", '<Call as="info"'),
      '<Check say="It is empty">\n\n```cel\ninfo.accounts_active == 17u\n```\n\n</Check>',
      CALL("poolrpc.Trader.ListAccounts"),
    ].join("\n\n");
    folder.write("fails.mdx", body);
    const { code, output } = await runCommand(folder.path, ["fails.mdx", "--junit", "junit.xml", "--update"]);
    assert.equal(code, 1);
    assert.match(output, /FAILED {6}check-1/);
    assert.match(output, /^ +fails\.mdx:\d+: not so: It is empty$/m);
    assert.match(output, /^ +info\.accounts_active is \d+$/m);
    assert.match(output, /not run {5}call-2/);
    assert.ok(!existsSync(folder.file("outputs/fails.json")), "a run that failed is not stored");
    const junit = readFileSync(folder.file("junit.xml"), "utf8");
    assert.match(junit, /tests="3" failures="1" errors="0" skipped="1"/);
    assert.match(
      junit,
      /<failure message="not so: It is empty">fails\.mdx:\d+: not so: It is empty\ninfo\.acc/,
    );
  });

  test("what is no notebook is told with file, line and column, and nothing is started", async () => {
    using folder = workFolder();
    folder.write("typo.mdx", '<Cal method="x">\n\n</Cal>');
    folder.write("names.mdx", CALL("poolrpc.Trader.GetInfos"));
    const typo = await runCommand(folder.path, ["typo.mdx", "gone.mdx", "--junit", "junit.xml"]);
    assert.equal(typo.code, 1);
    assert.match(typo.output, /^typo\.mdx:6:1: <Cal> is no component of a notebook.* you mean <Call>\?/m);
    assert.match(typo.output, /^gone\.mdx: there is no such file$/m);
    const junit = readFileSync(folder.file("junit.xml"), "utf8");
    assert.equal(junit.match(/<failure /g)?.length, 2);
    const names = await runCommand(folder.path, ["names.mdx"]);
    assert.equal(names.code, 1);
    assert.match(names.output, /^names\.mdx:6:15: there is no method .*poolrpc\.Trader\.GetInfo\b/m);
  });

  test("Ctrl+C ends the run where it is: nothing is left running, and the code is 1", async () => {
    using folder = workFolder();
    const wait =
      '<Wait as="info" method="poolrpc.Trader.GetInfo" timeout="10m" every="50ms">\n\n```json\n{}\n```\n\n```cel\ninfo.version == "never"\n```\n\n</Wait>';
    folder.write("waits.mdx", `${CALL("poolrpc.Trader.LeaseDurations")}\n\n${wait}`);
    let told = false;
    const { code, output } = await runCommand(folder.path, ["waits.mdx"], (child, output) => {
      if (told || !output.includes("call-1")) return;
      told = true;
      child.kill("SIGINT");
    });
    assert.equal(code, 1, output);
    assert.match(output, /FAILED {6}info .*\n +waits\.mdx:\d+: stopped here/);
  });

  test("a command line that is wrong ends with code 2 and says what is meant", async () => {
    using folder = workFolder();
    const cases = [
      [[], /^Name a notebook: npm run notebook -- /],
      [["every-cell.mdx", "--profil", "x"], /^Unknown option '--profil'/],
      [["every-cell.mdx", "every-cell.mdx"], /^every-cell\.mdx is named twice\./],
      [["every-cell.mdx", "--mainnet"], /^--mainnet goes with --allow-write\./],
      [
        ["every-cell.mdx", "--profile", "nope"],
        /^--profile nope: there is none of that name\. There is Sandbox \(regtest\)\.$/m,
      ],
    ] as const;
    for (const [args, says] of cases) {
      const { code, errors } = await runCommand(folder.path, args);
      assert.equal(code, 2, args.join(" "));
      assert.match(errors, says);
    }
    const help = await runCommand(folder.path, ["--help"]);
    assert.equal(help.code, 0);
    assert.match(help.output, /^Usage: npm run notebook -- FILE/);
  });
});

describe("npm run notebook on a real daemon", () => {
  const ORDER = `{"bid": {"details": {"trader_key": "02", "amt": "1000000"}, "lease_duration_blocks": 2016}}`;
  const BODY = [
    CALL("poolrpc.Trader.GetInfo"),
    CALL("poolrpc.Trader.SubmitOrder", ORDER),
    CALL("sandbox.v1.Control.MineBlocks").replace("<Call", '<Call instead="Wait."'),
  ].join("\n\n");

  test("a notebook with a write is refused without --allow-write: nothing is called", async () => {
    using folder = workFolder();
    await using peer = await startPeer({ dir: folder.file("peer") });
    folder.write("order.mdx", BODY);
    const { code, output } = await runCommand(folder.path, ["order.mdx", ...peerFlags(peer)]);
    assert.equal(code, 1, output);
    assert.match(
      output,
      /^order\.mdx:\d+:15: poolrpc\.Trader\.SubmitOrder is a write, and poold regtest is a real daemon: nothing was sent\. Add --allow-write/m,
    );
    assert.equal(peer.calls.length, 0);
  });

  test("with it each write is confirmed and told with its sats; what a daemon has no part in is passed over", async () => {
    using folder = workFolder();
    await using peer = await startPeer({ dir: folder.file("peer") });
    folder.write("order.mdx", BODY);
    const args = ["order.mdx", "--allow-write", "--profile", "Poold Regtest", "--junit", "junit.xml"];
    const { code, output } = await runCommand(folder.path, [...args, ...peerFlags(peer)]);
    assert.equal(code, 0, output);
    assert.match(
      output,
      /^ {2}write {7}poolrpc\.Trader\.SubmitOrder on poold regtest, bid\.details\.amt 1,000,000 sat, bid\.self_chan_balance 0 sat$/m,
    );
    assert.match(output, /passed over call-3/);
    assert.deepEqual(
      peer.calls.map(({ method }) => method),
      ["poolrpc.Trader.GetInfo", "poolrpc.Trader.SubmitOrder"],
    );
    assert.match(readFileSync(folder.file("junit.xml"), "utf8"), /<skipped message="passed over: Wait\."\/>/);
  });

  test("mainnet and --update need to be meant", async () => {
    using folder = workFolder();
    await using peer = await startPeer({ dir: folder.file("peer") });
    const flags = peerFlags(peer).map((each) => (each === "regtest" ? "mainnet" : each));
    folder.write("info.mdx", CALL("poolrpc.Trader.GetInfo"));
    for (const [args, says] of [
      [["--allow-write"], /is on mainnet, where writes spend bitcoin: add --mainnet/],
      [["--update"], /^--update keeps what a sandbox replies, and poold mainnet is a real daemon/],
    ] as const) {
      const { code, errors } = await runCommand(folder.path, ["info.mdx", ...args, ...flags]);
      assert.equal(code, 2);
      assert.match(errors, says);
    }
    assert.equal(peer.calls.length, 0);
  });
});
