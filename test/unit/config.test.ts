import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ConfigError, resolveConfig } from "../../bin/steps/load-config.ts";
import type { PlaygroundConfig } from "../../lib/reference/api-config.ts";
import { readConfig, resolveApi } from "../../lib/reference/check-config.ts";
import { checkConfigNames } from "../../lib/reference/check-config-names.ts";
import config from "../../playground.config.ts";
import { loadPoolApi, ROOT } from "../support/pool-api.ts";

const { registry } = await loadPoolApi();

/** An API that needs no other file than Pool's, so that each case changes one thing. */
const SECOND = { id: "second", title: "Second", protoRoot: "proto", files: ["auctioneerrpc/hashmail.proto"] };
const FIRST = {
  id: "first",
  title: "First",
  protoRoot: "proto",
  files: ["poolrpc/trader.proto", "auctioneerrpc/auctioneer.proto"],
  daemon: {
    program: "firstd",
    port: 9000,
    files: { folder: "~/.first", tlsCert: "tls.cert", macaroon: "first.macaroon" },
  },
  services: { daemon: ["poolrpc.Trader"] },
};

/** Everything that is said of a config, in the order of its stages: shape, files, names. */
function mistakesOf(value: unknown): readonly string[] {
  const reading = readConfig(value);
  if (reading.kind === "mistakes") return reading.mistakes;
  try {
    const resolved = resolveConfig(ROOT, reading.config);
    return checkConfigNames(
      resolved,
      resolved.apis.map((api) => ({
        api,
        services: api.files.flatMap((path) => registry.getFile(path)?.services ?? []),
      })),
    );
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes;
    throw error;
  }
}

const withFirst = (change: object, more: object = {}) => ({ apis: [{ ...FIRST, ...change }], ...more });
const SANDBOX = { daemon: ["poolrpc.Trader"], auctioneer: [] };
const withScenario = (change: object) =>
  withFirst(
    {},
    {
      sandbox: {
        ...SANDBOX,
        scenario: {
          method: "poolrpc.Trader.InitAccount",
          name: "initiator",
          seed: "account_value",
          ...change,
        },
      },
    },
  );
const withSecond = (change: object) => ({ apis: [FIRST, { ...SECOND, ...change }] });

test("the site's own config is right, as are the smallest one and one of two APIs", () => {
  for (const value of [config, { apis: [SECOND] }, { apis: [FIRST, SECOND] }])
    assert.deepEqual(mistakesOf(value), []);
});

