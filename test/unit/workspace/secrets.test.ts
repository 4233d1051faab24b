import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { describe, test } from "node:test";
import { findSecrets, isSecretName, nameSecrets, redact } from "../../../lib/workspace/secrets.ts";

const v2 = Buffer.concat([Buffer.from("020103", "hex"), Buffer.from("lnd"), randomBytes(90)]);
const noLocation = Buffer.concat([Buffer.from("0202", "hex"), randomBytes(90)]);
const v1 = Buffer.concat([Buffer.from("0017location pool.example\n0030identifier "), randomBytes(60)]);
const preimage = randomBytes(32).toString("hex");

describe("secrets are found and taken out", () => {
  const rows: readonly (readonly [name: string, text: string])[] = [
    ["hex of version 2", v2.toString("hex")],
    ["upper-case hex", v2.toString("hex").toUpperCase()],
    ["hex after 0x", `0x${v2.toString("hex")}`],
    ["hex without a location", noLocation.toString("hex")],
    ["base64", v2.toString("base64")],
    ["base64url", v2.toString("base64url")],
    ["base64 without a location", noLocation.toString("base64")],
    ["hex of version 1", v1.toString("hex")],
    ["base64 of version 1", v1.toString("base64")],
    ["an L402 header", `L402 ${v2.toString("base64")}:${preimage}`],
    ["an LSAT header", `LSAT ${randomBytes(70).toString("base64")}:${preimage}`],
    ["a bearer token", `Bearer ${randomBytes(30).toString("base64url")}`],
  ];
  for (const [name, secret] of rows) {
    for (const text of [
      secret,
      `{"note": "${secret}"}`,
      `{\n  // ${secret}\n}`,
      `{"a": ["x", "${secret}"]`,
    ]) {
      test(`${name} in ${text.slice(0, 12)}`, () => {
        const redacted = redact(text);
        assert.equal(redacted.found.length, 1);
        assert.ok(!redacted.text.includes(secret), redacted.text);
        assert.ok(!redacted.text.includes(secret.slice(-40)), redacted.text);
        assert.match(redacted.text, /<(a|an) [\w ]+, removed>/);
      });
    }
  }

  test("by the name of the field, whatever its value is", () => {
    const text = `{"order_nonce_preimage": /* here */ "${preimage}", "basePassword": "abc", "amt": 5}`;
    assert.equal(
      redact(text).text,
      '{"order_nonce_preimage": /* here */ "<a secret in order_nonce_preimage, removed>", "basePassword": "<a secret in basePassword, removed>", "amt": 5}',
    );
  });

  test("and nothing beside them", () => {
    const text = `{"note": "mine: ${v2.toString("hex")}, yours"}`;
    assert.equal(redact(text).text, '{"note": "mine: <a macaroon, removed>, yours"}');
  });

  test("behind escapes of JSON", () => {
    const escaped = `{"x": "\\u0030${v2.toString("hex").slice(1)}"}`;
    assert.ok(!redact(escaped).text.includes(v2.toString("hex").slice(20)), "the escaped macaroon stays");
  });
});

test("all that stands below the name of a secret is one", () => {
  const text = '{"seed": [{"a": "one"}, "two", ["three"]], "note": "four"}';
  const removed = "<a secret in seed, removed>";
  assert.equal(
    redact(text).text,
    `{"seed": [{"a": "${removed}"}, "${removed}", ["${removed}"]], "note": "four"}`,
  );
});

test("THREATS 22: a list of many texts under a long name is looked through at once", () => {
  const text = `{"${"aB".repeat(1 << 17)}": [${'"a",'.repeat(1 << 17)}]}`;
  const begun = performance.now();
  assert.deepEqual(findSecrets(text), []);
  const took = performance.now() - begun;
  assert.ok(took < 5_000, `it took ${took} ms`);
});

test("a text without its secrets has none to take out", () => {
  const { text } = redact(`{"preimage": "${preimage}", "x": "L402 ${v2.toString("base64")}:${preimage}"}`);
  assert.deepEqual(findSecrets(text), []);
  assert.deepEqual(redact(text), { text, found: [] });
});

test("what requests are made of is no secret", () => {
  const key = `02${"01".repeat(32)}`;
  const text = JSON.stringify({
    trader_key: key,
    base64_key: Buffer.from(key, "hex").toString("base64"),
    order_sig: "00".repeat(64),
    script: `0020${"02".repeat(32)}`,
    txid: preimage,
    ticket: `sidecar1${"5nqxLr3xcqAC3DJ93oKTU4P".repeat(10)}`,
    tokens: ["abc"],
  });
  assert.deepEqual(findSecrets(text), []);
  assert.equal(redact(text).text, text);
});

test("names of secret fields and metadata", () => {
  for (const name of ["macaroon", "base_macaroon", "paymentPreimage", "private-key", "api_key", "X-Secret"]) {
    assert.ok(isSecretName(name), `${name} passes`);
  }
  for (const name of ["trader_key", "order_nonce", "seeded", "key", "x-request-id"]) {
    assert.ok(!isSecretName(name), `${name} is refused`);
  }
});

test("a text nested deeper than any request does not break the search", () => {
  const text = `${"[".repeat(500_000)}"${v2.toString("hex")}"`;
  assert.ok(!redact(text).text.includes(v2.toString("hex")), "the macaroon stays");
});

test("what was found is named once each", () => {
  const { found } = redact(`${v2.toString("hex")} ${v2.toString("base64")} Bearer ${"x".repeat(20)}`);
  assert.equal(nameSecrets(found), "a macaroon and an authorization");
});
