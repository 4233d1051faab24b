import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import config from "../../playground.config.ts";
import { formatAddress, parseAddress } from "../../server/profiles/address.ts";
import { daemonsOf } from "../../server/profiles/daemon-defaults.ts";
import { discoverDaemons } from "../../server/profiles/discover.ts";
import { macaroonHex } from "../../server/profiles/macaroon-bytes.ts";
import { openProfiles } from "../../server/profiles/open-profiles.ts";
import { flaggedDaemons, type ProfileFlags, readProfileFlags } from "../../server/profiles/profile-flags.ts";
import { createProfileStore } from "../../server/profiles/profile-store.ts";
import { sandboxProfile } from "../../server/profiles/sandbox-profile.ts";
import { issueCertificate } from "../support/peer/certificate.ts";
import { temporaryFolder } from "./support/playground.ts";
import { canaryMacaroon } from "./support/recording-servers.ts";

const daemons = daemonsOf(config.apis);
const [daemon] = flaggedDaemons(daemons);
assert.ok(daemon, "the config names a daemon");

const cert = issueCertificate().cert;
const home = "/home/ada";

/** A file system of a few files. */
function filesOf(contents: Readonly<Record<string, string | Uint8Array>>) {
  return {
    readFile(path: string): Uint8Array {
      const content = contents[path];
      if (content === undefined) throw Object.assign(new Error(`ENOENT: ${path}`), { code: "ENOENT" });
      if (content === "locked") throw Object.assign(new Error("EACCES"), { code: "EACCES" });
      return Buffer.from(content as string);
    },
  };
}

const FILES = filesOf({
  "/home/ada/.pool/regtest/tls.cert": cert,
  "/home/ada/.pool/regtest/pool.macaroon": canaryMacaroon(),
  "/home/ada/.pool/mainnet/tls.cert": cert,
  "/home/ada/.pool/mainnet/pool.macaroon": canaryMacaroon(),
  "/work/a.cert": cert,
  "/work/a.macaroon": canaryMacaroon().toString("hex"),
  "/work/key.pem": issueCertificate().key,
  "/work/empty": "",
  "/work/text": "hello",
  "/work/locked": "locked",
  "/work/cut.macaroon": canaryMacaroon().subarray(0, 50),
});

const read = (flags: ProfileFlags) => readProfileFlags(flags, FILES, { home, cwd: "/work" }, daemon);

