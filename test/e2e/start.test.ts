import assert from "node:assert/strict";
import { cp, mkdir, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { temporaryFolder } from "../server/support/playground.ts";
import { startPeer } from "../support/peer/start-peer.ts";
import { runStart, startSite } from "../support/start-site.ts";

test("Ctrl+C stops the site and the sandbox, with exit code 0", async () => {
  const site = await startSite();
  const sandboxPort = Number(/sandbox\s.*?localhost:(\d+)/i.exec(site.output())?.[1]);
  assert.equal(await answers(sandboxPort), true);
  assert.equal(await site.stop(), 0);
  assert.equal(await answers(Number(new URL(site.url).port)), false);
  assert.equal(await answers(sandboxPort), false);
});

test("a second start re-uses what is current", async () => {
  await using site = await startSite();
  assert.match(site.output(), /current/);
  assert.doesNotMatch(site.output(), /npm ci/);
});

test("daemons under ~/.pool and those of playground.profiles.json are offered; the page then needs the token", async () => {
  using folders = temporaryFolder();
  const home = join(folders.path, "home");
  await using peer = await startPeer({ dir: join(folders.path, "peer") });
  await mkdir(join(home, ".pool/testnet"), { recursive: true });
  await cp(peer.tlsCertPath, join(home, ".pool/testnet/tls.cert"));
  await cp(peer.macaroonPath, join(home, ".pool/testnet/pool.macaroon"));
  const { tlsCertPath: tlsCert, macaroonPath: macaroon } = peer;
  const profile = { label: "Ada", network: "signet", address: `localhost:${peer.port}`, tlsCert, macaroon };
  await writeFile(join(home, "playground.profiles.json"), JSON.stringify([profile]));
  await using site = await startSite({ home });
  assert.match(site.output(), /testnet/);
  assert.match(site.output(), /daemon\s+localhost:\d+ {2}\(Ada, signet, read-only/);
  assert.doesNotMatch(site.output(), /sandbox\s+localhost:12010\b/, "the daemon's port is left to it");
  const token = new URLSearchParams(new URL(site.url).hash.slice(1)).get("token");
  assert.ok(token !== null && token.length >= 32, "token !== null && token.length >= 32");
  const session = await fetch(`${site.origin}/api/session`, {
    method: "POST",
    headers: { origin: site.origin, "content-type": "application/json" },
    body: JSON.stringify({ token }),
  });
  const cookie = session.headers.get("set-cookie")?.split(";")[0] ?? "";
  const list = await fetch(`${site.origin}/api/profiles`, { headers: { cookie, "x-playground": "1" } });
  const { profiles } = (await list.json()) as { profiles: { network: string; kind: string }[] };
  assert.deepEqual(profiles.map(({ kind, network }) => [kind, network]).sort(), [
    ["daemon", "signet"],
    ["daemon", "testnet"],
    ["sandbox", "regtest"],
  ]);
});

/** Flags, and what the one sentence must name. `F` stands for a folder with a good certificate and macaroon. */
const MISTAKES: readonly (readonly [name: string, args: readonly string[], sentence: RegExp])[] = [
  ["unknown flag", ["--pool", "x"], /--pool/],
  ["no port", ["--port", "abc"], /--port abc/],
  ["an open host without a token", ["--host", "0.0.0.0"], /--host.*--access-token/],
  [
    "an address without a port",
    ["--poold", "localhost", "--tlscert", "F/tls.cert", "--macaroon", "F/pool.macaroon"],
    /--poold/,
  ],
  [
    "no certificate",
    ["--poold", "localhost:1", "--tlscert", "F/none.cert", "--macaroon", "F/pool.macaroon"],
    /--tlscert.*none\.cert/,
  ],
  [
    "a file that is no certificate",
    ["--poold", "localhost:1", "--tlscert", "F/text", "--macaroon", "F/pool.macaroon"],
    /--tlscert.*text/,
  ],
  [
    "no macaroon",
    ["--poold", "localhost:1", "--tlscert", "F/tls.cert", "--macaroon", "F/none.macaroon"],
    /--macaroon.*none\.macaroon/,
  ],
  [
    "a file that is no macaroon",
    ["--poold", "localhost:1", "--tlscert", "F/tls.cert", "--macaroon", "F/text"],
    /--macaroon.*text/,
  ],
  [
    "an unknown network",
    [
      "--poold",
      "localhost:1",
      "--tlscert",
      "F/tls.cert",
      "--macaroon",
      "F/pool.macaroon",
      "--network",
      "moon",
    ],
    /--network.*moon/,
  ],
  ["no file of profiles", ["--profiles", "F/none.json"], /--profiles.*none\.json.*no such file/],
  ["a file of no profiles", ["--profiles", "F/list.json"], /list\.json:1: A profile must be/],
  ["a collection for profiles", ["--profiles", "F/text", "--collection", "F/text"], /--collection.*text/],
  ["a certificate without a daemon", ["--tlscert", "F/tls.cert"], /--poold/],
];

test("a wrong flag or file: one sentence, exit code 2, nothing started", async (t) => {
  using own = temporaryFolder();
  const folder = own.path;
  await using peer = await startPeer({ dir: folder });
  await writeFile(join(folder, "list.json"), "[7]");
  await writeFile(join(folder, "text"), "neither a certificate nor a macaroon\n");
  for (const [name, args, sentence] of MISTAKES) {
    await t.test(name, async () => {
      const child = runStart(
        args.map((arg) => arg.replace(/^F\//, `${folder}/`)),
        folder,
      );
      let output = "";
      child.stdout?.on("data", (chunk) => (output += chunk));
      child.stderr?.on("data", (chunk) => (output += chunk));
      const code = await new Promise((resolve) => child.once("close", resolve));
      assert.equal(code, 2, output);
      assert.match(output, sentence);
      assert.equal(output.trim().split("\n").length, 1, output);
    });
  }
  assert.equal(peer.calls.length, 0);
});

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
