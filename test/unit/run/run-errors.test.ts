import assert from "node:assert/strict";
import { test } from "node:test";
import { Code, ConnectError } from "@connectrpc/connect";
import { GateError, toRunError } from "../../../lib/run/run-errors.ts";

/** What the transport throws, and where the run failed in the words of the page. */
const rows: readonly (readonly [
  name: string,
  thrown: unknown,
  source: string,
  reason: string | null,
  code: number,
])[] = [
  [
    "a daemon's status",
    new ConnectError("account not found", Code.Unknown, { server: "x" }),
    "daemon",
    null,
    2,
  ],
  [
    "a status of the bridge",
    new ConnectError("nobody there", Code.Unavailable, { "x-playground-reason": "unreachable" }),
    "bridge",
    "unreachable",
    14,
  ],
  [
    "no session",
    new ConnectError("x", Code.Unknown, undefined, undefined, new GateError(401, "no session")),
    "network",
    "session",
    16,
  ],
  ["a refusal of the gate", new GateError(415, "wrong type"), "bridge", "bad-request", 3],
  ["no server", new TypeError("Failed to fetch"), "network", "offline", 14],
  ["the page's own deadline", new ConnectError("late", Code.DeadlineExceeded), "request", "deadline", 4],
  [
    "the daemon's deadline",
    new ConnectError("late", Code.DeadlineExceeded, { server: "x" }),
    "daemon",
    null,
    4,
  ],
];

for (const [name, thrown, source, reason, code] of rows) {
  test(`${name} is told as ${source}, ${reason}`, () => {
    const error = toRunError(thrown, false);
    assert.deepEqual([error.source, error.reason, error.code], [source, reason, code]);
    assert.notEqual(error.message, "");
  });
}

test("after a cancel by the user nothing else is told", () => {
  const error = toRunError(new ConnectError("aborted", Code.Canceled), true);
  assert.deepEqual([error.source, error.reason, error.code], ["request", "cancelled", 1]);
});

test("the words of a daemon are kept as they are", () => {
  const { message } = toRunError(
    new ConnectError("acct=02ab… has open orders, cancel them", Code.Unknown),
    false,
  );
  assert.equal(message, "acct=02ab… has open orders, cancel them");
});
