import assert from "node:assert/strict";
import { describe, test } from "node:test";
import macaroons from "macaroon";
import { encodeIdentifier, permissionsIn } from "../../../lib/macaroon/identifier.ts";
import { describeCaveat, readMacaroon } from "../../../lib/macaroon/macaroon.ts";
import { expiryMs, lackingPermissions } from "../../../lib/macaroon/permissions.ts";

const identifier = encodeIdentifier({
  nonce: new Uint8Array(16),
  storageId: "0",
  ops: [{ entity: "account", actions: ["read", "write"] }],
});

function bake(caveats: readonly string[] = []): Uint8Array {
  const rootKey = new Uint8Array(32).fill(7);
  const made = macaroons.newMacaroon({ identifier, location: "pool", rootKey, version: 2 });
  for (const caveat of caveats) made.addFirstPartyCaveat(caveat);
  return made.exportBinary();
}

const LONG = `time-before ${"x".repeat(300)}`;

describe("readMacaroon", () => {
  const binary = Buffer.from(bake(["time-before 2030-01-01T00:00:00Z", LONG]));
  const forms: Readonly<Record<string, Buffer>> = {
    binary,
    hex: Buffer.from(binary.toString("hex")),
    "hex in upper case with a line feed": Buffer.from(`${binary.toString("hex").toUpperCase()}\n`),
    base64: Buffer.from(binary.toString("base64")),
    "base64 for URLs": Buffer.from(`  ${binary.toString("base64url")}\n`),
  };
  for (const [name, bytes] of Object.entries(forms)) {
    test(`reads ${name}`, () => {
      const reading = readMacaroon(bytes) ?? assert.fail("not read");
      assert.deepEqual(Buffer.from(reading.binary), binary);
      const { version, location, caveats } = reading.macaroon;
      assert.deepEqual([version, location], [2, "pool"]);
      assert.deepEqual(caveats.map(describeCaveat), ["time-before 2030-01-01T00:00:00Z", LONG]);
      assert.deepEqual(permissionsIn(reading.macaroon.identifier), ["account:read", "account:write"]);
    });
  }

  test("tells nothing of the signature", () => {
    const reading = readMacaroon(binary) ?? assert.fail("not read");
    const said = JSON.stringify(reading.macaroon, (_, value) =>
      value instanceof Uint8Array ? Buffer.from(value).toString("hex") : value,
    );
    assert.ok(!said.includes(binary.subarray(-32).toString("hex")), said);
  });

  test("reads a third party's caveat by its place", () => {
    const field = (type: number, value: string) => [type, value.length, ...Buffer.from(value)];
    const bytes = Uint8Array.from([
      ...[2, ...field(1, "pool"), ...field(2, "id"), 0],
      ...[...field(1, "auth.example"), ...field(2, "opaque"), ...field(4, "verify"), 0],
      ...[0, ...field(6, "s".repeat(32))],
    ]);
    const reading = readMacaroon(bytes) ?? assert.fail("not read");
    assert.deepEqual(reading.macaroon.caveats.map(describeCaveat), ["needs a discharge from auth.example"]);
    assert.equal(permissionsIn(reading.macaroon.identifier), null);
  });

  test("reads version 1", () => {
    const packet = (text: string) => `${(text.length + 5).toString(16).padStart(4, "0")}${text}\n`;
    const parts = [
      "location pool",
      "identifier id",
      "cid one",
      "cid x",
      "vid y",
      "cl there",
      `signature ${"s".repeat(32)}`,
    ];
    const reading = readMacaroon(Buffer.from(parts.map(packet).join(""))) ?? assert.fail("not read");
    assert.equal(reading.macaroon.version, 1);
    assert.equal(Buffer.from(reading.macaroon.identifier).toString(), "id");
    assert.deepEqual(reading.macaroon.caveats.map(describeCaveat), ["one", "needs a discharge from there"]);
  });

  test("refuses what is cut, in every form, and what goes on", () => {
    for (let cut = 0; cut < binary.length; cut++) {
      assert.equal(readMacaroon(binary.subarray(0, cut)), undefined, `${cut}`);
      assert.equal(readMacaroon(Buffer.from(binary.subarray(0, cut).toString("hex"))), undefined, `${cut}`);
    }
    assert.equal(readMacaroon(Buffer.concat([binary, Buffer.from([0])])), undefined);
    assert.equal(readMacaroon(Buffer.alloc(1 << 20, "A")), undefined);
  });
});

describe("lackingPermissions", () => {
  const method = "poolrpc.Trader.SubmitOrder";
  const rows: readonly [name: string, held: string[], needed: string[] | null, lacking: string[]][] = [
    ["all are held", ["order:read", "order:write"], ["order:write"], []],
    ["one is not", ["order:read"], ["order:read", "order:write"], ["order:write"]],
    ["the method's path stands for all", ["uri:/poolrpc.Trader/SubmitOrder"], ["order:write"], []],
    ["another method's path does not", ["uri:/poolrpc.Trader/GetInfo"], ["order:write"], ["order:write"]],
    ["nothing is needed", [], [], []],
    ["the needs are not known", ["order:write"], null, ["uri:/poolrpc.Trader/SubmitOrder"]],
  ];
  for (const [name, held, needed, lacking] of rows) {
    test(name, () => assert.deepEqual(lackingPermissions(held, needed, method), lacking));
  }
});

test("expiryMs is the earliest end; one that cannot be read has passed", () => {
  assert.equal(expiryMs(["ipaddr 127.0.0.1"]), null);
  const [early, late] = ["2030-01-01T00:00:00Z", "2031-01-01T00:00:00.123456789Z"];
  assert.equal(expiryMs([`time-before ${late}`, `time-before ${early}`]), Date.parse(early));
  assert.equal(expiryMs(["time-before tomorrow"]), 0);
});
