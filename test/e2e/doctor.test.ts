import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { temporaryFolder } from "../server/support/playground.ts";
import { startPeer } from "../support/peer/start-peer.ts";
import { ROOT } from "../support/start-site.ts";

/** `npm run doctor` with an empty home folder, unless one is given. */
function runDoctor(args: readonly string[], home: string): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, ["bin/with-packages.mjs", "bin/doctor.ts", ...args], {
    cwd: ROOT,
    env: { ...process.env, HOME: home, INIT_CWD: home },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const add = (chunk: Buffer) => {
    output += chunk;
  };
  child.stdout.on("data", add);
  child.stderr.on("data", add);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, output }));
  });
}

test("npm run doctor says what it finds in words and as JSON, and its code says whether something failed", async () => {
  using folder = temporaryFolder();
  await using peer = await startPeer({ dir: join(folder.path, ".pool", "signet") });
  const flags = ["--poold", `localhost:${peer.port}`, "--network", "signet"];

  const sound = await runDoctor(flags, folder.path);
  assert.equal(sound.code, 0, sound.output);
  assert.match(sound.output, /^poold signet, signet, localhost:\d+$/m);
  for (const line of [/ok +Address/, /warning +TLS/, /warning +Permissions/, /ok +Version/, /ok +Daemon/]) {
    assert.match(sound.output, line);
  }
  assert.ok(!sound.output.includes("\u001b"), "no colour");

  const json = await runDoctor([...flags, "--json"], folder.path);
  assert.equal(json.code, 0, json.output);
  const { profiles } = JSON.parse(json.output) as { profiles: { stages: { stage: string }[] }[] };
  assert.deepEqual(
    profiles[0]?.stages.map(({ stage }) => stage),
    ["tcp", "tls", "macaroon", "permissions", "version", "network", "host"],
  );

  await peer.stop();
  const stopped = await runDoctor(flags, folder.path);
  assert.equal(stopped.code, 1, stopped.output);
  assert.match(stopped.output, /failed +Address +.*Nothing listens there: start the daemon/);

  writeFileSync(peer.macaroonPath, "cut");
  const leftOut = await runDoctor([], folder.path);
  assert.equal(leftOut.code, 1, leftOut.output);
  assert.match(leftOut.output, /~\/\.pool\/signet\/pool\.macaroon cannot be used/);

  rmSync(join(folder.path, ".pool"), { recursive: true });
  const profile = { label: "Ada", network: "signet", address: "localhost:1", tlsCert: "c", macaroon: "m" };
  writeFileSync(join(folder.path, "playground.profiles.json"), JSON.stringify([profile]));
  const ofFile = await runDoctor([], folder.path);
  assert.equal(ofFile.code, 1, ofFile.output);
  assert.match(ofFile.output, /^Ada, signet, localhost:1$/m);
  assert.match(ofFile.output, /failed +Macaroon +.*~\/m cannot be used: there is no such file/);
  rmSync(join(folder.path, "playground.profiles.json"));
  const none = await runDoctor(["--json"], folder.path);
  assert.equal(none.code, 1, none.output);
  assert.match(none.output, /There is no daemon/);
  const wrong = await runDoctor(["--nonsense"], folder.path);
  assert.equal(wrong.code, 2, wrong.output);
});
