import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ServerFrame } from "../../lib/call/bridge-protocol.ts";
import type { ProfileList } from "../../lib/call/profile.ts";
import { isWrite } from "../../server/policy/access.ts";
import { permissions, registry } from "./support/api.ts";
import { type CallSocket, openCall } from "./support/call-socket.ts";
import { callWeb, type WebResult } from "./support/grpc-web.ts";
import { peerAsDaemon, startPlayground, startPlaygroundWithPeer } from "./support/playground.ts";
import { askConfirmation, confirmed, order, SUBMIT, switchWrites } from "./support/writes.ts";

const ORDER = order(1_000_000n);

/** A server in front of a real profile whose writes are turned on, and a clock that the test sets. */
async function startUnlocked() {
  const clock = { ms: 0 };
  const playground = await startPlaygroundWithPeer({ as: "daemon", now: () => clock.ms });
  assert.equal((await switchWrites(playground, true)).status, 200);
  const send = (message: Uint8Array, nonce: string | undefined, method = SUBMIT): Promise<WebResult> =>
    callWeb(playground, method, message, {
      "x-playground-profile": "poold",
      "x-playground-confirmation": nonce,
    });
  return Object.assign(playground, { clock, send });
}

function endOf(frames: readonly (ServerFrame | Buffer)[]) {
  const last = frames.at(-1);
  return last !== undefined && !Buffer.isBuffer(last) && last.kind === "end" ? last : undefined;
}

describe("THREATS 12: confirmations", () => {
  test("THREATS 12: a confirmed write goes through once; the same nonce again sends nothing", async () => {
    await using playground = await startUnlocked();
    const nonce = await confirmed(playground, ORDER);
    assert.match(nonce, /^[A-Za-z0-9_-]{43}$/, "256 bits");
    assert.equal((await playground.send(ORDER, nonce)).code, 0);
    const again = await playground.send(ORDER, nonce);
    assert.deepEqual([again.code, again.reason, again.outcome], [9, "confirmation", "not-sent"]);
    assert.match(again.message, /used before/);
    assert.equal(playground.peer.calls.length, 1);
  });

  test("THREATS 12: two at once with one nonce are one write", async () => {
    await using playground = await startUnlocked();
    const nonce = await confirmed(playground, ORDER);
    const both = await Promise.all([playground.send(ORDER, nonce), playground.send(ORDER, nonce)]);
    assert.deepEqual(both.map(({ reason }) => reason).sort(), ["confirmation", null].sort());
    assert.equal(playground.peer.calls.length, 1);
  });

  test("THREATS 12: expired, without, invented, other body, other method: nothing is sent", async () => {
    await using playground = await startUnlocked();
    const refused = async (what: string, result: Promise<WebResult>, words: RegExp) => {
      const { code, reason, outcome, message } = await result;
      assert.deepEqual([code, reason, outcome], [9, "confirmation", "not-sent"], what);
      assert.match(message, words, what);
    };
    await refused("none", playground.send(ORDER, undefined), /without a confirmation/);
    await refused("invented", playground.send(ORDER, "A".repeat(43)), /never given/);

    const late = await confirmed(playground, ORDER);
    playground.clock.ms += 60_000;
    await refused("expired", playground.send(ORDER, late), /expired/);

    const changed = await confirmed(playground, ORDER);
    await refused("other body", playground.send(order(1_000_001n), changed), /not what was confirmed/);
    await refused("a nonce that was tried on another body", playground.send(ORDER, changed), /used before/);

    const elsewhere = await confirmed(playground, ORDER);
    await refused(
      "other method",
      playground.send(ORDER, elsewhere, "poolrpc.Trader.CancelOrder"),
      /not what was confirmed/,
    );
    assert.equal(playground.peer.calls.length, 0);

    const inTime = await confirmed(playground, ORDER);
    playground.clock.ms += 59_999;
    assert.equal((await playground.send(ORDER, inTime)).code, 0);
  });

  test("THREATS 12: another profile: nothing is sent to either", async () => {
    await using playground = await startPlaygroundWithPeer({ as: "daemon" });
    const { peer } = playground;
    const two = ["one", "two"].map((id) => ({ ...peerAsDaemon(peer), id }));
    await using both = await startPlayground(two);
    for (const id of ["one", "two"]) await switchWrites(both, true, id);
    const nonce = await confirmed(both, ORDER, { profile: "one" });
    const send = (profile: string) =>
      callWeb(both, SUBMIT, ORDER, {
        "x-playground-profile": profile,
        "x-playground-confirmation": nonce,
      });
    assert.equal((await send("two")).reason, "confirmation");
    assert.equal((await send("one")).reason, "confirmation", "it was used up");
    assert.equal(peer.calls.length, 0);
  });

  test("THREATS 12: a nonce is used up by a call that fails", async () => {
    await using playground = await startUnlocked();
    const nonce = await confirmed(playground, ORDER);
    await playground.peer.stop();
    const failed = await playground.send(ORDER, nonce);
    assert.deepEqual([failed.reason, failed.outcome], ["unreachable", "not-sent"]);
    await playground.peer.restart();
    assert.equal((await playground.send(ORDER, nonce)).reason, "confirmation");
    assert.equal(playground.peer.calls.length, 0);
  });

  test("THREATS 12: locking again voids what was confirmed, and unlocking does not bring it back", async () => {
    await using playground = await startUnlocked();
    const nonce = await confirmed(playground, ORDER);
    assert.deepEqual((await switchWrites(playground, false)).body, { writes: "locked" });
    assert.equal((await playground.send(ORDER, nonce)).reason, "write-refused");
    await switchWrites(playground, true);
    assert.equal((await playground.send(ORDER, nonce)).reason, "confirmation");
    assert.equal(playground.peer.calls.length, 0);
  });

  test("THREATS 12: confirmations that wait are bounded, and room comes back as they expire", async () => {
    await using playground = await startUnlocked();
    let given = 0;
    let refusal: Awaited<ReturnType<typeof askConfirmation>> | undefined;
    while (refusal === undefined && given < 1_000) {
      const answer = await askConfirmation(playground, ORDER);
      if (answer.status === 200) given++;
      else refusal = answer;
    }
    assert.deepEqual([given, refusal?.status, refusal?.body.code], [256, 429, "busy"]);
    playground.clock.ms += 60_000;
    assert.equal((await askConfirmation(playground, ORDER)).status, 200);
  });
});

