import assert from "node:assert/strict";
import { createHash, X509Certificate } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { liveCallsOf } from "../../bin/steps/live-calls.ts";
import type { DoctorStage } from "../../lib/call/doctor.ts";
import config from "../../playground.config.ts";
import { bakeMacaroon, READ_PERMISSIONS } from "../../sandbox/macaroon/bake.ts";
import { createBridge } from "../../server/create-bridge.ts";
import { Doctor } from "../../server/doctor/doctor.ts";
import { createProfileStore, type ServedProfile } from "../../server/profiles/profile-store.ts";
import { startTestSandbox } from "../sandbox/trader-client.ts";
import { issueCertificate } from "../support/peer/certificate.ts";
import { type Peer, startPeer } from "../support/peer/start-peer.ts";
import { PEER_VERSION } from "../support/peer/trader.ts";
import { permissions, registry, safety } from "./support/api.ts";
import { peerAsSandbox, startPlaygroundWithPeer, temporaryFolder } from "./support/playground.ts";

const DAY = 86_400_000;
const LIVE = { live: liveCallsOf(config.apis) };

/** The daemon's stages by name. The auctioneer's are left out. */
async function examine(profile: ServedProfile): Promise<Record<string, DoctorStage>> {
  const profiles = createProfileStore([profile], { home: "/home/nobody" });
  const bridge = createBridge({ registry, permissions, safety, profiles, limits: { connectMs: 2_000 } });
  const stages: Record<string, DoctorStage> = {};
  for await (const stage of new Doctor(bridge, LIVE).examine(profile)) stages[stage.stage] ??= stage;
  bridge.pool.close();
  return stages;
}

function states(stages: Record<string, DoctorStage>): string {
  return Object.values(stages)
    .map(({ stage, state }) => `${stage} ${state}`)
    .join(", ");
}

const asDaemon = (peer: Peer, changes: Partial<ServedProfile["endpoints"][number]> = {}): ServedProfile => {
  const { endpoints, ...rest } = peerAsSandbox(peer);
  const [daemon] = endpoints;
  if (daemon === undefined) return assert.fail("no endpoint");
  return {
    ...rest,
    kind: "daemon",
    label: "poold",
    network: "signet",
    endpoints: [{ ...daemon, ...changes }],
  };
};

test("every stage is ok on the sandbox, of both its addresses", async () => {
  const running = await startTestSandbox();
  try {
    const profile = peerAsSandbox(running.sandbox);
    const stages = await examine(profile);
    assert.equal(
      states(stages),
      "tcp ok, tls ok, macaroon ok, permissions ok, version ok, network ok, host ok",
    );
    assert.match(stages.permissions?.sentence ?? "", /permits 30 of 30 methods, 14 of them writes/);
    assert.match(stages.host?.sentence ?? "", /^poold by itself/);
    assert.match(stages.network?.sentence ?? "", /^regtest, as the folder of its files is named/);
  } finally {
    await running.stop();
  }
});

