import assert from "node:assert/strict";
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import config from "../../playground.config.ts";
import { daemonsOf } from "../../server/profiles/daemon-defaults.ts";
import { openProfiles } from "../../server/profiles/open-profiles.ts";
import { parseProfiles } from "../../server/profiles/parse-profiles.ts";
import type { ProfileFlags } from "../../server/profiles/profile-flags.ts";
import { isSameFile, readProfilesFile } from "../../server/profiles/profiles-file.ts";
import { issueCertificate } from "../support/peer/certificate.ts";
import { startPeer } from "../support/peer/start-peer.ts";
import { callWeb } from "./support/grpc-web.ts";
import { peerAsSandbox, startPlayground, temporaryFolder } from "./support/playground.ts";
import { canaryMacaroon } from "./support/recording-servers.ts";

const daemons = daemonsOf(config.apis);
const [daemon] = daemons;
assert.ok(daemon, "the config names a daemon");

const NAME = "playground.profiles.json";
const GOOD = {
  label: "Ada's node",
  network: "regtest",
  address: "localhost:12010",
  tlsCert: "tls.cert",
  macaroon: "read.macaroon",
};

const parse = (text: string) =>
  parseProfiles(text, NAME, "/work", { home: "/home/ada", cwd: "/work", daemons });

/** The one profile of a file that has it alone. */
function parseOne(profile: object) {
  const reading = parse(JSON.stringify([profile]));
  assert.ok(reading.kind === "profiles", JSON.stringify(reading));
  const [first] = reading.profiles;
  assert.ok(first !== undefined, "there is one profile");
  return first;
}

describe("a file with profiles", () => {
  test("where REST is: beside the usual port of gRPC, where the profile says it, else unknown", () => {
    const restOf = (profile: object) => parseOne({ ...GOOD, ...profile }).endpoints[0]?.rest;
    assert.deepEqual(restOf({}), { host: "localhost", port: 8281 });
    assert.deepEqual(restOf({ rest: "proxy.example:443" }), { host: "proxy.example", port: 443 });
    assert.equal(restOf({ address: "localhost:22010" }), undefined);
    const wrong = parse(JSON.stringify([{ ...GOOD, rest: "https://localhost" }]));
    assert.ok(wrong.kind === "mistakes", "a URL is not host:port");
    assert.match(wrong.mistakes[0] ?? "", /rest: "https:\/\/localhost" is not host:port/);
  });

  test("comments, trailing commas and a byte order mark are fine; paths are of the file's folder or of home", () => {
    const reading = parse(`[
      // Mine.
      {
        "label": " Ada's node ", "network": "regtest", "address": "[::1]:12010",
        "tlsCert": "certs/tls.cert", "macaroon": "~/keys/read.macaroon", /* reads only */
        "auctioneer": {"address": "auction.example:12009"},
      },
    ]`);
    assert.ok(reading.kind === "profiles", JSON.stringify(reading));
    const [profile] = reading.profiles;
    assert.deepEqual([profile?.label, profile?.kind, profile?.network], ["Ada's node", "daemon", "regtest"]);
    assert.deepEqual(profile?.endpoints, [
      {
        address: { host: "::1", port: 12010 },
        rest: { host: "::1", port: 8281 },
        services: daemon.services.daemon,
        tlsCertPath: "/work/certs/tls.cert",
        macaroonPath: "/home/ada/keys/read.macaroon",
      },
      {
        address: { host: "auction.example", port: 12009 },
        services: daemon.services.auctioneer,
        tlsCertPath: "/work/certs/tls.cert",
        macaroonPath: null,
      },
    ]);
  });

  test("an auctioneer may have files of its own; what the daemon's address serves is not asked of it", () => {
    const { endpoints } = parseOne({
      ...GOOD,
      services: ["poolrpc.Trader", "poolrpc.HashMail"],
      auctioneer: { address: "a:1", tlsCert: "/etc/a.cert", macaroon: "a.macaroon" },
    });
    assert.deepEqual(endpoints[0]?.services, ["poolrpc.Trader", "poolrpc.HashMail"]);
    assert.deepEqual(endpoints[1], {
      address: { host: "a", port: 1 },
      services: ["poolrpc.ChannelAuctioneer"],
      tlsCertPath: "/etc/a.cert",
      macaroonPath: "/work/a.macaroon",
    });
  });

  test("an id is the label's alone, and may stand in a header", () => {
    const { id } = parseOne(GOOD);
    assert.equal(id, parseOne({ ...GOOD, address: "b:2", network: "signet", macaroon: "other" }).id);
    assert.notEqual(id, parseOne({ ...GOOD, label: "Ada s node" }).id);
    for (const label of ["Ada's node", "Узел", "--"]) {
      assert.match(parseOne({ ...GOOD, label }).id, /^file-[a-z0-9-]+$/);
    }
  });

  test("no profiles are no mistake", () => {
    assert.deepEqual(parse("[]"), { kind: "profiles", profiles: [] });
  });
});