describe("THREATS 12: every message of a stream is confirmed", () => {
  const METHOD = "poolrpc.HashMail.SendStream";
  const BOX = Buffer.from("0a020a00", "hex");

  async function open(playground: Awaited<ReturnType<typeof startUnlocked>>): Promise<CallSocket> {
    const call = await openCall(playground, METHOD, { profile: "poold" });
    call.send({ kind: "start", metadata: [], deadlineMs: 5_000 });
    return call;
  }

  test("THREATS 12: each message with a nonce of its own passes", async () => {
    await using playground = await startUnlocked();
    const call = await open(playground);
    for (let sent = 0; sent < 3; sent++) {
      call.send({ kind: "confirm", nonce: await confirmed(playground, BOX, { method: METHOD }) });
      call.sendMessage(BOX);
    }
    call.send({ kind: "half-close" });
    assert.equal(endOf(await call.rest())?.code, 0);
    assert.equal(playground.peer.calls[0]?.messages.length, 3);
  });

  test("THREATS 12: a first message without a nonce opens no call at the daemon", async () => {
    await using playground = await startUnlocked();
    for (const send of [
      (call: CallSocket) => call.sendMessage(BOX),
      (call: CallSocket) => call.send({ kind: "half-close" }),
    ]) {
      const call = await open(playground);
      send(call);
      const end = endOf(await call.rest());
      assert.deepEqual([end?.reason, end?.outcome], ["confirmation", "not-sent"]);
    }
    assert.equal(playground.peer.calls.length, 0);
  });

  test("THREATS 12: one nonce is not enough for two messages, and locking stops the next one", async () => {
    await using playground = await startUnlocked();
    for (const spoil of [
      async (call: CallSocket, nonce: string) => call.send({ kind: "confirm", nonce }),
      async () => {},
      async (call: CallSocket) => {
        call.send({ kind: "confirm", nonce: await confirmed(playground, BOX, { method: METHOD }) });
        await switchWrites(playground, false);
      },
    ]) {
      const call = await open(playground);
      const nonce = await confirmed(playground, BOX, { method: METHOD });
      call.send({ kind: "confirm", nonce });
      call.sendMessage(BOX);
      await playground.peer.waitFor(({ messages, endedAt }) => messages.length === 1 && endedAt === null);
      await spoil(call, nonce);
      call.sendMessage(BOX);
      const end = endOf(await call.rest());
      assert.deepEqual(
        [end?.reason, end?.outcome],
        ["confirmation", "unknown"],
        "its first message went out",
      );
      await switchWrites(playground, true);
    }
    await playground.peer.waitFor(() => playground.peer.calls.every(({ cancelled }) => cancelled));
    assert.deepEqual(
      playground.peer.calls.map(({ messages, cancelled }) => [messages.length, cancelled]),
      [1, 1, 1].map((count) => [count, true]),
    );
  });

  test("THREATS 12: HTTP, which has no place for more than one nonce, is refused for such a stream", async () => {
    await using playground = await startUnlocked();
    const nonce = await confirmed(playground, BOX, { method: METHOD });
    const result = await playground.send(BOX, nonce, METHOD);
    assert.deepEqual([result.reason, result.outcome], ["confirmation", "not-sent"]);
    assert.match(result.message, /WebSocket/);
    assert.equal(playground.peer.calls.length, 0);
  });
});