describe("a mistake in the config is one sentence that says where, what, and what to do", () => {
  const cases: readonly { readonly name: string; readonly value: unknown; readonly says: string }[] = [
    {
      name: "no object",
      value: "pool",
      says: 'config is the text "pool"; give an object with apis, sandbox.',
    },
    { name: "no API", value: { apis: [] }, says: "apis is empty; name at least one." },
    {
      name: "an unknown key of the site",
      value: { apis: [FIRST], apps: [] },
      says: "apps is no setting; did you mean apis?",
    },
    {
      name: "an unknown key near a known one",
      value: withFirst({ grups: [] }),
      says: "apis[0].grups is no setting; did you mean groups?",
    },
    {
      name: "an unknown key near none",
      value: withFirst({ daemon: { ...FIRST.daemon, colour: "red" } }),
      says: "apis[0].daemon.colour is no setting; there are program, port, files, restPort.",
    },
    {
      name: "a missing key",
      value: { apis: [{ id: "first", protoRoot: "proto" }] },
      says: "apis[0].title is missing; it is needed.",
    },
    {
      name: "a text where a number belongs",
      value: withFirst({ daemon: { ...FIRST.daemon, port: "9000" } }),
      says: 'apis[0].daemon.port is the text "9000"; give a number from 1 to 65535.',
    },
    {
      name: "a port that is none",
      value: withFirst({ daemon: { ...FIRST.daemon, port: 65_536 } }),
      says: "apis[0].daemon.port is 65536; give a number from 1 to 65535.",
    },
    {
      name: "a text where a list belongs",
      value: withFirst({ files: "trader.proto" }),
      says: 'apis[0].files is the text "trader.proto"; give a list.',
    },
    {
      name: "an id that cannot be a file name",
      value: withFirst({ id: "First API" }),
      says: 'apis[0].id is "First API"; give small letters, digits and dashes, such as lnd.',
    },
    {
      name: "a path of two segments",
      value: withFirst({ path: "a/b" }),
      says: 'apis[0].path is "a/b"; give one segment of an address, such as lnd, or "".',
    },
    {
      name: "two APIs with one id",
      value: withSecond({ id: "first", path: "b" }),
      says: "apis[1].id is first, which is apis[0] already; give each API its own.",
    },
    {
      name: "two APIs with one path",
      value: withSecond({ path: "first" }),
      says: 'apis[1].path is "first", where the pages of apis[0] are; give it another path.',
    },
    {
      name: "a placeholder that is none",
      value: withFirst({ upstreamLink: "{repository}/blob/{comit}/{path}#L{line}" }),
      says: "apis[0].upstreamLink has the placeholder {comit}; did you mean commit?",
    },
    {
      name: "a link that is the same for every file",
      value: withFirst({ upstreamLink: "{repository}#L{line}" }),
      says: "apis[0].upstreamLink has no {path}, so every link would lead to the same page; add it.",
    },
    {
      name: "a link without https",
      value: withFirst({ upstreamLink: "http://example.test/{path}" }),
      says: "apis[0].upstreamLink does not begin with https:// or {repository}; begin it so.",
    },
    {
      name: "a service twice in one list",
      value: withFirst({ services: { daemon: ["poolrpc.Trader", "poolrpc.Trader"] } }),
      says: "apis[0].services.daemon[1] names poolrpc.Trader a second time; take one out.",
    },
    {
      name: "a service in two APIs",
      value: withSecond({ daemon: FIRST.daemon, services: FIRST.services }),
      says: "apis[1].services.daemon[0] names poolrpc.Trader, which apis[0].services.daemon[0] has already; take one out.",
    },
    {
      name: "a daemon with two ports",
      value: withSecond({ daemon: { ...FIRST.daemon, port: 9001 } }),
      says: "apis[1].daemon is firstd as in apis[0].daemon, with another port or other files; make them the same.",
    },
    {
      name: "a daemon named after a flag",
      value: withFirst({ daemon: { ...FIRST.daemon, program: "network" } }),
      says: "apis[0].daemon has the program network, which is a flag of npm start itself; use another name.",
    },
    {
      name: "services without a daemon",
      value: withSecond({ services: { daemon: ["poolrpc.HashMail"] } }),
      says: "apis[1].services names services, but no daemon is said to serve them; add daemon.",
    },
    {
      name: "a sandbox with a service on both ports",
      value: withFirst({}, { sandbox: { daemon: ["poolrpc.Trader"], auctioneer: ["poolrpc.Trader"] } }),
      says: "sandbox names poolrpc.Trader for both of its ports; take one out.",
    },
    {
      name: "a scenario without a seed",
      value: withFirst({}, { sandbox: { ...SANDBOX, scenario: { method: "a.B.C", name: "name" } } }),
      says: "sandbox.scenario.seed is missing; it is needed.",
    },
    {
      name: "a scenario's method that the sandbox does not serve",
      value: withScenario({ method: "poolrpc.Trader.InitAcount" }),
      says: "sandbox.scenario.method names poolrpc.Trader.InitAcount, which is no method of the sandbox's services; did you mean poolrpc.Trader.InitAccount?",
    },
    {
      name: "a scenario's field that is no text",
      value: withScenario({ name: "account_expiry" }),
      says: "sandbox.scenario.name names account_expiry, which is no string field of poolrpc.InitAccountRequest; there is initiator.",
    },
    {
      name: "a proto root that is not there",
      value: withSecond({ protoRoot: "protos" }),
      says: "apis[1].protoRoot is protos, and there is no such folder; name the one that imports begin at.",
    },
    {
      name: "a proto that is not there",
      value: withSecond({ files: ["auctioneerrpc/hashmial.proto"] }),
      says: "apis[1].files[0] names auctioneerrpc/hashmial.proto, and there is no proto/auctioneerrpc/hashmial.proto; did you mean auctioneerrpc/hashmail.proto?",
    },
    {
      name: "a file of facts that is not there",
      value: withFirst({ permissions: "proto/gone.yaml" }),
      says: "apis[0].permissions is proto/gone.yaml, and there is no such file; write it, or take permissions out.",
    },
    {
      name: "a group with a method that is not there",
      value: withFirst({ groups: [{ title: "All", methods: ["poolrpc.Trader.GetInfos"] }] }),
      says: "apis[0].groups[0].methods[0] (All) names poolrpc.Trader.GetInfos, which is no method of the documented files; did you mean poolrpc.Trader.GetInfo?",
    },
    {
      name: "a method in two groups",
      value: withFirst({
        groups: [
          { title: "One", methods: ["poolrpc.Trader.GetInfo"] },
          { title: "Two", methods: ["poolrpc.Trader.GetInfo"] },
        ],
      }),
      says: "apis[0].groups[1].methods[0] (Two) names poolrpc.Trader.GetInfo, which the group One has already; take one out.",
    },
    {
      name: "a service that is not there",
      value: withFirst({ services: { daemon: ["poolrpc.Traders"] } }),
      says: "apis[0].services.daemon[0] names poolrpc.Traders, which is no service of the documented files; did you mean poolrpc.Trader?",
    },
    {
      name: "a service that both document",
      value: withSecond({ files: ["poolrpc/trader.proto"] }),
      says: "apis[1].files have the service poolrpc.Trader, which those of apis[0] have too; document it in one API.",
    },
    {
      name: "a live method that is not there",
      value: withFirst({ live: { method: "poolrpc.Trader.Info" } }),
      says: "apis[0].live.method names poolrpc.Trader.Info, which is no method of the documented files; did you mean poolrpc.Trader.GetInfo?",
    },
    {
      name: "a live method that streams",
      value: withFirst({ live: { method: "poolrpc.ChannelAuctioneer.SubscribeSidecar" } }),
      says: "apis[0].live.method names poolrpc.ChannelAuctioneer.SubscribeSidecar, which streams; name a method with one request and one reply.",
    },
    {
      name: "a live field that is not there",
      value: withFirst({ live: { method: "poolrpc.Trader.GetInfo", height: "block_height" } }),
      says: "apis[0].live.height names block_height, which is no field of poolrpc.GetInfoResponse; did you mean current_block_height?",
    },
    {
      name: "a service of the sandbox that no API has",
      value: withFirst({}, { sandbox: { daemon: ["poolrpc.HashMial"], auctioneer: [] } }),
      says: "sandbox.daemon[0] names poolrpc.HashMial, which is no service of the APIs; there are poolrpc.Trader, poolrpc.ChannelAuctioneer.",
    },
  ];
  for (const { name, value, says } of cases) {
    test(name, () => assert.deepEqual(mistakesOf(value), [says]));
  }
});

