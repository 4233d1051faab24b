import assert from "node:assert/strict";
import { test } from "node:test";
import { readDeadline } from "../../../components/run/read-deadline.ts";

for (const [text, ms] of [
  ["", null],
  ["  ", null],
  ["1", 1000],
  ["1.5", 1500],
  ["0.0001", 1],
  ["2000000", 2_000_000_000],
] as const) {
  test(`deadline of ${JSON.stringify(text)}`, () => assert.deepEqual(readDeadline(text), { kind: "ok", ms }));
}

for (const text of ["0", "-3", "2000001", "1e9", "soon", "NaN", "Infinity"]) {
  test(`deadline refused: ${JSON.stringify(text)}`, () => assert.equal(readDeadline(text).kind, "problem"));
}
