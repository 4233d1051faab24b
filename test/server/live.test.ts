import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { test } from "node:test";
import type { LiveStatus } from "../../lib/call/live-status.ts";
import { PEER_HEIGHT, PEER_VERSION } from "../support/peer/trader.ts";
import { type Playground, startPlaygroundWithPeer } from "./support/playground.ts";

const live = { method: "poolrpc.Trader.GetInfo", height: "current_block_height", version: "version" };

test("the height and version of a daemon that answers, with one call for many pages", async () => {
  await using playground = await startPlaygroundWithPeer({ live: [live] });
  const answers = await Promise.all(Array.from({ length: 10 }, () => ask(playground, "sandbox")));
  for (const status of answers) {
    assert.deepEqual(status, { kind: "up", height: String(PEER_HEIGHT), version: PEER_VERSION });
  }
  assert.equal(playground.peer.calls.length, 1);
});

test("a daemon that is gone is down, in the bridge's words", async () => {
  await using playground = await startPlaygroundWithPeer({ live: [live] });
  await playground.peer.stop();
  const status = await ask(playground, "sandbox");
  assert.equal(status.kind, "down");
  assert.match(status.kind === "down" ? status.message : "", /cannot be reached/);
});

test("a daemon that refuses is down, in its own words", async () => {
  await using playground = await startPlaygroundWithPeer({ live: [live] });
  const signed = Buffer.from(playground.peer.macaroonHex(), "hex");
  writeFileSync(playground.peer.macaroonPath, signed.fill(1, signed.length - 32));
  assert.deepEqual(await ask(playground, "sandbox"), {
    kind: "down",
    message: "verification failed: signature mismatch after caveat verification",
  });
});

test("a profile that does not exist reaches no daemon", async () => {
  await using playground = await startPlaygroundWithPeer({ live: [live] });
  assert.equal((await ask(playground, "http://169.254.169.254")).kind, "down");
  assert.equal(playground.peer.calls.length, 0);
});

test("without a session nothing is asked", async () => {
  await using playground = await startPlaygroundWithPeer({ live: [live] });
  const response = await fetch(`${playground.origin}/api/live?profile=sandbox`, {
    headers: { "x-playground": "1" },
  });
  assert.equal(response.status, 401);
  assert.equal(playground.peer.calls.length, 0);
});

async function ask({ origin, cookie }: Playground, profile: string): Promise<LiveStatus> {
  const response = await fetch(`${origin}/api/live?profile=${encodeURIComponent(profile)}`, {
    headers: { cookie, "x-playground": "1" },
  });
  assert.equal(response.status, 200);
  return (await response.json()) as LiveStatus;
}