describe("THREATS 12: the write switch", () => {
  test("THREATS 12: a real profile starts locked, and the list of profiles shows the switch", async () => {
    await using playground = await startPlaygroundWithPeer({ as: "daemon" });
    const { origin, cookie } = playground;
    const shown = async () => {
      const response = await fetch(`${origin}/api/profiles`, { headers: { cookie, "x-playground": "1" } });
      return ((await response.json()) as ProfileList).profiles.map(({ writes }) => writes);
    };
    assert.deepEqual(await shown(), ["locked"]);
    assert.deepEqual(await switchWrites(playground, true), { status: 200, body: { writes: "confirmed" } });
    assert.deepEqual(await shown(), ["confirmed"]);
    await using other = await startPlayground([peerAsDaemon(playground.peer)]);
    assert.equal((await askConfirmation(other, ORDER)).status, 403, "another process does not know of it");
  });

  test("THREATS 12: with writes on, every write still needs its confirmation, over HTTP and over a socket", async () => {
    await using playground = await startUnlocked();
    const writes = [...registry]
      .filter((type) => type.kind === "service")
      .flatMap((service) => service.methods.map((method) => `${service.typeName}.${method.name}`))
      .filter((method) => isWrite(method, permissions));
    assert.ok(writes.length >= 14, "there are writes");
    const empty = new Uint8Array();
    for (const method of writes) {
      assert.equal((await playground.send(empty, undefined, method)).reason, "confirmation", method);
      const call = await openCall(playground, method, { profile: "poold" });
      call.send({ kind: "start", metadata: [], deadlineMs: 1_000 });
      call.sendMessage(empty);
      assert.equal(endOf(await call.rest())?.reason, "confirmation", method);
    }
    assert.equal(playground.peer.calls.length, 0);
  });

  test("THREATS 12: a nonce is not given where it would open nothing, and the answer says why", async () => {
    await using playground = await startPlaygroundWithPeer({ as: "daemon" });
    const refused = async (asked: Parameters<typeof askConfirmation>[2], message = ORDER) => {
      const { status, body } = await askConfirmation(playground, message, asked);
      return [status, body.code, typeof body.message];
    };
    assert.deepEqual(await refused({}), [403, "write-refused", "string"]);
    await switchWrites(playground, true);
    const type = { headers: { "content-type": "application/json" } };
    assert.deepEqual(await refused(type), [415, "content-type", "string"]);
    assert.deepEqual(await refused({ profile: "elsewhere" }), [404, "unknown-profile", "string"]);
    for (const method of ["poolrpc.Trader.Nothing", "", ".", "SubmitOrder", "poolrpc.Trader.SubmitOrder "]) {
      assert.deepEqual(await refused({ method }), [404, "unknown-method", "string"], method);
    }
    assert.deepEqual(await refused({ method: "poolrpc.Trader.GetInfo" }), [409, "bad-request", "string"]);
    const tooLong = new Uint8Array((1 << 20) + 1);
    assert.deepEqual(await refused({}, tooLong), [413, "body", "string"]);
    assert.deepEqual(await refused({}, new Uint8Array()), [200, undefined, "undefined"]);
  });

  test("THREATS 12: the switch takes a profile of this server and a boolean, and the sandbox has none", async () => {
    await using playground = await startPlaygroundWithPeer({ as: "daemon" });
    assert.equal((await switchWrites(playground, "yes")).status, 400);
    assert.equal((await switchWrites(playground, true, 7)).status, 400);
    assert.equal((await switchWrites(playground, true, "elsewhere")).status, 404);
    assert.equal(
      (await switchWrites(playground, true, "poold", { "content-type": "text/plain" })).status,
      415,
    );
    await using sandbox = await startPlaygroundWithPeer();
    assert.equal((await switchWrites(sandbox, false, "sandbox")).status, 409);
    assert.equal((await askConfirmation(sandbox, ORDER, { profile: "sandbox" })).status, 409);
    assert.equal((await callWeb(sandbox, SUBMIT, ORDER)).code, 0);
  });

  test("THREATS 12: neither route is for another page, or for one without a session", async () => {
    await using playground = await startPlaygroundWithPeer({ as: "daemon" });
    const { origin, cookie } = playground;
    for (const path of ["/api/writes", `/api/confirm?profile=poold&method=${SUBMIT}`]) {
      const status = async (headers: Record<string, string>, method = "POST") => {
        const body = method === "POST" ? '{"profile":"poold","allow":true}' : null;
        const type = path === "/api/writes" ? "application/json" : "application/octet-stream";
        const all = { "content-type": type, ...headers };
        return (await fetch(`${origin}${path}`, { method, headers: all, body })).status;
      };
      assert.equal(await status({ origin }), 401, path);
      assert.equal(await status({ origin, cookie: `${cookie}x` }), 401, path);
      assert.equal(await status({ cookie }), 403, path);
      assert.equal(await status({ cookie, origin: "http://evil.test" }), 403, path);
      assert.equal(await status({ cookie, origin: "null" }), 403, path);
      assert.equal(await status({ cookie, origin }, "GET"), 405, path);
    }
    assert.equal(
      (await callWeb(playground, SUBMIT, ORDER, { "x-playground-profile": "poold" })).reason,
      "write-refused",
    );
  });
});
