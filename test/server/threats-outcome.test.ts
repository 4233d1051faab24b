import assert from "node:assert/strict";
import type { ServerHttp2Stream } from "node:http2";
import { constants } from "node:http2";
import { describe, test } from "node:test";
import type { MetadataEntry } from "../../lib/call/call.ts";
import { requestConfirmation, setWrites } from "../../lib/run/confirm-write.ts";
import { encodeRequest } from "../../lib/run/encode-request.ts";
import { findMethod } from "../../lib/schema/registry.ts";
import { until } from "../support/until.ts";
import { registry } from "./support/api.ts";
import { asPage, errorOf, runInPage } from "./support/page.ts";
import { startPeerProcess } from "./support/peer-process.ts";
import { type Playground, startPlayground, startPlaygroundWithPeer } from "./support/playground.ts";
import { startRawPeer } from "./support/raw-peer.ts";
import { SUBMIT } from "./support/writes.ts";

const ORDER = '{"bid": {"details": {"trader_key": "02", "amt": "1000000"}, "lease_duration_blocks": 2016}}';
const SEND = "poolrpc.HashMail.SendStream";
const BOX = '{"desc": {"stream_id": "00"}}';

/** A peer's wish: it carries the request out, and its answer is never sent. */
const SWALLOW: readonly MetadataEntry[] = [{ name: "x-peer-swallow", value: "1" }];

/** The confirmation of a request text, asked for as a page does. */
async function confirm({ origin }: Playground, text: string, method: string): Promise<string> {
  const desc = findMethod(registry, method);
  assert.ok(desc, `there is no ${method}`);
  const wire = encodeRequest(text, desc.input, registry, "hex");
  assert.ok(typeof wire !== "string", "the request can be read");
  const given = await requestConfirmation(origin, "poold", method, wire);
  assert.ok(given.kind === "ok", "it is confirmed");
  return given.nonce;
}

describe("THREATS 14: a daemon that dies between the deed and its reply", () => {
  for (const [method, request] of [
    [SUBMIT, ORDER],
    [SEND, BOX],
  ] as const) {
    test(`THREATS 14: ${method}: the outcome is unknown, and it was called once`, async () => {
      await using peer = await startPeerProcess();
      await using playground = await startPlayground([peer.profile]);
      using _page = asPage(playground);
      await setWrites(playground.origin, "poold", true);
      const confirmation = await confirm(playground, request, method);
      const call = { profile: "poold", method, request, confirmation, metadata: SWALLOW };
      const run = errorOf(runInPage(playground, call));
      await until(() => peer.taken(method) === 1);
      peer.kill();
      const error = await run;
      assert.deepEqual(
        [error?.source, error?.reason, error?.code, error?.outcome],
        ["bridge", "disconnected", 14, "unknown"],
      );
      assert.match(error?.message ?? "", /not known whether/);
      assert.equal(peer.taken(method), 1);
    });
  }

  test("THREATS 14: the playground itself dies: unknown too, and the daemon was called once", async () => {
    await using playground = await startPlaygroundWithPeer({ as: "daemon" });
    using _page = asPage(playground);
    await setWrites(playground.origin, "poold", true);
    const runs = [];
    for (const [method, request] of [
      [SUBMIT, ORDER],
      [SEND, BOX],
    ] as const) {
      const confirmation = await confirm(playground, request, method);
      runs.push(
        errorOf(
          runInPage(playground, { profile: "poold", method, request, confirmation, metadata: SWALLOW }),
        ),
      );
      await playground.peer.waitFor((call) => call.method === method && call.messages.length === 1);
    }
    await playground.stop();
    for (const error of await Promise.all(runs)) {
      assert.equal(error?.outcome, "unknown", `${error?.reason}: ${error?.message}`);
    }
    assert.equal(playground.peer.calls.length, 2);
  });
});