describe("profile flags", () => {
  test("no flag, no profile", () => {
    assert.deepEqual(read({}), { kind: "none" });
    assert.deepEqual(read({ address: undefined, tlscert: undefined }), { kind: "none" });
  });

  test("all flags make a profile; paths are of the working folder, ~ is the home folder", () => {
    const result = read({
      address: "localhost:12010",
      tlscert: "a.cert",
      macaroon: "~/.pool/regtest/pool.macaroon",
      network: "regtest",
      auctioneer: "[::1]:12009",
    });
    assert.ok(result.kind === "profile", JSON.stringify(result));
    assert.equal(result.profile.kind, "daemon");
    assert.equal(result.profile.network, "regtest");
    assert.deepEqual(result.profile.endpoints, [
      {
        address: { host: "localhost", port: 12010 },
        rest: { host: "localhost", port: 8281 },
        services: ["poolrpc.Trader"],
        tlsCertPath: "/work/a.cert",
        macaroonPath: "/home/ada/.pool/regtest/pool.macaroon",
      },
      {
        address: { host: "::1", port: 12009 },
        services: ["poolrpc.ChannelAuctioneer", "poolrpc.HashMail"],
        tlsCertPath: "/work/a.cert",
        macaroonPath: null,
      },
    ]);
  });

  test("the network is named, or is the macaroon's folder, or is mainnet; files are the network's own", () => {
    const networkOf = (flags: ProfileFlags) => {
      const result = read({ address: "localhost:12010", ...flags });
      return result.kind === "profile" ? result.profile.network : JSON.stringify(result);
    };
    assert.equal(networkOf({ network: "regtest" }), "regtest");
    assert.equal(
      networkOf({ macaroon: "/home/ada/.pool/regtest/pool.macaroon", tlscert: "a.cert" }),
      "regtest",
    );
    assert.equal(networkOf({ macaroon: "a.macaroon", tlscert: "a.cert" }), "mainnet");
    assert.equal(networkOf({}), "mainnet");
  });

  test("the auctioneer gets a certificate and a macaroon of its own only when they are named", () => {
    const result = read({
      address: "localhost:12010",
      network: "regtest",
      auctioneer: "pool.example:12010",
      "auctioneer-tlscert": "a.cert",
      "auctioneer-macaroon": "a.macaroon",
    });
    assert.ok(result.kind === "profile", 'result.kind === "profile"');
    assert.equal(result.profile.endpoints[1]?.tlsCertPath, "/work/a.cert");
    assert.equal(result.profile.endpoints[1]?.macaroonPath, "/work/a.macaroon");
  });

  const base = { address: "localhost:12010", tlscert: "a.cert", macaroon: "a.macaroon", network: "regtest" };
  const wrong: [ProfileFlags, RegExp][] = [
    [{ tlscert: "a.cert" }, /^--tlscert .*--poold/],
    [{ network: "regtest" }, /^--network .*--poold/],
    [{ auctioneer: "localhost:1" }, /^--auctioneer .*--poold/],
    [{ ...base, address: "localhost" }, /^--poold: "localhost" is not host:port/],
    [{ ...base, address: "https://localhost:12010" }, /^--poold: /],
    [{ ...base, address: "localhost:0" }, /^--poold: /],
    [{ ...base, address: "localhost:65536" }, /^--poold: /],
    [{ ...base, address: "unix:/tmp/x:1" }, /^--poold: /],
    [{ ...base, address: "" }, /^--poold: /],
    [{ ...base, address: "user@localhost:1" }, /^--poold: /],
    [{ ...base, tlscert: "none" }, /^--tlscert: \/work\/none .*no such file/],
    [{ ...base, tlscert: "empty" }, /^--tlscert: \/work\/empty .*empty/],
    [{ ...base, tlscert: "locked" }, /^--tlscert: \/work\/locked .*not permitted/],
    [{ ...base, tlscert: "text" }, /^--tlscert: \/work\/text .*no certificate/],
    [{ ...base, tlscert: "key.pem" }, /^--tlscert: \/work\/key\.pem .*no certificate/],
    [{ ...base, macaroon: "none" }, /^--macaroon: \/work\/none .*no such file/],
    [{ ...base, macaroon: "text" }, /^--macaroon: \/work\/text .*no macaroon/],
    [{ ...base, macaroon: "cut.macaroon" }, /^--macaroon: \/work\/cut\.macaroon .*no macaroon/],
    [{ ...base, macaroon: "a.cert" }, /^--macaroon: \/work\/a\.cert .*no macaroon/],
    [
      { address: "localhost:1", network: "signet" },
      /^--tlscert: ~\/\.pool\/signet\/tls\.cert .*--tlscert FILE/,
    ],
    [{ ...base, network: "bitcoin" }, /^--network: "bitcoin" .*mainnet, testnet, regtest, simnet, signet/],
    [{ ...base, auctioneer: "nowhere" }, /^--auctioneer: /],
    [{ ...base, "auctioneer-tlscert": "a.cert" }, /^--auctioneer-tlscert .*--auctioneer/],
    [{ ...base, auctioneer: "a:1", "auctioneer-macaroon": "text" }, /^--auctioneer-macaroon: /],
  ];
  for (const [flags, message] of wrong) {
    test(`an error in one sentence: ${message}`, () => {
      const result = read(flags);
      assert.ok(result.kind === "error", JSON.stringify(result));
      assert.match(result.message, message);
      assert.match(result.message, /\.$/);
      assert.doesNotMatch(result.message, /\n|CANARY/);
    });
  }
});

test("addresses are host:port and nothing else", () => {
  for (const text of ["localhost:12010", "127.0.0.1:1", "[::1]:65535", "a-b.example:80"]) {
    const address = parseAddress(text);
    assert.ok(address !== undefined, text);
    assert.equal(formatAddress(address), text);
  }
  for (const text of [
    "::1:80",
    "localhost",
    ":80",
    "a b:80",
    "-a:80",
    "a:80/x",
    "http://a:80",
    "a:80:80",
    "a:",
    "a:1e3",
  ]) {
    assert.equal(parseAddress(text), undefined, text);
  }
});

