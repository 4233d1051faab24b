import assert from "node:assert/strict";
import { test } from "node:test";
import type { ServerFrame } from "../../lib/call/bridge-protocol.ts";
import { isWrite } from "../../server/policy/access.ts";
import { permissions, registry } from "./support/api.ts";
import { openCall } from "./support/call-socket.ts";
import { callWeb } from "./support/grpc-web.ts";
import { startPlaygroundWithPeer } from "./support/playground.ts";

test("a method is a write when a permission says so, or when nothing is known of it", () => {
  const known = new Map([
    ["a.A.Read", ["account:read"]],
    ["a.A.Both", ["account:read", "order:write"]],
    ["a.A.None", []],
    ["a.A.Other", ["macaroon:generate"]],
  ]);
  assert.equal(isWrite("a.A.Read", known), false);
  assert.equal(isWrite("a.A.Both", known), true);
  assert.equal(isWrite("a.A.None", known), false);
  assert.equal(isWrite("a.A.Unknown", known), true);
  assert.equal(isWrite("a.A.Other", known), true);
  assert.equal(isWrite("a.A.read", known), true);
});

const METHODS = [...registry]
  .filter((type) => type.kind === "service")
  .flatMap((service) => service.methods.map((method) => `${service.typeName}.${method.name}`));

test("every write on a real profile is refused over HTTP and over a socket, and nothing is sent", async () => {
  await using playground = await startPlaygroundWithPeer({ as: "daemon" });
  const writes = METHODS.filter((method) => isWrite(method, permissions));
  assert.ok(
    writes.includes("poolrpc.Trader.SubmitOrder") && writes.includes("poolrpc.Trader.StopDaemon"),
    'writes.includes("poolrpc.Trader.SubmitOrder") && writes.includes("poolrpc.Trader.StopDaemon")',
  );
  assert.ok(writes.length >= 14, "writes.length >= 14");
  for (const method of writes) {
    const result = await callWeb(playground, method, undefined, { "x-playground-profile": "poold" });
    assert.deepEqual([result.http, result.code, result.reason], [200, 7, "write-refused"], method);
    const call = await openCall(playground, method, { profile: "poold" });
    call.send({ kind: "start", metadata: [], deadlineMs: 1_000 });
    const [end] = (await call.rest()) as ServerFrame[];
    assert.deepEqual(end?.kind === "end" && [end.code, end.reason], [7, "write-refused"], method);
  }
  assert.equal(playground.peer.calls.length, 0);
});

test("reads on a real profile, and writes on the sandbox, pass", async () => {
  await using real = await startPlaygroundWithPeer({ as: "daemon" });
  const read = await callWeb(real, "poolrpc.Trader.GetInfo", undefined, { "x-playground-profile": "poold" });
  assert.equal(read.code, 0);
  await using sandbox = await startPlaygroundWithPeer();
  const write = await callWeb(sandbox, "poolrpc.Trader.SubmitOrder");
  assert.equal(write.reason, null, "whatever the peer says of it, the bridge lets it through");
});

test("the development server does not start where a real daemon can be reached", async () => {
  await assert.rejects(
    startPlaygroundWithPeer({ as: "daemon", development: { upgrade: () => {} } }),
    /sandbox alone/,
  );
});
