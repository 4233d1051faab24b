import assert from "node:assert/strict";
import { test } from "node:test";
import { create, toBinary } from "@bufbuild/protobuf";
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { CipherBoxSchema } from "../../../gen/auctioneerrpc/hashmail_pb.ts";
import { ListOrdersResponseSchema } from "../../../gen/poolrpc/trader_pb.ts";
import { concatenate } from "../../../lib/reply/byte-log.ts";
import { ReplyStore } from "../../../lib/reply/reply-store.ts";
import { splitMessage } from "../../../lib/reply/split-message.ts";
import { randomFrom } from "../../support/random.ts";
import { poolMessage, poolMessages, poolRegistry } from "../schema/pool-registry.ts";
import { allText, isReadable, longWire, orders, storeOf, wholeText } from "./long-replies.ts";

test("a long reply's text is that of the whole reply, for every type that has lists", async () => {
  const random = randomFrom(11);
  let split = 0;
  for (const desc of poolMessages) {
    const wire = longWire(desc, random, 40_000);
    if (wire.length < 40_000 || !isReadable(desc, wire)) continue;
    if (splitMessage(desc, wire) !== null) split += 1;
    assert.equal(await allText(storeOf(desc, wire)), wholeText(desc, wire), desc.typeName);
  }
  assert.ok(split >= 10, `only ${split} types were read piece by piece`);
});

test("fields that the descriptors do not know are told of in the order of the whole", async () => {
  const odd = (number: number) => new BinaryWriter().tag(number, WireType.Varint).uint32(7).finish();
  const bid = concatenate([new BinaryWriter().tag(2, WireType.LengthDelimited).bytes(odd(91)).finish()]);
  const wire = concatenate([orders(300, 300), bid, odd(90), orders(1, 0)]);
  const text = await allText(storeOf(ListOrdersResponseSchema, wire));
  assert.match(
    text,
    /^\/\/ unknown field 90: 07\n\/\/ unknown field bids\[300\]\.91: 07\n\{\n {2}"asks": \[/,
  );
  assert.equal(text, wholeText(ListOrdersResponseSchema, wire));
});

test("a long reply with a malformed item is malformed as a whole", async () => {
  const broken = new BinaryWriter()
    .tag(1, WireType.LengthDelimited)
    .bytes(new Uint8Array([0xff]))
    .finish();
  const wire = concatenate([orders(300, 300), broken]);
  const text = await allText(storeOf(ListOrdersResponseSchema, wire));
  assert.match(text, /^\/\/ The reply is no poolrpc\.ListOrdersResponse: /);
  assert.equal(text, wholeText(ListOrdersResponseSchema, wire));
});

test("THREATS 22: the end of a text whose one message has very many lines in one piece", async () => {
  const ids = new Uint8Array(400_000);
  for (let at = 0; at < ids.length; at += 2) ids[at] = 0x72;
  // asks[0].details.allowed_node_ids, each of them empty.
  const inner = new BinaryWriter().tag(1, WireType.LengthDelimited).bytes(ids).finish();
  const wire = new BinaryWriter().tag(1, WireType.LengthDelimited).bytes(inner).finish();
  const store = storeOf(ListOrdersResponseSchema, wire);
  const { from, lines, total } = await store.transcript.window("end", 12);
  assert.equal(lines.length, 12);
  assert.equal(lines.at(-1), "}");
  assert.equal(from + 12, total);
  assert.ok(total > 200_000, `${total} lines`);
});

test("THREATS 22: a flood of unknown fields is left to the bytes, wherever it is", async () => {
  const flood = new Uint8Array(300_000);
  for (let at = 0; at < flood.length; at += 3) flood.set([0xf8, 0x3f, 1], at);
  const item = new BinaryWriter().tag(1, WireType.LengthDelimited).bytes(flood).finish();
  for (const [wire, where] of [
    [flood, ""],
    [item, " of asks[0]"],
    [concatenate([orders(300, 0), item]), " of asks[300]"],
  ] as const) {
    const text = await allText(storeOf(ListOrdersResponseSchema, wire));
    assert.ok(
      text.startsWith(`// more than 10,000 unknown fields${where} are left out here: the bytes have them\n{`),
      text.slice(0, 200),
    );
    assert.ok(text.length < 1_000_000, `${text.length} characters`);
  }
});

test("any window is a part of the whole text, wherever one looks first", async () => {
  const wire = orders(500, 500);
  const lines = wholeText(ListOrdersResponseSchema, wire).split("\n");
  for (const from of [0, 1, 17, 4_000, lines.length - 3, lines.length + 50]) {
    const { transcript } = storeOf(ListOrdersResponseSchema, wire);
    const window = await transcript.window(from, 100);
    assert.deepEqual(window.lines, lines.slice(window.from, window.from + 100), `from ${from}`);
    assert.ok(
      Math.abs(window.from - Math.min(from, lines.length - 1)) <= 1,
      `at ${window.from}, not ${from}`,
    );
    const end = await transcript.window("end", 50);
    assert.deepEqual(end.lines, lines.slice(-50));
  }
});

test("counting in slices gives the exact number of lines; other bytes change no line's place", async () => {
  const wire = orders(700, 300);
  const store = storeOf(ListOrdersResponseSchema, wire);
  for (let slices = 0; !store.transcript.complete; slices++) {
    let blocks = 50;
    await store.transcript.count(() => blocks-- > 0);
    assert.ok(slices < 100, "it never ends");
  }
  const { total } = store.transcript;
  assert.equal(total, wholeText(ListOrdersResponseSchema, wire).split("\n").length);
  store.showBytes("base64");
  const base64 = await allText(store);
  assert.equal(base64.split("\n").length, total);
  assert.ok(base64.includes("AAAAAAAA"), "bytes are in base64 now");
});

test("a stream has a line before each message, and none is dropped", async () => {
  const store = new ReplyStore(CipherBoxSchema, poolRegistry, "hex", false);
  const count = 20_000;
  for (let index = 0; index < count; index++) {
    const msg = new Uint8Array(500).fill(index % 256);
    new DataView(msg.buffer).setUint32(0, index);
    store.received(toBinary(CipherBoxSchema, create(CipherBoxSchema, { msg })), index);
  }
  assert.equal(store.log.length, count);
  const text = await allText(store);
  const heads = text.match(/^\/\/ (\d+) · .*$/gm) ?? [];
  assert.equal(heads.length, count);
  assert.equal(heads[0], "// 1 · 0.0 ms · 503 B");
  const numbers = [...text.matchAll(/"msg": "([0-9a-f]{8})/g)].map(([, hex]) =>
    Number.parseInt(hex ?? "", 16),
  );
  assert.deepEqual(
    numbers,
    Array.from({ length: count }, (_, index) => index),
  );
  const line = store.transcript.startOfMessage(12_344);
  assert.match((await store.transcript.window(line, 1)).lines[0] ?? "", /^\/\/ 12345 · /);
});

test("in a conversation what was sent stands between what came", async () => {
  const store = new ReplyStore(poolMessage("ServerAuctionMessage"), poolRegistry, "hex", false);
  store.sent('{ "commit": {} }', 0);
  store.received(new Uint8Array(), 4);
  store.sent("{\n}", 9);
  assert.equal(
    await allText(store),
    '// sent 1 · 0.0 ms\n{ "commit": {} }\n\n// received 1 · 4.0 ms · 0 B\n{}\n\n// sent 2 · 9.0 ms\n{\n}',
  );
});