const one = (changes: object) => JSON.stringify([{ ...GOOD, ...changes }]);
const MACAROON = canaryMacaroon();

/** What is in the file, and the sentence about it. */
const MISTAKES: readonly (readonly [name: string, text: string, sentence: RegExp])[] = [
  ["nothing", "", /^playground\.profiles\.json:1: The file is one list of profiles: write \[ … \]\./],
  ["an object", "{}", /:1: The file must be a list, and this is an object; write \[ … \]\./],
  ["no JSON", '[\n{"label" "x"}]', /:2: A colon is missing/],
  ["no end", "[", /:1: A closing \] is missing\./],
  ["two values", "[] []", /:1: The file is one list/],
  ["a deep one", "[".repeat(200), /:1: The file is one list/],
  ["a text for a profile", '["x"]', /:1: A profile must be an object, and this is a text; write \{ … \}\./],
  [
    "an unknown key",
    '[{\n"label":"x","network":"regtest","address":"a:1","tlsCert":"t","macaroon":"m",\n"tlscert":"x"}]',
    /:3: A profile has no key "tlscert"; it may have label, network, address, tlsCert, macaroon, auctioneer, services, rest\./,
  ],
  [
    "a key too few",
    "[\n\n{}]",
    /:3: A profile lacks label, network, address, tlsCert, macaroon; add "label": …, .*\./,
  ],
  ["a key twice", '[{"label": "x",\n"label": "y"}]', /:2: label is here twice; take one of them out\./],
  ["a number for a text", one({ label: 7 }), /:1: label must be a text, and this is a number; write it/],
  ["null", one({ macaroon: null }), /:1: macaroon must be a text, and this is null;/],
  ["an empty label", one({ label: " " }), /label: write a name of 1 to 60 characters/],
  ["a long label", one({ label: "x".repeat(61) }), /label: write a name of 1 to 60 characters/],
  ["a label that is not what it looks like", one({ label: "a\u202Eb" }), /label: write a name .* seen/],
  ["the sandbox's label", one({ label: "sandbox" }), /"sandbox" is the name of the sandbox/],
  [
    "a label twice",
    `[${JSON.stringify(GOOD)},\n${JSON.stringify({ ...GOOD, label: "ADA'S NODE" })}]`,
    /:2: label: "ADA'S NODE" is the profile of line 1 already; give each profile a label of its own\./,
  ],
  ["an unknown network", one({ network: "moon" }), /"moon" is not a network; write one of mainnet, testnet/],
  [
    "mainnet's files under another name",
    one({ macaroon: "~/.pool/mainnet/pool.macaroon" }),
    /network: this says regtest, but the files are in a folder named mainnet; write "mainnet"/,
  ],
  ...["localhost", "https://localhost:1", "localhost:0", "a:65536", "unix:/tmp/x", "u@a:1", ""].map(
    (address) =>
      [`the address ${address}`, one({ address }), /:1: address: ".*" is not host:port; write the/] as const,
  ),
  ["an empty path", one({ tlsCert: "" }), /tlsCert: this is not a path/],
  ["a path with a line feed", one({ macaroon: "a\nb" }), /macaroon: this is not a path/],
  ["a macaroon for its path", one({ macaroon: MACAROON.toString("hex") }), /macaroon: this is the content/],
  ["the same in base64", one({ macaroon: MACAROON.toString("base64") }), /macaroon: this is the content/],
  ["a cut one", one({ macaroon: MACAROON.toString("hex").slice(0, 90) }), /macaroon: this is the content/],
  ["a certificate for its path", one({ tlsCert: issueCertificate().cert }), /tlsCert: this is the content/],
  ["no services", one({ services: [] }), /services: the list is empty/],
  ["services that are no list", one({ services: "poolrpc.Trader" }), /services must be a list/],
  [
    "an unknown service",
    one({ services: ["a.B"] }),
    /"a\.B" is not a service of this API; write any of pool/,
  ],
  ["an auctioneer that is a text", one({ auctioneer: "a:1" }), /auctioneer must be an object/],
  ["an auctioneer without an address", one({ auctioneer: {} }), /auctioneer lacks address; add "address": …/],
  ["an auctioneer at no address", one({ auctioneer: { address: "a" } }), /auctioneer\.address: "a" is not/],
  [
    "an auctioneer's own mistake",
    one({ auctioneer: { address: "a:1", network: "regtest" } }),
    /auctioneer has no key "network"; it may have address, tlsCert, macaroon\./,
  ],
];

