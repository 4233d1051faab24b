import assert from "node:assert/strict";
import { test } from "node:test";
import { launchBrowser } from "../support/browser.ts";
import { startPeer } from "../support/peer/start-peer.ts";
import { assertWithin, until } from "../support/until.ts";
import { openCall } from "./support/call-socket.ts";
import { callHeaders, callWeb, frame, rpcUrl } from "./support/grpc-web.ts";
import { asPage, errorOf, runInPage } from "./support/page.ts";
import { peerAsSandbox, startPlaygroundWithPeer, temporaryFolder } from "./support/playground.ts";
import {
  type PlaygroundProcess,
  type ProcessFigures,
  startPlaygroundProcess,
} from "./support/playground-process.ts";

const STREAM = "poolrpc.HashMail.RecvStream";
const SEND = "poolrpc.HashMail.SendStream";
const BOX = '{"desc": {"stream_id": "00"}}';
const HANG = [{ name: "x-peer-hang", value: "1" }];

for (const [kind, call] of [
  ["unary", { method: "poolrpc.Trader.GetInfo", metadata: HANG }],
  ["server-streaming", { method: STREAM }],
  ["client-streaming", { method: SEND, request: BOX, metadata: HANG }],
  ["bidi-streaming", { method: "poolrpc.ChannelAuctioneer.SubscribeBatchAuction", metadata: HANG }],
] as const) {
  test(`THREATS 23: a page's cancel reaches the daemon within 50 ms: ${kind}`, async () => {
    await using playground = await startPlaygroundWithPeer();
    using _page = asPage(playground);
    const { peer } = playground;
    assert.equal((await callWeb(playground, "poolrpc.Trader.GetInfo")).code, 0);
    await assertWithin(50, async () => {
      const before = peer.calls.length;
      const cancel = new AbortController();
      // A stream that stays open: there is always one more message to wait for.
      const outgoing = waiting(cancel.signal);
      const run = errorOf(runInPage(playground, call, { signal: cancel.signal, outgoing }));
      await peer.waitFor(({ id }) => id > before);
      const from = performance.now();
      cancel.abort();
      const seen = await peer.waitFor(({ id, cancelled }) => id > before && cancelled);
      const took = performance.now() - from;
      assert.equal(seen.method, call.method);
      assert.deepEqual([(await run)?.reason, (await run)?.outcome], ["cancelled", "unknown"]);
      return took;
    });
  });
}

test("THREATS 23: a tab that is closed: its calls are cancelled at the daemon within a second", async () => {
  const browser = await launchBrowser();
  try {
    await using playground = await startPlaygroundWithPeer();
    const { peer } = playground;
    await assertWithin(1_000, async () => {
      const before = peer.calls.length;
      const page = await (await browser.newContext()).newPage();
      await page.goto(playground.url);
      await page.evaluate(`
        const headers = { "content-type": "application/grpc-web+proto", "x-playground-profile": "sandbox" };
        const body = new Uint8Array(5);
        void fetch("/rpc/poolrpc.HashMail/RecvStream", { method: "POST", headers, body }).then((reply) => reply.body.getReader().read());
        const socket = new WebSocket(location.origin.replace("http", "ws") + "/rpc/poolrpc.HashMail/SendStream?profile=sandbox", "playground.v1");
        socket.onopen = () => socket.send('{"kind":"start","metadata":[],"deadlineMs":null}');
        undefined;
      `);
      await until(() => peer.calls.length === before + 2);
      const from = performance.now();
      await page.close();
      await until(() => peer.calls.slice(before).every(({ cancelled }) => cancelled));
      const took = performance.now() - from;
      await page.context().close();
      return took;
    });
  } finally {
    await browser.close();
  }
});

test("THREATS 23: a thousand aborted calls of each transport leave handles and files flat", async () => {
  using folder = temporaryFolder();
  await using peer = await startPeer({ dir: folder.path });
  await using playground = await startPlaygroundProcess([peerAsSandbox(peer)]);
  for (const cycle of [abortHttp, abortSocket]) {
    const rounds = async (count: number) => {
      for (let done = 0; done < count; done += 10) {
        await Promise.all(Array.from({ length: 10 }, () => cycle(playground)));
      }
      await until(() => peer.calls.every(({ endedAt }) => endedAt !== null));
    };
    await rounds(50);
    const before = await quiet(playground);
    await rounds(1_000);
    const after = await quiet(playground);
    // A client keeps as many connections as it had calls at a time, or fewer.
    assert.ok(after.handles <= before.handles + 10, `${before.handles} handles became ${after.handles}`);
    assert.ok(after.files <= before.files + 10, `${before.files} files became ${after.files}`);
    assert.ok(after.memory <= before.memory + 30, `${before.memory} MiB became ${after.memory}`);
  }
  assert.equal((await callWeb(playground, "poolrpc.Trader.GetInfo")).code, 0);
});

/** The figures of the server once the number of its handles stays the same. */
async function quiet(playground: PlaygroundProcess): Promise<ProcessFigures> {
  let last = await playground.figures();
  let since = performance.now();
  return until(
    async () => {
      const now = await playground.figures();
      if (now.handles !== last.handles) since = performance.now();
      last = now;
      return now;
    },
    () => performance.now() - since > 500,
  );
}

async function abortHttp(playground: PlaygroundProcess): Promise<void> {
  const abort = new AbortController();
  const response = await fetch(rpcUrl(playground.origin, STREAM), {
    method: "POST",
    headers: callHeaders(playground),
    body: new Uint8Array(frame(new Uint8Array())),
    signal: abort.signal,
  });
  void response.body?.cancel().catch(() => {});
  abort.abort();
}

async function abortSocket(playground: PlaygroundProcess): Promise<void> {
  const call = await openCall(playground, STREAM);
  call.send({ kind: "start", metadata: [], deadlineMs: null });
  call.sendMessage(new Uint8Array());
  call.send({ kind: "half-close" });
  await call.next();
  call.socket.terminate();
}

/** Messages that never come, until the call is given up. */
async function* waiting(signal: AbortSignal): AsyncGenerator<never, void, undefined> {
  await new Promise((resolve) => signal.addEventListener("abort", resolve));
}
