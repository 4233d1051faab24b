import assert from "node:assert/strict";
import { test } from "node:test";
import type { OutgoingMessage } from "../../lib/run/runner.ts";
import { asPage, errorOf, runInPage } from "./support/page.ts";
import { startPlaygroundWithPeer } from "./support/playground.ts";

test("each message of a conversation is read with the form of bytes that it was written in", async () => {
  await using playground = await startPlaygroundWithPeer();
  using _page = asPage(playground);
  const later: readonly OutgoingMessage[] = [
    { text: '{"desc": {"stream_id": "abcd"}}', bytes: "base64", confirmation: null },
    { text: '{"desc": {"stream_id": "abcd"}}', bytes: "hex", confirmation: null },
  ];
  async function* outgoing() {
    yield* later;
  }
  const method = "poolrpc.HashMail.SendStream";
  const request = '{"desc": {"stream_id": "0102"}}';
  assert.equal(await errorOf(runInPage(playground, { method, request }, { outgoing: outgoing() })), null);
  assert.deepEqual(
    playground.peer.calls[0]?.messages.map((message) => Buffer.from(message).toString("hex")),
    ["0a040a020102", "0a050a0369b71d", "0a040a02abcd"],
  );
});
