import assert from "node:assert/strict";
import { test } from "node:test";
import { applyEvent, IDLE, started } from "../../../components/run/run-state.ts";
import type { RunEvent } from "../../../lib/call/run-event.ts";

const message = (index: number, size = 3): RunEvent => ({
  kind: "message",
  index,
  wire: new Uint8Array(size),
  atMs: index + 3,
});

test("a unary run: headers, one message, trailers", () => {
  const events: RunEvent[] = [
    { kind: "headers", headers: [{ name: "a", value: "1" }], connectMs: 0.5, atMs: 2 },
    message(0),
    { kind: "trailers", trailers: [], atMs: 5 },
  ];
  const state = events.reduce(applyEvent, started("sandbox"));
  assert.equal(state.phase, "ended");
  assert.deepEqual([state.connectMs, state.headersAtMs, state.firstAtMs, state.endedAtMs], [0.5, 2, 3, 5]);
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
  const state = applyEvent(started("sandbox"), { kind: "error", error, atMs: 1 });
  assert.equal(state.phase, "ended");
  assert.equal(state.error, error);
  assert.equal(state.trailers, metadata);
});

test("all messages are counted, with the times of the first and the last", () => {
  const state = Array.from({ length: 1000 }, (_, index) => message(index)).reduce(
    applyEvent,
    started("sandbox"),
  );
  assert.deepEqual([state.received, state.receivedBytes], [1000, 3000]);
  assert.deepEqual([state.firstAtMs, state.lastAtMs], [3, 1002]);
});

test("a new run starts from nothing", () => {
  assert.deepEqual({ ...started("sandbox"), phase: "idle", profile: null, sentCount: 0 }, IDLE);
});
