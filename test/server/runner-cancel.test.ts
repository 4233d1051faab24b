import assert from "node:assert/strict";
import type { ServerHttp2Stream } from "node:http2";
import { test } from "node:test";
import type { RunEvent } from "../../lib/call/run-event.ts";
import { until } from "../support/until.ts";
import { frame } from "./support/grpc-web.ts";
import { asPage, runInPage } from "./support/page.ts";
import { type Playground, startPlayground } from "./support/playground.ts";
import { startRawPeer } from "./support/raw-peer.ts";

const letter = '{"desc": {"streamId": "AAAA"}}';

function run(playground: Playground, method: string, signal: AbortSignal): AsyncIterator<RunEvent> {
  const request = method.endsWith("SendStream") ? letter : "{}";
  return runInPage(playground, { method, request, bytes: "base64" }, { signal })[Symbol.asyncIterator]();
}

test("a call that is cancelled before its socket is open is never sent, however late its events are read", async () => {
  const streams: ServerHttp2Stream[] = [];
  await using peer = await startRawPeer((stream) => streams.push(stream));
  await using playground = await startPlayground([peer.profile]);
  using _page = asPage(playground);
  const cancel = new AbortController();
  const events = run(playground, "poolrpc.HashMail.SendStream", cancel.signal);
  const first = events.next();
  await Promise.resolve();
  cancel.abort();
  const { value } = await first;
  assert.equal(value?.kind === "error" ? value.error.reason : value, "cancelled");
  // The page has its event and has not asked for the next one yet.
  await new Promise((resolve) => setTimeout(resolve, 500));
  assert.equal(streams.length, 0);
  assert.deepEqual(await events.next(), { done: true, value: undefined });
});

test("a page that stops reading the events of a call ends the call", async () => {
  const streams: ServerHttp2Stream[] = [];
  await using peer = await startRawPeer((stream) => {
    streams.push(stream);
    stream.respond({ ":status": 200, "content-type": "application/grpc" });
    stream.write(frame(new Uint8Array()));
  });
  await using playground = await startPlayground([peer.profile]);
  using _page = asPage(playground);
  for (const method of ["RecvStream", "SendStream"]) {
    const events = run(playground, `poolrpc.HashMail.${method}`, new AbortController().signal);
    assert.equal((await events.next()).value?.kind, "headers");
    await events.return?.();
    await until(() => streams.at(-1)?.closed);
  }
});
