import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { deflateRawSync } from "node:zlib";
import {
  fingerprint,
  readFragment,
  type SharedRequest,
  writeFragment,
} from "../../../lib/workspace/share-link.ts";

const shared: SharedRequest = {
  method: "poolrpc.Trader.SubmitOrder",
  request: '{\n  "bid": {}, // ü 漢 "\\u0000"\n  "amt": 18446744073709551615\n}',
  bytes: "base64url",
  schema: "0011223344556677",
};

const packed = (payload: unknown) =>
  `request=${deflateRawSync(typeof payload === "string" ? payload : JSON.stringify(payload)).toString("base64url")}`;

test("what is written is read: comments and large integers too", async () => {
  const fragment = await writeFragment(shared);
  assert.match(fragment ?? "", /^request=[\w-]+$/);
  assert.deepEqual(await readFragment(`#${fragment}`), { kind: "ok", shared });
});

test("a link carries the request and nothing beside it", async () => {
  const more = {
    ...shared,
    profile: "mainnet",
    metadata: [{ name: "x", value: "y" }],
    confirmation: "nonce",
  };
  const reading = await readFragment((await writeFragment(more)) ?? "");
  assert.deepEqual(reading, { kind: "ok", shared });
});

describe("links that cannot be read say why", () => {
  const good = { v: 1, ...shared };
  const rows: readonly (readonly [name: string, fragment: string, reason: RegExp])[] = [
    ["no data", "request=", /missing or changed/],
    ["other characters", "request=a%20b", /missing or changed/],
    ["not compressed", "request=AAAA", /missing or changed/],
    ["cut", packed(good).slice(0, -8), /missing or changed/],
    ["too long", `request=${"A".repeat(100_001)}`, /too long/],
    ["a bomb", packed({ ...good, request: " ".repeat(64 << 20) }), /more than 1 MiB/],
    ["no JSON", packed("hello"), /no request/],
    ["null", packed("null"), /no request/],
    ["a list", packed([]), /no request/],
    ["a newer version", packed({ ...good, v: 2 }), /newer/],
    ["no version", packed({ ...good, v: undefined }), /no request/],
    ["no method", packed({ ...good, method: "" }), /no request/],
    ["a method that is markup", packed({ ...good, method: "<img src=x>" }), /no request/],
    ["another form of bytes", packed({ ...good, bytes: "__proto__" }), /no request/],
    ["a request that is no text", packed({ ...good, request: { a: 1 } }), /no request/],
    [
      "bytes that are no UTF-8",
      `request=${deflateRawSync(Buffer.from([0xff, 0xfe])).toString("base64url")}`,
      /changed/,
    ],
  ];
  for (const [name, fragment, reason] of rows) {
    test(name, async () => {
      const reading = await readFragment(fragment);
      assert.equal(reading.kind, "problem");
      assert.match(reading.kind === "problem" ? reading.message : "", reason);
    });
  }
});

test("THREATS 19: a decompression bomb takes no memory to speak of", async () => {
  const bomb = `request=${deflateRawSync(Buffer.alloc(64 << 20)).toString("base64url")}`;
  assert.ok(bomb.length < 100_000, `${bomb.length} characters`);
  const before = process.memoryUsage().arrayBuffers;
  assert.equal((await readFragment(bomb)).kind, "problem");
  const grown = process.memoryUsage().arrayBuffers - before;
  assert.ok(grown < 16 << 20, `${grown} bytes`);
});

test("a request that is too large for a link is not made one", async () => {
  const noise = Array.from({ length: 100_000 }, (_, at) => Math.imul(at, 2654435761).toString(36)).join("");
  assert.equal(await writeFragment({ ...shared, request: noise }), null);
  assert.equal(await writeFragment({ ...shared, request: "x".repeat(2 << 20) }), null);
});

test("a fingerprint changes with any byte", () => {
  const one = fingerprint(new Uint8Array([1, 2, 3]));
  assert.match(one, /^[0-9a-f]{16}$/);
  assert.equal(one, fingerprint(new Uint8Array([1, 2, 3])));
  assert.notEqual(one, fingerprint(new Uint8Array([1, 2, 4])));
  assert.notEqual(one, fingerprint(new Uint8Array([1, 2, 3, 0])));
});