for (const [name, text, sentence] of MISTAKES) {
  test(`a mistake in one sentence: ${name}`, () => {
    const reading = parse(text);
    assert.ok(reading.kind === "mistakes", JSON.stringify(reading));
    assert.match(reading.mistakes[0] ?? "", sentence);
    for (const mistake of reading.mistakes) {
      assert.match(mistake, /^playground\.profiles\.json:\d+: [^\n]*\.$/);
      assert.ok(!mistake.includes(MACAROON.toString("hex").slice(0, 20)), mistake);
      assert.ok(!mistake.includes(MACAROON.toString("base64").slice(0, 20)), mistake);
    }
  });
}

test("every mistake of a file is told, not the first alone", () => {
  const reading = parse(
    `[\n${JSON.stringify({ ...GOOD, network: "moon" })},\n${JSON.stringify({ ...GOOD, address: "x" })}]`,
  );
  assert.ok(reading.kind === "mistakes", JSON.stringify(reading));
  assert.deepEqual(
    reading.mistakes.map((mistake) => /:(\d+): (\w+)/.exec(mistake)?.slice(1).join(" ")),
    ["2 network", "3 label", "3 address"],
  );
});

test("the file is the folder's own unless one is named; one that is named must be there", () => {
  using folder = temporaryFolder();
  const context = { home: folder.path, cwd: join(folder.path, "work"), daemons };
  mkdirSync(join(context.cwd, "sub"), { recursive: true });
  const mistakeOf = (given?: string) => {
    const reading = readProfilesFile(given, context);
    return reading.kind === "mistakes" ? reading.mistakes.join("\n") : reading.profiles.length;
  };
  assert.equal(mistakeOf(), 0);
  assert.match(
    `${mistakeOf("none.json")}`,
    /^--profiles: none\.json cannot be used, there is no such file; name/,
  );
  assert.match(`${mistakeOf("sub")}`, /^--profiles: sub cannot be used, it is a folder; name/);

  writeFileSync(join(context.cwd, NAME), JSON.stringify([GOOD]));
  assert.equal(mistakeOf(), 1);
  writeFileSync(join(context.cwd, "sub", "mine.json"), "[7]");
  assert.match(`${mistakeOf("sub/mine.json")}`, /^sub\/mine\.json:1: /);
  writeFileSync(join(folder.path, "home.json"), "[7]");
  assert.match(`${mistakeOf("~/home.json")}`, /^~\/home\.json:1: /);
  writeFileSync(join(context.cwd, "utf16.json"), Buffer.from("\ufeff[]", "utf16le"));
  assert.match(`${mistakeOf("utf16.json")}`, /^utf16\.json: it is not UTF-8 text; save it as such\.$/);
  writeFileSync(join(context.cwd, "bom.json"), "\ufeff[]");
  assert.equal(mistakeOf("bom.json"), 0);
});

test("a file that everybody may write is not trusted unless it is named", () => {
  using folder = temporaryFolder();
  const context = { home: "/nowhere", cwd: folder.path, daemons };
  const path = join(folder.path, NAME);
  writeFileSync(path, JSON.stringify([GOOD]));
  chmodSync(path, 0o666);
  const reading = readProfilesFile(undefined, context);
  assert.ok(reading.kind === "mistakes", JSON.stringify(reading));
  assert.match(reading.mistakes[0] ?? "", /everybody may write it, so it is not trusted; .* --profiles play/);
  assert.equal(readProfilesFile(NAME, context).kind, "profiles");
});

test("two paths are one file by links too, and by name where it is not there yet", () => {
  using folder = temporaryFolder();
  const [file, link, none] = ["a.json", "b.json", "none"].map((name) => join(folder.path, name));
  assert.ok(file !== undefined && link !== undefined && none !== undefined, "three paths");
  writeFileSync(file, "[]");
  symlinkSync(file, link);
  assert.equal(isSameFile(file, link), true);
  assert.equal(isSameFile(none, none), true);
  assert.equal(isSameFile(file, none), false);
});

