import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { BytesForm } from "../../../lib/call/call.ts";
import {
  bytesLensNames,
  decodeBytes,
  encodeBytes,
  formatBytes,
  splitLens,
  writeLens,
} from "../../../lib/schema/bytes-lens.ts";
import { fromHex, toHex } from "../../../lib/schema/bytes-text.ts";
import { convertBytes } from "../../../lib/schema/convert-bytes.ts";
import { applyEdits } from "../../../lib/schema/problem.ts";
import { readRequest } from "../../../lib/schema/request-text.ts";
import { randomFrom } from "../../support/random.ts";
import { poolMessage, poolRegistry as registry } from "./pool-registry.ts";

const desc = poolMessage("CancelOrderRequest");
const txid = "0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20";
const reversed = "201f1e1d1c1b1a191817161514131211100f0e0d0c0b0a090807060504030201";

function read(value: string, bytes: BytesForm) {
  return readRequest(JSON.stringify({ order_nonce: value }), desc, { bytes, registry });
}

describe("one value with a lens of its own, in each form of the request", () => {
  const rows: [value: string, hex: string][] = [
    ["hex:00fF", "00ff"],
    ["base64:+/8=", "fbff"],
    ["base64:-_8", "fbff"],
    ["base64url:-_8=", "fbff"],
    ["text:hello", "68656c6c6f"],
    ["text:", ""],
    ["text:hex:00", "6865783a3030"],
    ["text:🚀\u0000", "f09f9a8000"],
    ["text:\ufefffoo", "efbbbf666f6f"],
    [`txid:${txid}`, reversed],
    [`txid:${txid.toUpperCase()}`, reversed],
  ];
  for (const form of ["hex", "base64", "base64url"] as const) {
    for (const [value, hex] of rows) {
      test(`${value} in ${form}`, () => {
        const result = read(value, form);
        assert.ok(result.kind === "ok", JSON.stringify(result));
        const wire = hex === "" ? "" : `0a${(hex.length / 2).toString(16).padStart(2, "0")}${hex}`;
        assert.equal(toHex(result.wire), wire);
        assert.deepEqual(result.warnings, []);
      });
    }
  }
});

describe("and one that cannot be read, with its fix", () => {
  const rows: [value: string, says: RegExp, fixed: string | null, form?: BytesForm][] = [
    ["hex:0", /1 hex digits/, null],
    ["hex:zz", /"z" is no hex digit/, "text:zz"],
    ["hex:0x00ff", /without 0x/, "hex:00ff", "base64"],
    ["base64:*", /no base64/, null],
    ["base64:A", /no base64/, null],
    ["txid:00", /64 hex digits, this has 2/, null],
    [`txid:${txid}:0`, /output's number/, `txid:${txid}`],
    [`${txid}:12`, /keep the id alone/, `txid:${txid}`],
    ["hello", /A text is written "text:…"/, "text:hello"],
    ["AP8=", /looks like base64: write "base64:…"/, "base64:AP8="],
    ["-_8A", /write "base64url:…"/, "base64url:-_8A"],
    ["utf8:x", /no hex digit/, "text:utf8:x"],
    ["TXID:00", /in lower case/, "txid:00"],
    [`${"0".repeat(63)}*`, /no base64/, null, "base64"],
  ];
  for (const [value, says, fixed, form = "hex"] of rows) {
    test(`${value} in ${form}`, () => {
      const text = JSON.stringify({ order_nonce: value });
      const result = read(value, form);
      const [problem] = result.kind === "problems" ? result.problems : [];
      assert.match(problem?.message ?? "", says);
      const written = problem?.fix === undefined ? null : applyEdits(text, problem.fix.edits);
      assert.equal(written, fixed === null ? null : JSON.stringify({ order_nonce: fixed }));
    });
  }
});

test("half of a surrogate pair is no text", () => {
  const result = readRequest('{"order_nonce": "text:\\ud800"}', desc, { bytes: "hex", registry });
  assert.match(result.kind === "problems" ? (result.problems[0]?.message ?? "") : "", /surrogate/);
});

test("values with a lens stay as they are when the request's form changes", () => {
  const leases = poolMessage("LeasesRequest");
  const text = `{ "batch_ids": ["00ff", "text:00ff", "hex:00ff", "txid:${txid}"] } // kept`;
  const converted = convertBytes(text, leases, { from: "hex", to: "base64url", registry });
  assert.deepEqual(converted, { kind: "ok", text: text.replace('"00ff"', '"AP8="') });
});

test("what a lens writes it reads, and every lens writes what it can: 2,000 values", () => {
  const random = randomFrom(60);
  for (let round = 0; round < 2000; round++) {
    const bytes = Uint8Array.from({ length: round % 3 === 0 ? 32 : Math.floor(random() * 40) }, () =>
      Math.floor(random() * (round % 2 === 0 ? 256 : 128)),
    );
    for (const form of ["hex", "base64", "base64url"] as const) {
      for (const lens of bytesLensNames) {
        const body = encodeBytes(lens, bytes);
        if (body === null) {
          assert.ok(
            lens === "text" || (lens === "txid" && bytes.length !== 32),
            `${lens} of ${toHex(bytes)}`,
          );
          continue;
        }
        const value = splitLens(writeLens(lens, body, form), form);
        assert.equal(value.lens, lens);
        assert.equal(toHex(decodeBytes(value.lens, value.body) ?? new Uint8Array(1)), toHex(bytes));
      }
    }
  }
});

test("base64url is the other alphabet, padded", () => {
  const bytes = fromHex("fbff") ?? new Uint8Array();
  assert.equal(formatBytes("base64", bytes), "+/8=");
  assert.equal(formatBytes("base64url", bytes), "-_8=");
});
