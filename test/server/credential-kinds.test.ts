import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { certificateProblem, diskReader, macaroonProblem } from "../../server/profiles/credential-files.ts";
import { callWeb } from "./support/grpc-web.ts";
import { startPlaygroundWithPeer, temporaryFolder } from "./support/playground.ts";

test("a pipe in place of a credential holds nobody up, and a link to a file is as good as the file", async () => {
  await using playground = await startPlaygroundWithPeer();
  const ask = async () => {
    const { code, reason } = await callWeb(playground, "poolrpc.Trader.GetInfo");
    return [code, reason];
  };
  for (const [path, expected] of [
    [playground.peer.tlsCertPath, [14, "tls-unreadable"]],
    [playground.peer.macaroonPath, [16, "macaroon-unreadable"]],
  ] as const) {
    const kept = `${path}.kept`;
    renameSync(path, kept);
    execFileSync("mkfifo", [path]);
    assert.deepEqual(await ask(), expected);
    rmSync(path);
    symlinkSync("/dev/zero", path);
    assert.deepEqual(await ask(), expected);
    rmSync(path);
    symlinkSync(kept, path);
    assert.deepEqual(await ask(), [0, null]);
    rmSync(path);
    copyFileSync(kept, path);
  }
  assert.deepEqual(await ask(), [0, null]);
});

test("what is no file, or far too large, is said in a sentence when the server starts", () => {
  using folder = temporaryFolder();
  const pipe = join(folder.path, "pipe");
  execFileSync("mkfifo", [pipe]);
  const large = join(folder.path, "large");
  writeFileSync(large, "");
  truncateSync(large, 8 * 2 ** 30);
  for (const problem of [certificateProblem, macaroonProblem]) {
    assert.equal(problem(pipe, diskReader), "it is a pipe or a device, not a file");
    assert.equal(problem(large, diskReader), "it is larger than 1 MiB");
    assert.equal(problem(folder.path, diskReader), "it is a folder");
  }
});
