import assert from "node:assert/strict";
import { test } from "node:test";
import { followsEnd } from "../../../components/reply/follow-end.ts";

const box = (scrollTop: number, scrollHeight: number) => ({ scrollTop, clientHeight: 400, scrollHeight });

test("text that grew before the scroll event came does not end the following", () => {
  assert.equal(followsEnd(true, 600, box(600, 5000)), true);
});

test("a move upwards ends the following, a move down that stops short does not begin it", () => {
  assert.equal(followsEnd(true, 600, box(500, 1000)), false);
  assert.equal(followsEnd(false, 100, box(300, 1000)), false);
});

test("reaching the end begins the following again", () => {
  assert.equal(followsEnd(false, 300, box(590, 1000)), true);
});

test("a box cut shorter is at its end", () => {
  assert.equal(followsEnd(true, 600, box(100, 500)), true);
});