test("all mistakes of a stage are said at once", () => {
  const value = {
    apis: [
      { ...FIRST, grups: [], port: 1 },
      { ...SECOND, id: "" },
    ],
  };
  assert.equal(mistakesOf(value).length, 3);
  const files = {
    apis: [
      { ...FIRST, safety: "a.yaml" },
      { ...SECOND, protoRoot: "b" },
    ],
  };
  assert.equal(mistakesOf(files).length, 2);
  const groups = [{ title: "All", methods: ["a.B.C", "a.B.D"] }];
  assert.equal(mistakesOf(withFirst({ groups, live: { method: "a.B.C" } })).length, 3);
});

test("what is left out is filled in: path, files, link, services and groups", () => {
  const { apis } = resolveConfig(ROOT, {
    apis: [{ id: "shop", title: "Shop", protoRoot: "test/fixtures/shop" }],
  });
  assert.deepEqual(apis[0], {
    id: "shop",
    title: "Shop",
    protoRoot: "test/fixtures/shop",
    path: "shop",
    files: ["shop.proto"],
    upstreamLink: "{repository}/blob/{commit}/{path}#L{line}",
    services: { daemon: [], auctioneer: [] },
    groups: [],
  });
  const own: PlaygroundConfig = config;
  assert.equal(resolveApi(own.apis[0], []).path, "", "the pages of the site's own API are at /reference");
});
