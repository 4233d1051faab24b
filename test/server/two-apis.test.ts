import assert from "node:assert/strict";
import { test } from "node:test";
import { generate } from "../../bin/steps/generate.ts";
import { liveCallsOf } from "../../bin/steps/live-calls.ts";
import { loadConfig } from "../../bin/steps/load-config.ts";
import { readApi } from "../../bin/steps/read-api.ts";
import type { LiveStatus } from "../../lib/call/live-status.ts";
import { daemonsOf } from "../../server/profiles/daemon-defaults.ts";
import { discoverDaemons } from "../../server/profiles/discover.ts";
import { flaggedDaemons, readProfileFlags } from "../../server/profiles/profile-flags.ts";
import type { ServedProfile } from "../../server/profiles/profile-store.ts";
import { startPeer } from "../support/peer/start-peer.ts";
import { twoApis } from "../support/two-apis.ts";
import { callWeb } from "./support/grpc-web.ts";
import { peerAsDaemon, startPlayground, temporaryFolder } from "./support/playground.ts";
import { reply, startRawPeer } from "./support/raw-peer.ts";

const site = twoApis();
test.after(() => site[Symbol.dispose]());
await generate({ root: site.root });
const config = await loadConfig(site.root);
const api = await readApi(site.root, config.apis);
const daemons = daemonsOf(config.apis);

/** The profile of a daemon that serves the shop alone. */
function shopAt(port: number, files: ServedProfile): ServedProfile {
  const endpoints = files.endpoints.slice(0, 1).map((endpoint) => ({
    ...endpoint,
    address: { host: "localhost", port },
    services: ["shop.v1.Shop"],
  }));
  return { ...files, id: "shopd", label: "shopd", endpoints };
}

test("the bridge knows the services of both APIs, and the permissions of each", () => {
  assert.equal(api.registry.getService("poolrpc.Trader")?.methods.length, 30);
  assert.equal(api.registry.getService("shop.v1.Shop")?.methods.length, 3);
  assert.deepEqual(api.permissions.get("shop.v1.Shop.ListOrders"), []);
  assert.deepEqual(api.permissions.get("poolrpc.Trader.StopDaemon"), ["account:write"]);
});

test("calls go to the daemon that serves them, of either API, and a write of either is locked", async () => {
  using folder = temporaryFolder();
  await using pool = await startPeer({ dir: folder.path });
  await using shop = await startRawPeer((stream) =>
    reply(stream, [Buffer.from([0, 0, 0, 0, 2, 0x0a, 0x00])]),
  );
  const poold = peerAsDaemon(pool);
  const shopd = shopAt(shop.port, { ...shop.profile, kind: "daemon" });
  await using playground = await startPlayground([poold, shopd], { ...api, live: liveCallsOf(config.apis) });
  const call = (method: string, profile: string) =>
    callWeb(playground, method, new Uint8Array(), { "x-playground-profile": profile });

  assert.equal((await call("poolrpc.Trader.GetInfo", "poold")).code, 0);
  const orders = await call("shop.v1.Shop.ListOrders", "shopd");
  assert.deepEqual([orders.code, orders.messages.length], [0, 1]);
  assert.equal(shop.streams.at(-1)?.headers[":path"], "/shop.v1.Shop/ListOrders");

  const locked = await call("shop.v1.Shop.Buy", "shopd");
  assert.equal(locked.reason, "write-refused", locked.message);
  const elsewhere = await call("shop.v1.Shop.ListOrders", "poold");
  assert.equal(elsewhere.reason, "service-not-served", elsewhere.message);

  const live = async (profile: string) => {
    const response = await fetch(`${playground.origin}/api/live?profile=${profile}`, {
      headers: { cookie: playground.cookie, "x-playground": "1" },
    });
    return (await response.json()) as LiveStatus;
  };
  assert.equal((await live("poold")).kind, "up");
  assert.equal((await live("shopd")).kind, "down", "no call tells of the shop whether it is alive");
});

test("the daemon of each API is named by its own flags, the first one's without a prefix", () => {
  const [poold, shopd] = flaggedDaemons(daemons);
  assert.ok(poold !== undefined && shopd !== undefined, "there are two daemons");
  assert.deepEqual([poold.prefix, shopd.prefix], ["", "shopd-"]);
  const context = { home: "/nowhere", cwd: "/nowhere" };
  const files = {
    readFile: () => {
      throw Object.assign(new Error("ENOENT"), { code: "ENOENT" });
    },
  };
  const reading = (flags: object) => {
    const read = readProfileFlags(flags, files, context, shopd);
    return read.kind === "error" ? read.message : read.kind;
  };
  assert.equal(
    reading({ macaroon: "a" }),
    "--shopd-macaroon says nothing without --shopd: add --shopd host:port, such as --shopd localhost:9000.",
  );
  assert.match(reading({ address: "x" }), /^--shopd: "x" is not host:port/);
  assert.match(reading({ address: "x:1", network: "moon" }), /^--shopd-network: "moon" is not a network/);
  assert.match(reading({ address: "x:1" }), /^--shopd-tlscert: \S+ cannot be used/);
});

test("two APIs of one program have one daemon, which serves both", () => {
  const [first, second] = config.apis;
  assert.ok(first?.daemon !== undefined && second !== undefined, "there are two APIs");
  const merged = daemonsOf([first, { ...second, daemon: first.daemon }]);
  assert.deepEqual(
    merged.map(({ services }) => services.daemon),
    [["poolrpc.Trader", "shop.v1.Shop"]],
  );
  assert.deepEqual(discoverDaemons({ home: "/nowhere", daemons: merged }).profiles, []);
});
