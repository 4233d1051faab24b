import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { Code, createClient } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { Trader } from "../../gen/poolrpc/trader_pb.ts";
import { decodeIdentifier, encodeIdentifier } from "../../lib/macaroon/identifier.ts";
import { bakeMacaroon, READ_PERMISSIONS } from "../../sandbox/macaroon/bake.ts";
import { checkMacaroon } from "../../sandbox/macaroon/verify.ts";
import { failure, startTestSandbox, type TestSandbox } from "./trader-client.ts";

let running: TestSandbox;
let rootKey: Uint8Array;
let admin: string;
before(async () => {
  running = await startTestSandbox();
  const stored: unknown = JSON.parse(readFileSync(join(running.dir, "regtest", "macaroons.json"), "utf8"));
  rootKey = Buffer.from((stored as { rootKeys: Record<string, string> }).rootKeys["0"] ?? "", "hex");
  admin = readFileSync(running.sandbox.macaroonPath).toString("hex");
});
after(() => running.stop());

const bake = (...args: Parameters<typeof bakeMacaroon> extends [unknown, ...infer Rest] ? Rest : never) =>
  Buffer.from(bakeMacaroon(rootKey, ...args)).toString("hex");
const getInfo = (hex: string) => running.trader(hex).getInfo({});

describe("a macaroon that is refused", () => {
  const flip = (hex: string) => hex.slice(0, -1) + (hex.endsWith("0") ? "1" : "0");
  const rows: readonly [name: string, macaroon: () => string, message: string][] = [
    ["missing", () => "", "expected 1 macaroon, got 0"],
    ["two", () => `${admin},${admin}`, "expected 1 macaroon, got 2"],
    ["not hex", () => `zz${admin}`, "encoding/hex: invalid byte: U+007A 'z'"],
    ["half a byte", () => admin.slice(0, -1), "encoding/hex: odd length hex string"],
    ["garbage", () => "deadbeef", "cannot determine data format of binary-encoded macaroon"],
    ["cut", () => admin.slice(0, 100), "unmarshal v2: field data extends past end of buffer"],
    ["changed", () => flip(admin), "verification failed: signature mismatch after caveat verification"],
    [
      "of another root key",
      () => Buffer.from(bakeMacaroon(new Uint8Array(32).fill(7))).toString("hex"),
      "verification failed: signature mismatch after caveat verification",
    ],
    ["with too little", () => bake([{ entity: "account", actions: ["read"] }]), "permission denied"],
    ["with nothing", () => bake([]), "permission denied"],
    [
      "past its time",
      () => bake(undefined, ["time-before 2020-01-01T00:00:00Z"]),
      'caveat "time-before 2020-01-01T00:00:00Z" not satisfied: macaroon has expired',
    ],
    [
      "with a time nobody can read",
      () => bake(undefined, ["time-before tomorrow"]),
      'caveat "time-before tomorrow" not satisfied: macaroon has expired',
    ],
    [
      "with a caveat nobody knows",
      () => bake(undefined, ["ipaddr 127.0.0.1"]),
      'caveat "ipaddr 127.0.0.1" not satisfied: caveat not recognized',
    ],
  ];
  for (const [name, macaroon, message] of rows) {
    test(name, async () => {
      assert.deepEqual(await failure(getInfo(macaroon())), { code: Code.Unknown, message });
    });
  }
  test("empty", () => {
    const check = { rootKey, permissions: {}, now: Date.now };
    assert.equal(checkMacaroon("", "poolrpc.Trader.GetInfo", check), "empty macaroon data");
  });
});

describe("a macaroon that is accepted", () => {
  test("in upper case", async () => {
    assert.ok((await getInfo(admin.toUpperCase())).version, "(await getInfo(admin.toUpperCase())).version");
  });
  test("within its time", async () => {
    assert.ok(
      (await getInfo(bake(undefined, ["time-before 2999-01-01T00:00:00Z"]))).version,
      '(await getInfo(bake(undefined, ["time-before 2999-01-01T00:00:00Z"]))).version',
    );
  });
  test("of an earlier start, from the same folder", async () => {
    const again = await startTestSandbox({ dir: running.dir });
    await again.sandbox.stop();
    assert.equal(readFileSync(running.sandbox.macaroonPath).toString("hex"), admin);
  });
  test("for one method by its uri, and for no other", async () => {
    const uri = bake([{ entity: "uri", actions: ["/poolrpc.Trader/AuctionFee"] }]);
    assert.ok(
      (await running.trader(uri).auctionFee({})).executionFee,
      "(await running.trader(uri).auctionFee({})).executionFee",
    );
    assert.equal((await failure(running.trader(uri).stopDaemon({}))).message, "permission denied");
  });
});

test("a read-only macaroon reads everything and writes nothing", async () => {
  const trader = running.trader(bake(READ_PERMISSIONS));
  assert.ok((await trader.getInfo({})).version, "(await trader.getInfo({})).version");
  assert.equal((await trader.listAccounts({})).accounts.length, 7);
  assert.equal((await trader.getLsatTokens({})).tokens.length, 2);
  const writes = [
    trader.initAccount({}),
    trader.depositAccount({}),
    trader.withdrawAccount({}),
    trader.renewAccount({}),
    trader.bumpAccountFee({}),
    trader.closeAccount({}),
    trader.recoverAccounts({}),
    trader.submitOrder({}),
    trader.cancelOrder({}),
    trader.offerSidecar({}),
    trader.registerSidecar({}),
    trader.expectSidecarChannel({}),
    trader.cancelSidecar({}),
    trader.stopDaemon({}),
  ];
  for (const write of writes) {
    assert.deepEqual(await failure(write), { code: Code.Unknown, message: "permission denied" });
  }
});

test("the identifier is laid out as in a macaroon that a real poold made", () => {
  const hex =
    "030a10ee04527b56d491335da499870c2b69ee1201301a160a076163636f756e74120472656164120577726974651a0f0a0761756374696f6e1204726561641a0c0a04617574681204726561641a140a056f7264657212047265616412057772697465";
  const id = decodeIdentifier(Buffer.from(hex, "hex")) ?? assert.fail("not read");
  assert.equal(id.storageId, "0");
  assert.deepEqual(
    id.ops.map((op) => `${op.entity}: ${op.actions.join(" ")}`),
    ["account: read write", "auction: read", "auth: read", "order: read write"],
  );
  assert.equal(Buffer.from(encodeIdentifier(id)).toString("hex"), hex);
  // 0201, "pool", the identifier, no caveats, 32 bytes of signature.
  assert.equal(admin.length / 2, 144);
  assert.equal(admin.slice(0, 16), "020104706f6f6c02");
});

test("no macaroon reaches the call log", async () => {
  await getInfo(admin);
  await failure(getInfo(admin.slice(0, 100)));
  const told = JSON.stringify([running.calls, running.notes]);
  assert.ok(
    running.calls.some((line) => line.code === Code.Unknown),
    "running.calls.some((line) => line.code === Code.Unknown)",
  );
  assert.equal(told.includes(admin.slice(0, 40)), false);
});

test("another certificate is not trusted", async () => {
  const other = await startTestSandbox();
  const transport = createGrpcTransport({
    baseUrl: `https://localhost:${running.sandbox.port}`,
    nodeOptions: { ca: readFileSync(other.sandbox.tlsCertPath) },
  });
  const { code } = await failure(createClient(Trader, transport).getInfo({}));
  assert.notEqual(code, 0);
  await other.stop();
});
