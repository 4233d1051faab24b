import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { cleanEntry, type HistoryEntry, matchesEntry, sizeOfEntry } from "../../../lib/workspace/history.ts";

const run: Omit<HistoryEntry, "redacted"> = {
  at: 1_700_000_000_000,
  profile: "poold",
  profileLabel: "My daemon",
  network: "regtest",
  method: "poolrpc.Trader.SubmitOrder",
  bytes: "hex",
  request: { text: '{"initiator": "me"}', complete: true },
  status: { code: 2, message: "invalid order", source: "daemon", reason: null },
  durationMs: 12,
  sizes: { sent: 1, received: 0, receivedBytes: 0 },
  reply: null,
};

const macaroon = Buffer.concat([Buffer.from("020103", "hex"), randomBytes(120)]).toString("hex");

test("an entry without secrets is kept as it is", () => {
  const reply = { text: '{"a": 1}', complete: true };
  assert.deepEqual(cleanEntry({ ...run, reply }), { ...run, reply, redacted: false });
});

test("secrets are taken out of request, status and reply", () => {
  const entry = cleanEntry({
    ...run,
    request: { text: `{"initiator": "${macaroon}"}`, complete: true },
    status: { ...run.status, message: `cannot use ${macaroon}` },
    reply: { text: `{"x": "${macaroon}", "preimage": "abc"}`, complete: true },
  });
  assert.ok(!JSON.stringify(entry).includes(macaroon.slice(0, 40)), JSON.stringify(entry));
  assert.ok(entry.redacted, "nobody is told");
  assert.equal(entry.status.message, "cannot use <a macaroon, removed>");
  assert.equal(
    entry.reply?.text,
    '{"x": "<a macaroon, removed>", "preimage": "<a secret in preimage, removed>"}',
  );
});

test("what is too long is cut, and says so; a secret at the cut does not stay by half", () => {
  const filler = "x".repeat(16_000 - 50);
  const entry = cleanEntry({
    ...run,
    request: { text: `"${"y".repeat(200_000)}"`, complete: true },
    reply: { text: `${filler} ${macaroon} ${filler}`, complete: true },
  });
  assert.equal(entry.request.text.length, 100_000);
  assert.equal(entry.request.complete, false);
  assert.equal(entry.reply?.complete, false);
  assert.ok(!entry.reply?.text.includes(macaroon.slice(0, 8)), "half of the macaroon stays");
  assert.ok(sizeOfEntry(entry) < 260_000, String(sizeOfEntry(entry)));
});

test("an entry is found by any words of it", () => {
  const entry = cleanEntry({ ...run, reply: { text: '{"nonce": "c0ffee"}', complete: true } });
  for (const query of [
    "",
    "  ",
    "submitorder",
    "REGTEST invalid",
    "my daemon",
    "initiator",
    "c0ffee order",
  ]) {
    assert.ok(matchesEntry(entry, query), `not found by "${query}"`);
  }
  for (const query of ["mainnet", "submitorder nothing"]) {
    assert.ok(!matchesEntry(entry, query), `found by "${query}"`);
  }
});
