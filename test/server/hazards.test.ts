import assert from "node:assert/strict";
import { test } from "node:test";
import { create, toBinary } from "@bufbuild/protobuf";
import { OfferSidecarRequestSchema, SubmitOrderRequestSchema } from "../../gen/poolrpc/trader_pb.ts";
import type { ServerFrame } from "../../lib/call/bridge-protocol.ts";
import { findMethod } from "../../lib/schema/registry.ts";
import { HazardRules } from "../../server/policy/hazard-rules.ts";
import { registry, safety } from "./support/api.ts";
import { openCall } from "./support/call-socket.ts";
import { callWeb } from "./support/grpc-web.ts";
import { startPlaygroundWithPeer } from "./support/playground.ts";
import { askConfirmation, confirmed, order, SUBMIT, switchWrites } from "./support/writes.ts";

const OFFER = "poolrpc.Trader.OfferSidecar";
const bid = toBinary(
  SubmitOrderRequestSchema,
  create(SubmitOrderRequestSchema, { details: { case: "bid", value: { leaseDurationBlocks: 2016 } } }),
);
const ask = toBinary(
  SubmitOrderRequestSchema,
  create(SubmitOrderRequestSchema, { details: { case: "ask", value: {} } }),
);
const offer = toBinary(OfferSidecarRequestSchema, create(OfferSidecarRequestSchema, { bid: {} }));

/** Requests that a daemon crashes on, and one that it might. */
const HAZARDS: readonly (readonly [method: string, message: Uint8Array, words: RegExp])[] = [
  [SUBMIT, bid, /crashes on "bid" without "details": add "details"/],
  [SUBMIT, ask, /crashes on "ask" without "details": add "details"/],
  [OFFER, offer, /crashes on "bid" without "details": add "details"/],
  [SUBMIT, Uint8Array.of(0x12, 0x7f), /not a poolrpc.SubmitOrderRequest/],
  // An ask whose details are a number: one decoder skips them, another one takes them for details.
  [SUBMIT, Buffer.from("0a020801", "hex"), /not a poolrpc.SubmitOrderRequest/],
  [SUBMIT, Buffer.from("0b0c", "hex"), /not a poolrpc.SubmitOrderRequest/],
];

test("only methods whose request can hold what a daemon crashes on are decoded", () => {
  const rules = new HazardRules(safety);
  const concerned = [...registry]
    .filter((type) => type.kind === "service")
    .flatMap(({ methods }) => methods)
    .filter((method) => rules.concerns(method))
    .map(({ name }) => name);
  assert.deepEqual(concerned.sort(), ["OfferSidecar", "SubmitOrder"]);
  const { input } = findMethod(registry, "poolrpc.Trader.GetInfo") ?? {};
  assert.ok(input, "there is a GetInfo");
  const method = findMethod(registry, "poolrpc.Trader.GetInfo");
  assert.equal(method === undefined ? "" : rules.find(method, Uint8Array.of(0xff)), null);
});

test("a request that crashes a real daemon is stopped, with what would happen and what to add", async () => {
  await using playground = await startPlaygroundWithPeer({ as: "daemon" });
  await switchWrites(playground, true);
  for (const [method, message, words] of HAZARDS) {
    const asked = await askConfirmation(playground, message, { method });
    assert.deepEqual([asked.status, asked.body.code], [422, "hazard"], method);
    assert.match(String(asked.body.message), words);

    const result = await callWeb(playground, method, message, { "x-playground-profile": "poold" });
    assert.deepEqual([result.code, result.reason, result.outcome], [3, "hazard", "not-sent"], method);
    assert.match(result.message, words);

    const call = await openCall(playground, method, { profile: "poold" });
    call.send({ kind: "start", metadata: [], deadlineMs: 1_000 });
    call.sendMessage(message);
    const [end] = (await call.rest()) as ServerFrame[];
    assert.deepEqual(
      end?.kind === "end" && [end.code, end.reason, end.outcome],
      [3, "hazard", "not-sent"],
      method,
    );
  }
  assert.equal(playground.peer.calls.length, 0);
  const nonce = await confirmed(playground, order(100_000n));
  const whole = await callWeb(playground, SUBMIT, order(100_000n), {
    "x-playground-profile": "poold",
    "x-playground-confirmation": nonce,
  });
  assert.equal(whole.code, 0);
});

test("a read with such a request is stopped too, before anything is sent", async () => {
  const reads = new Map([
    [SUBMIT, ["order:read"]],
    ["poolrpc.HashMail.SendStream", []],
  ]);
  const needed = new Map([...safety.needed, ["poolrpc.CipherBox", ["desc"]]]);
  await using playground = await startPlaygroundWithPeer({
    as: "daemon",
    permissions: reads,
    safety: { ...safety, needed },
  });
  const headers = { "x-playground-profile": "poold" };
  const order = await callWeb(playground, SUBMIT, bid, headers);
  assert.deepEqual([order.reason, order.outcome], ["hazard", "not-sent"]);
  const stream = await callWeb(playground, "poolrpc.HashMail.SendStream", new Uint8Array(), headers);
  assert.deepEqual([stream.reason, stream.outcome], ["hazard", "not-sent"]);
  assert.equal(playground.peer.calls.length, 0);
  const box = Buffer.from("0a020a00", "hex");
  assert.equal((await callWeb(playground, "poolrpc.HashMail.SendStream", box, headers)).code, 0);
});

test("the sandbox is asked all the same: it does not crash", async () => {
  await using playground = await startPlaygroundWithPeer();
  const result = await callWeb(playground, SUBMIT, bid);
  assert.equal(result.reason, null);
  assert.equal(playground.peer.calls.length, 1);
});
