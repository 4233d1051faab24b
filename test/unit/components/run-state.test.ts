import assert from "node:assert/strict";
import { test } from "node:test";
import { applyEvents, applySent, IDLE, KEPT_MESSAGES, started } from "../../../components/run/run-state.ts";
import type { RunEvent } from "../../../lib/call/run-event.ts";

const message = (index: number, size = 3): RunEvent => ({
  kind: "message",
  index,
  wire: new Uint8Array(size),
  atMs: index,
});

test("a unary run: headers, one message, trailers", () => {
  const state = applyEvents(started("sandbox", "{}"), [
    { kind: "headers", headers: [{ name: "a", value: "1" }], connectMs: 0, atMs: 2 },
    message(0),
    { kind: "trailers", trailers: [], atMs: 5 },
  ]);
  assert.equal(state.phase, "ended");
  assert.deepEqual([state.headersAtMs, state.firstAtMs, state.endedAtMs], [2, 0, 5]);
  assert.deepEqual([state.received, state.receivedBytes, state.sentCount], [1, 3, 1]);
  assert.equal(state.error, null);
});

test("an error ends the run and its metadata are the trailers", () => {
  const metadata = [{ name: "why", value: "x" }];
  const error = {
    source: "daemon",
    reason: null,
    code: 2,
    message: "no",
    outcome: "answered",
    metadata,
    details: [],
  } as const;
  const state = applyEvents(started("sandbox", "{}"), [{ kind: "error", error, atMs: 1 }]);
  assert.equal(state.phase, "ended");
  assert.equal(state.error, error);
  assert.equal(state.trailers, metadata);
});

test("only the last messages are kept, all are counted", () => {
  const batches = [0, 1, 2].map((batch) =>
    Array.from({ length: KEPT_MESSAGES }, (_, index) => message(batch * KEPT_MESSAGES + index)),
  );
  const state = batches.reduce(applyEvents, started("sandbox", "{}"));
  assert.equal(state.messages.length, KEPT_MESSAGES);
  assert.equal(state.messages[0]?.index, 2 * KEPT_MESSAGES);
  assert.equal(state.received, 3 * KEPT_MESSAGES);
  assert.equal(state.receivedBytes, 9 * KEPT_MESSAGES);
  assert.equal(state.firstAtMs, 0);
});

test("sent messages are kept in order, the oldest go first", () => {
  let state = started("sandbox", "first");
  for (let index = 0; index < KEPT_MESSAGES; index++)
    state = applySent(state, { text: `${index}`, atMs: index });
  assert.equal(state.sentCount, KEPT_MESSAGES + 1);
  assert.equal(state.sent.length, KEPT_MESSAGES);
  assert.equal(state.sent[0]?.text, "0");
});

test("a new run starts from nothing", () => {
  assert.deepEqual(
    { ...started("sandbox", "{}"), phase: "idle", profile: null, sent: [], sentCount: 0 },
    IDLE,
  );
});