describe("on the peer", () => {
  const withPeer = async (
    work: (peer: Peer, folder: string) => Promise<void>,
    options: Partial<Parameters<typeof startPeer>[0]> = {},
  ) => {
    using folder = temporaryFolder();
    await using peer = await startPeer({ dir: folder.path, ...options });
    await work(peer, folder.path);
  };

  test("a macaroon that does not say what it permits is a warning, and what it is good for the daemon says", () =>
    withPeer(async (peer) => {
      const stages = await examine(asDaemon(peer));
      assert.equal(
        states(stages),
        "tcp ok, tls warning, macaroon ok, permissions warning, version ok, network ok, host ok",
      );
      const facts = Object.fromEntries(stages.tls?.facts ?? []);
      assert.equal(facts["SHA-256"], new X509Certificate(readFileSync(peer.tlsCertPath)).fingerprint256);
      assert.match(facts["Valid until"] ?? "", /\(29 days left\)/);
      assert.match(facts.Names ?? "", /localhost, 127\.0\.0\.1/);
      assert.deepEqual(stages.version?.facts[0], ["Version", PEER_VERSION]);
      assert.equal(peer.calls.length, 1, "one call, and the probe that no handler knows");
    }));

  test("stopped: the address fails, the files are looked at all the same", () =>
    withPeer(async (peer) => {
      await peer.stop();
      const stages = await examine(asDaemon(peer));
      assert.equal(
        states(stages),
        "tcp failed, tls not-reached, macaroon ok, permissions warning, version not-reached, network ok, host not-reached",
      );
      assert.match(stages.tcp?.sentence ?? "", /Nothing listens there: start the daemon/);
    }));

  test("another certificate than the pinned one: both fingerprints, and no call", () =>
    withPeer(async (peer, folder) => {
      const path = join(folder, "other.cert");
      const other = issueCertificate().cert;
      writeFileSync(path, other);
      const stages = await examine(asDaemon(peer, { tlsCertPath: path }));
      assert.match(states(stages), /tls failed, macaroon ok, .*version not-reached/);
      const served = readFileSync(peer.tlsCertPath);
      for (const cert of [other, served]) {
        const { fingerprint256 } = new X509Certificate(cert);
        assert.ok(stages.tls?.sentence.includes(fingerprint256), stages.tls?.sentence);
      }
      assert.equal(peer.calls.length, 0);
    }));

  const wrong = [
    [
      "expired",
      { notBefore: new Date(Date.now() - 9 * DAY), notAfter: new Date(Date.now() - DAY) },
      /has expired/,
    ],
    ["of another name", { names: ["pool.example"] }, /does not name that host \(DNS:pool\.example\)/],
  ] as const;
  for (const [name, certificate, sentence] of wrong) {
    test(`a certificate that is ${name} fails`, () =>
      withPeer(
        async (peer) => {
          const stages = await examine(asDaemon(peer));
          assert.equal(stages.tls?.state, "failed");
          assert.match(stages.tls?.sentence ?? "", sentence);
          assert.equal(peer.calls.length, 0);
        },
        { certificate },
      ));
  }

  test("a port without TLS fails at TLS", () =>
    withPeer(
      async (peer) => {
        const stages = await examine(asDaemon(peer));
        assert.match(states(stages), /^tcp ok, tls failed/);
        assert.match(stages.tls?.sentence ?? "", /does not speak TLS/);
      },
      { plaintext: true },
    ));

  test("a certificate's file that is not there fails, with what to do", () =>
    withPeer(async (peer) => {
      rmSync(peer.tlsCertPath);
      const { tls } = await examine(asDaemon(peer));
      assert.match(tls?.sentence ?? "", /there is no such file\. Put the daemon's tls\.cert there/);
    }));

  test("a macaroon that is cut, or missing, fails, and no call is made", () =>
    withPeer(async (peer) => {
      writeFileSync(peer.macaroonPath, readFileSync(peer.macaroonPath).subarray(0, 30));
      const cut = await examine(asDaemon(peer));
      assert.match(states(cut), /macaroon failed, permissions not-reached, version not-reached/);
      assert.match(cut.macaroon?.sentence ?? "", /it holds no macaroon.*Put the daemon's own macaroon there/);
      rmSync(peer.macaroonPath);
      assert.match((await examine(asDaemon(peer))).macaroon?.sentence ?? "", /there is no such file/);
      assert.equal(peer.calls.length, 0);
    }));

  test("a read-only macaroon is told as one; one of another daemon fails at the first call", () =>
    withPeer(async (peer) => {
      const rootKey = createHash("sha256").update("another daemon's").digest();
      writeFileSync(peer.macaroonPath, bakeMacaroon(rootKey, READ_PERMISSIONS));
      const stages = await examine(asDaemon(peer));
      assert.match(stages.permissions?.sentence ?? "", /permits 16 of 30 methods, 0 of them writes/);
      assert.deepEqual(stages.permissions?.facts.at(-1), ["Lacks", "account:write, order:write"]);
      assert.equal(stages.version?.state, "failed");
      assert.match(
        stages.version?.sentence ?? "",
        /verification failed.*give the one that this very daemon made/,
      );
    }));

  test("a macaroon past its time fails, one that is nearly is a warning, one for nothing here fails", () =>
    withPeer(async (peer) => {
      const permissionsWith = async (...args: [Parameters<typeof bakeMacaroon>[1], string[]]) => {
        writeFileSync(peer.macaroonPath, bakeMacaroon(new Uint8Array(32), ...args));
        return (await examine(asDaemon(peer))).permissions;
      };
      const past = await permissionsWith(READ_PERMISSIONS, ["time-before 2020-01-01T00:00:00Z"]);
      assert.equal(past?.state, "failed");
      assert.match(past.sentence, /has expired \(time-before 2020-01-01T00:00:00Z\)\. Give one that has not/);
      const soon = `time-before ${new Date(Date.now() + 300_000).toISOString()}`;
      const nearly = await permissionsWith(READ_PERMISSIONS, [soon]);
      assert.equal(nearly?.state, "warning");
      assert.match(nearly.sentence, /ends in 5 min/);
      const other = await permissionsWith([{ entity: "offchain", actions: ["read"] }], []);
      assert.equal(other?.state, "failed");
      assert.match(other.sentence, /macaroon of something else/);
    }));

  test("a network that cannot be right is told: by the folder, and by the height", async () => {
    using folder = temporaryFolder();
    await using peer = await startPeer({ dir: join(folder.path, "testnet") });
    const byFolder = (await examine(asDaemon(peer))).network;
    assert.equal(byFolder?.state, "failed");
    assert.match(byFolder.sentence, /taken to be signet.*folder named testnet.*Give it the network testnet/);
    await withPeer(async (plain) => {
      const regtest = (await examine({ ...asDaemon(plain), network: "regtest" })).network;
      assert.equal(regtest?.state, "warning");
      assert.match(regtest.sentence, /block 812,345\. Make sure that this is not mainnet/);
      assert.equal((await examine({ ...asDaemon(plain), network: "mainnet" })).network?.state, "ok");
    });
  });
});

test("GET /api/doctor gives a stage a line, to a session alone, and holds no secret", async () => {
  await using playground = await startPlaygroundWithPeer(LIVE);
  const ask = (query: string, headers: Record<string, string>) =>
    fetch(`${playground.origin}/api/doctor${query}`, { headers: { "x-playground": "1", ...headers } });
  assert.equal((await ask("?profile=sandbox", {})).status, 401);
  assert.equal((await ask("?profile=other", { cookie: playground.cookie })).status, 404);
  const response = await ask("?profile=sandbox", { cookie: playground.cookie });
  assert.match(response.headers.get("content-type") ?? "", /^application\/x-ndjson/);
  const text = await response.text();
  const stages = text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as DoctorStage);
  assert.deepEqual(
    stages.map(({ stage }) => stage),
    [
      "tcp",
      "tls",
      "macaroon",
      "permissions",
      "version",
      "network",
      "host",
      "tcp",
      "tls",
      "macaroon",
      "permissions",
    ],
  );
  assert.equal(new Set(stages.map(({ address }) => address)).size, 2);
  assert.ok(!text.includes(readFileSync(playground.peer.macaroonPath).toString("hex")), text);
});