describe("flags, sandbox, file and discovery together", () => {
  /** A home with daemons of regtest and signet, and a working folder with these profiles in its file. */
  function opened(profiles: readonly object[], flags: ProfileFlags = {}, withSandbox = true) {
    using folder = temporaryFolder();
    const home = folder.path;
    for (const network of ["regtest", "signet"]) {
      mkdirSync(join(home, ".pool", network), { recursive: true });
      writeFileSync(join(home, ".pool", network, "tls.cert"), issueCertificate().cert);
      writeFileSync(join(home, ".pool", network, "pool.macaroon"), MACAROON);
    }
    symlinkSync(join(home, ".pool", "regtest", "tls.cert"), join(home, "linked.cert"));
    writeFileSync(join(home, NAME), JSON.stringify(profiles));
    const paths = { tlsCertPath: join(home, "s.cert"), macaroonPath: join(home, "s.macaroon") };
    const sandbox = withSandbox ? peerAsSandbox({ port: 1, auctioneerPort: 2, ...paths }) : null;
    return openProfiles(sandbox, { flags }, { home, cwd: home, daemons });
  }

  function labels(...args: Parameters<typeof opened>): readonly string[] {
    const result = opened(...args);
    assert.ok(result.kind === "profiles", JSON.stringify(result));
    const { store } = result;
    return store.list().map(({ id, label }) => (id === store.selected ? `*${label}` : label));
  }

  test("all are offered: the flags' first and selected, then sandbox, file, discovered", () => {
    assert.deepEqual(labels([GOOD]), ["*Sandbox", "Ada's node", "poold regtest", "poold signet"]);
    assert.deepEqual(labels([GOOD], { address: "localhost:7", network: "signet" }), [
      "*poold signet",
      "Sandbox",
      "Ada's node",
      "poold regtest",
    ]);
    assert.deepEqual(labels([GOOD], {}, false), ["*Ada's node", "poold regtest", "poold signet"]);
  });

  test("a daemon is there once: the flags' before the file's before the discovered", () => {
    const same = { ...GOOD, tlsCert: "linked.cert", address: "127.0.0.1:12010" };
    assert.deepEqual(labels([same]), ["*Sandbox", "Ada's node", "poold signet"]);
    assert.deepEqual(labels([same], { address: "localhost:12010", network: "regtest" }), [
      "*poold regtest",
      "Sandbox",
      "poold signet",
    ]);
    const elsewhere = { ...same, address: "localhost:9" };
    assert.deepEqual(labels([elsewhere], { address: "localhost:12010", network: "regtest" }), [
      "*poold regtest",
      "Sandbox",
      "Ada's node",
      "poold signet",
    ]);
  });

  test("two macaroons for one daemon are two profiles of the file", () => {
    const second = { ...GOOD, label: "Ada's node, writes", macaroon: "admin.macaroon" };
    assert.equal(labels([GOOD, second]).length, 5);
  });

  test("two daemons never have one label", () => {
    const other = { ...GOOD, label: "poold signet", network: "signet" };
    assert.deepEqual(labels([other]), [
      "*Sandbox",
      "poold signet",
      "poold regtest",
      "poold signet (localhost:12010)",
    ]);
  });

  test("the file's profiles are read-only at first, and a macaroon that is not there yet is said to be so", () => {
    const result = opened([GOOD]);
    assert.ok(result.kind === "profiles", JSON.stringify(result));
    const profile = result.store.list().find(({ label }) => label === GOOD.label);
    assert.equal(profile?.writes, "locked");
    assert.deepEqual(profile?.endpoints[0]?.grant, { kind: "unreadable", why: "there is no such file" });
    assert.equal(profile?.endpoints[0]?.tlsCert, "~/tls.cert");
    assert.equal(result.store.sandboxOnly, false);
  });

  test("a call goes to the daemon of the file, with its macaroon", async () => {
    using folder = temporaryFolder();
    await using peer = await startPeer({ dir: folder.path });
    const { port, tlsCertPath: tlsCert, macaroonPath: macaroon } = peer;
    const profile = { ...GOOD, address: `localhost:${port}`, tlsCert, macaroon };
    writeFileSync(join(folder.path, NAME), JSON.stringify([profile]));
    const context = { home: "/nowhere", cwd: folder.path, daemons };
    const result = openProfiles(null, { flags: {} }, context);
    assert.ok(result.kind === "profiles", JSON.stringify(result));
    const served = result.store.get(result.store.selected);
    assert.ok(served !== undefined, "the file's profile is selected");
    await using playground = await startPlayground([served]);
    const headers = { "x-playground-profile": served.id };
    assert.equal((await callWeb(playground, "poolrpc.Trader.GetInfo", undefined, headers)).code, 0);
    assert.equal(peer.calls.length, 1);
    const write = await callWeb(playground, "poolrpc.Trader.StopDaemon", undefined, headers);
    assert.equal(write.reason, "write-refused");
    const terms = await callWeb(playground, "poolrpc.ChannelAuctioneer.Terms", undefined, headers);
    assert.equal(terms.reason, "service-not-served");
  });

  test("mistakes of the flags and of the file are told together, a line each", () => {
    const result = opened([{ ...GOOD, network: "moon" }], { address: "x" });
    assert.ok(result.kind === "error", JSON.stringify(result));
    assert.match(result.message, /^--poold: .*\.\nplayground\.profiles\.json:1: network: .*\.$/);
  });
});