test("macaroons: binary V2 and V1 and hex text are taken, what is cut or something else is not", () => {
  const v2 = canaryMacaroon();
  const packet = (text: string | Buffer) => {
    const content = Buffer.concat([Buffer.from(text as string), Buffer.from("\n")]);
    return Buffer.concat([Buffer.from((content.length + 4).toString(16).padStart(4, "0")), content]);
  };
  const v1 = Buffer.concat([
    packet("location pool"),
    packet("identifier id"),
    packet("cid caveat"),
    packet(Buffer.concat([Buffer.from("signature "), Buffer.alloc(32, 0xee)])),
  ]);
  assert.equal(macaroonHex(v2), v2.toString("hex"));
  assert.equal(macaroonHex(v1), v1.toString("hex"));
  assert.equal(macaroonHex(Buffer.from(`${v2.toString("hex").toUpperCase()}\n`)), v2.toString("hex"));
  for (let cut = 0; cut < v2.length; cut++)
    assert.equal(macaroonHex(v2.subarray(0, cut)), undefined, `${cut}`);
  for (let cut = 0; cut < v1.length; cut++)
    assert.equal(macaroonHex(v1.subarray(0, cut)), undefined, `${cut}`);
  for (const other of ["", "zz", "0", "02", cert, "{}"])
    assert.equal(macaroonHex(Buffer.from(other)), undefined);
  assert.equal(macaroonHex(Buffer.concat([v2, Buffer.from([0])])), undefined, "bytes after the signature");
});

test("daemons are discovered by their folders; one that cannot be used is a problem, not an end", () => {
  using folder = temporaryFolder();
  const write = (network: string, name: string, content: string | Uint8Array) => {
    mkdirSync(join(folder.path, ".pool", network), { recursive: true });
    writeFileSync(join(folder.path, ".pool", network, name), content);
  };
  const context = { home: folder.path, daemons };
  assert.deepEqual(discoverDaemons(context), { profiles: [], problems: [] });
  write("regtest", "tls.cert", cert);
  write("regtest", "pool.macaroon", canaryMacaroon());
  write("mainnet", "tls.cert", cert);
  write("testnet", "tls.cert", "not a certificate");
  write("testnet", "pool.macaroon", canaryMacaroon());
  write("elsewhere", "tls.cert", cert);
  mkdirSync(join(folder.path, ".pool", "signet", "tls.cert"), { recursive: true });
  const { profiles, problems } = discoverDaemons(context);
  assert.deepEqual(
    profiles.map(({ id, network, endpoints }) => [id, network, endpoints[0]?.address]),
    [["found-regtest", "regtest", { host: "localhost", port: 12010 }]],
  );
  assert.equal(problems.length, 3);
  assert.match(problems[0]?.sentence ?? "", /mainnet.*~\/\.pool\/mainnet\/pool\.macaroon.*no such file/);
  assert.match(problems[1]?.sentence ?? "", /testnet.*~\/\.pool\/testnet\/tls\.cert.*no certificate/);
  assert.match(problems[2]?.sentence ?? "", /signet.*a folder/);
});

test("the flags' daemon stands beside the sandbox and is selected; without flags the sandbox is", () => {
  using folder = temporaryFolder();
  const sandbox = sandboxProfile(
    {
      daemon: { host: "localhost", port: 1 },
      auctioneer: { host: "localhost", port: 2 },
      tlsCertPath: join(folder.path, "sandbox", "tls.cert"),
      macaroonPath: join(folder.path, "sandbox", "pool.macaroon"),
      network: "regtest",
    },
    daemon.services,
  );
  const pool = join(folder.path, ".pool", "regtest");
  mkdirSync(pool, { recursive: true });
  writeFileSync(join(pool, "tls.cert"), cert);
  writeFileSync(join(pool, "pool.macaroon"), canaryMacaroon());
  const context = { home: folder.path, cwd: folder.path, daemons };

  const found = openProfiles(sandbox, { flags: {} }, context);
  assert.ok(found.kind === "profiles", 'found.kind === "profiles"');
  assert.deepEqual(
    found.store.list().map(({ id, writes }) => [id, writes]),
    [
      ["sandbox", "free"],
      ["found-regtest", "locked"],
    ],
  );
  assert.equal(found.store.selected, "sandbox");
  assert.equal(found.store.sandboxOnly, false);
  assert.equal(found.store.list()[1]?.endpoints[0]?.macaroon, "~/.pool/regtest/pool.macaroon");
  assert.equal(found.store.list()[0]?.endpoints[1]?.macaroon, null);

  const flagged = openProfiles(sandbox, { flags: { address: "localhost:3", network: "regtest" } }, context);
  assert.ok(flagged.kind === "profiles", 'flagged.kind === "profiles"');
  assert.equal(flagged.store.selected, "poold-regtest");
  assert.equal(flagged.store.list().length, 2);

  assert.equal(openProfiles(sandbox, { flags: { address: "x" } }, context).kind, "error");
  assert.equal(
    openProfiles(null, { flags: {} }, { home: "/nowhere", cwd: "/nowhere", daemons }).kind,
    "error",
  );
  assert.ok(
    createProfileStore([sandbox], { home: folder.path }).sandboxOnly,
    "createProfileStore([sandbox], { home: folder.path }).sandboxOnly",
  );
});
