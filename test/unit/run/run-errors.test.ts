import assert from "node:assert/strict";
import { test } from "node:test";
import type { MetadataEntry } from "../../../lib/call/call.ts";
import { gateError, shownMetadata, trailersError } from "../../../lib/run/run-errors.ts";

const rows = (entries: Readonly<Record<string, string>>): MetadataEntry[] =>
  Object.entries(entries).map(([name, value]) => ({ name, value }));

test("a status without a reason is the daemon's own, and its words are kept as they are", () => {
  const error = trailersError(
    rows({ "grpc-status": "2", "grpc-message": "acct=02ab%E2%80%A6 has 100%25 open orders", server: "x" }),
  );
  assert.deepEqual(error, {
    source: "daemon",
    reason: null,
    code: 2,
    message: "acct=02ab… has 100% open orders",
    outcome: "answered",
    metadata: [{ name: "server", value: "x" }],
    details: [],
  });
});

test("success is no error", () => {
  assert.equal(trailersError(rows({ "grpc-status": "0" })), null);
});

test("a status with a reason is the bridge's, and of the request nothing is known unless it says so", () => {
  const bridge = {
    "grpc-status": "14",
    "grpc-message": "nobody there",
    "x-playground-reason": "unreachable",
  };
  const silent = trailersError(rows(bridge));
  assert.deepEqual(
    [silent?.source, silent?.reason, silent?.code, silent?.outcome, silent?.metadata],
    ["bridge", "unreachable", 14, "unknown", []],
  );
  assert.equal(trailersError(rows({ ...bridge, "x-playground-outcome": "not-sent" }))?.outcome, "not-sent");
});

test("trailers without a status are an unknown one, and escapes that are none stay as they are", () => {
  assert.equal(trailersError(rows({ server: "x" }))?.code, 2);
  assert.equal(trailersError(rows({ "grpc-status": "many" }))?.code, 2);
  assert.equal(trailersError(rows({ "grpc-status": "2", "grpc-message": "100%" }))?.message, "100%");
});

test("what an HTTP response has of its own is not a daemon's metadata", () => {
  const own = {
    "content-type": "x",
    date: "x",
    "x-playground-connect-ms": "1",
    "content-security-policy": "x",
  };
  assert.deepEqual(shownMetadata(rows({ ...own, server: "x", "x-request-id": "7" })), [
    { name: "server", value: "x" },
    { name: "x-request-id", value: "7" },
  ]);
});

test("details that cannot be read are none, and the status stays", () => {
  for (const broken of ["%%%", "AA", "CAISBgo"]) {
    const error = trailersError(rows({ "grpc-status": "3", "grpc-status-details-bin": broken }));
    assert.deepEqual([error?.code, error?.details], [3, []], broken);
  }
});

for (const [status, source, reason, code, outcome] of [
  [401, "network", "session", 16, "not-sent"],
  [415, "bridge", "bad-request", 3, "not-sent"],
  [500, "bridge", "bad-request", 3, "unknown"],
] as const) {
  test(`a refusal of the gate with HTTP ${status} is ${reason}`, async () => {
    const said = await gateError(new Response('{"message":"Send this."}', { status }));
    assert.deepEqual(
      [said.source, said.reason, said.code, said.outcome, said.message],
      [source, reason, code, outcome, "Send this."],
    );
    const silent = await gateError(new Response("<h1>", { status }));
    assert.equal(silent.message, `the playground's server answered HTTP ${status}`);
  });
}