describe("THREATS 14: what is known of a request, by how its call ended", () => {
  const outcomes = async (
    answer: (stream: ServerHttp2Stream) => void,
    { deadlineMs = null as number | null } = {},
  ) => {
    await using peer = await startRawPeer(answer);
    await using playground = await startPlayground([peer.profile]);
    using _page = asPage(playground);
    const found: (readonly [string | null | undefined, string | undefined])[] = [];
    for (const method of ["poolrpc.Trader.GetInfo", SEND]) {
      const error = await errorOf(runInPage(playground, { method, deadlineMs }));
      found.push([error?.reason, error?.outcome]);
    }
    assert.equal(peer.streams.length, 2, "nothing is sent again");
    return found;
  };
  const both = <T>(value: T) => [value, value];

  test("THREATS 14: reset, cut off, or left without an answer: unknown", async () => {
    const reset = await outcomes((stream) => stream.close(constants.NGHTTP2_INTERNAL_ERROR));
    assert.deepEqual(reset, both(["disconnected", "unknown"]));
    const cut = await outcomes((stream) => stream.session?.destroy());
    assert.deepEqual(cut, both(["disconnected", "unknown"]));
    const silent = await outcomes(() => {}, { deadlineMs: 200 });
    assert.deepEqual(silent, both(["deadline", "unknown"]));
  });

  test("THREATS 14: a stream that the daemon refused to look at: not sent", async () => {
    const refused = await outcomes((stream) => stream.close(constants.NGHTTP2_REFUSED_STREAM));
    assert.deepEqual(refused, both(["disconnected", "not-sent"]));
  });

  test("THREATS 14: a connection that is given up with the code of refused streams: unknown", async () => {
    // The code is the connection's. The stream may have been carried out: only a reset of its own would deny it.
    const refused = constants.NGHTTP2_REFUSED_STREAM;
    const given = await outcomes((stream) => stream.session?.goaway(refused, stream.id));
    assert.deepEqual(given, both(["disconnected", "unknown"]));
    const destroyed = await outcomes((stream) => stream.session?.destroy(undefined, refused));
    assert.deepEqual(destroyed, both(["disconnected", "unknown"]));
  });

  test("THREATS 14: a daemon's own status: answered", async () => {
    const answered = await outcomes((stream) =>
      stream.respond(
        { ":status": 200, "content-type": "application/grpc", "grpc-status": "14", "grpc-message": "x" },
        { endStream: true },
      ),
    );
    assert.deepEqual(answered, both([null, "answered"]));
  });

  test("THREATS 14: refused before anything was sent: not sent", async () => {
    await using playground = await startPlaygroundWithPeer({ limits: { callsInFlight: 1 } });
    using _page = asPage(playground);
    const told = async (call: Partial<Parameters<typeof runInPage>[1]>) => {
      const all = [];
      for (const method of ["poolrpc.Trader.GetInfo", SEND]) {
        const error = await errorOf(runInPage(playground, { method, ...call }));
        all.push([error?.reason, error?.outcome]);
      }
      return all;
    };
    assert.deepEqual(await told({ profile: "elsewhere" }), both(["unknown-profile", "not-sent"]));
    assert.deepEqual(await told({ request: "{" }), both([null, "not-sent"]));
    const macaroon = [{ name: "macaroon", value: "00" }];
    assert.deepEqual(await told({ metadata: macaroon }), both(["bad-request", "not-sent"]));
    const holding = new AbortController();
    const hang = [{ name: "x-peer-hang", value: "1" }];
    const held = errorOf(
      runInPage(
        playground,
        { method: "poolrpc.HashMail.RecvStream", metadata: hang },
        { signal: holding.signal },
      ),
    );
    await playground.peer.waitFor(({ method }) => method === "poolrpc.HashMail.RecvStream");
    assert.deepEqual(await told({}), both(["busy", "not-sent"]));
    holding.abort();
    assert.deepEqual([(await held)?.reason, (await held)?.outcome], ["cancelled", "unknown"]);
    assert.equal(playground.peer.calls.length, 1);
    await playground.peer.stop();
    await until(async () => (await told({}))[1]?.[0] === "unreachable");
    assert.deepEqual(await told({}), both(["unreachable", "not-sent"]));
  });
});
