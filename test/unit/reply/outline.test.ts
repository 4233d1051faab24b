import assert from "node:assert/strict";
import { test } from "node:test";
import { ListOrdersResponseSchema } from "../../../gen/poolrpc/trader_pb.ts";
import { Outline, type OutlineSource } from "../../../lib/reply/outline.ts";
import { itemWords, type ReplyItem, replySource, wireChildren } from "../../../lib/reply/reply-items.ts";
import { wireFields, wireSource, wireWords } from "../../../lib/reply/wire-items.ts";
import { wireShape } from "../../../lib/reply/wire-shape.ts";
import { randomFrom } from "../../support/random.ts";
import { poolMessage, poolMessages, poolRegistry } from "../schema/pool-registry.ts";
import { longWire, orders } from "./long-replies.ts";

const options = { desc: ListOrdersResponseSchema, registry: poolRegistry, bytes: () => "hex" as const };

test("any window of an outline is a part of all its rows", async () => {
  const source: OutlineSource<number> = {
    opens: (item) => item > 0,
    open: (item) => ({ count: item, at: (index) => Math.floor(item / 2) - (index % 2) }),
  };
  const outline = new Outline(source);
  outline.setRoot({ count: 30, at: (index) => index });
  const random = randomFrom(9);
  for (let step = 0; step < 200; step++) {
    const rows = outline.window(0, 1e6);
    assert.equal(rows.length, outline.rows);
    const row = rows[Math.floor(random() * rows.length)];
    assert.ok(row !== undefined, "there is a row");
    assert.equal(outline.rowOf(row.path), rows.indexOf(row));
    const from = Math.floor(random() * rows.length);
    assert.deepEqual(outline.window(from, 7), rows.slice(from, from + 7));
    await outline.toggle(row.path);
  }
  outline.close();
  assert.equal(outline.rows, 30);
});

test("a reply of many orders opens without being decoded, to exact values", async () => {
  const outline = new Outline<ReplyItem>(replySource(options));
  outline.setRoot(wireChildren(orders(3_000, 2_000), options));
  assert.deepEqual(
    outline.window(0, 9).map(({ item }) => [item.path, itemWords(item).text]),
    [
      ["asks", "3,000 items"],
      ["bids", "2,000 items"],
    ],
  );
  for (const path of [[0], [0, 2_999], [0, 2_999, 0]]) await outline.toggle(path);
  const row = outline.rowOf([0, 2_999, 0]);
  const values = new Map(outline.window(row, 40).map(({ item }) => [item.path, itemWords(item)]));
  assert.deepEqual(values.get("asks[2999].details.amt"), { text: "300000000", type: "uint64" });
  assert.equal(values.get("asks[2999].details.trader_key")?.text, "ee".repeat(33));
  assert.equal(values.get("asks[2999].details.state")?.text, "ORDER_SUBMITTED");
  assert.equal(outline.rows, 2 + 3_000 + outline.window(0, 1e6).filter(({ path }) => path.length > 2).length);
});

test("the wire view names every byte once, for every type", async () => {
  const random = randomFrom(21);
  for (const desc of poolMessages) {
    const wire = longWire(desc, random, 300);
    const outline = new Outline(wireSource);
    outline.setRoot(wireFields(wire, wireShape(desc)));
    await outline.openUpTo(5_000);
    let covered = 0;
    for (const { item, opens, open } of outline.window(0, 1e6)) {
      assert.notEqual(item.kind, "broken", desc.typeName);
      const words = wireWords(item);
      if (item.kind === "bytes") covered += item.end - item.start;
      else if (item.kind === "field") {
        assert.notEqual(words.name, null, `${desc.typeName} ${item.number}`);
        covered += item.value - item.start + (open && opens ? 0 : item.end - item.value);
      }
    }
    assert.equal(covered, wire.length, desc.typeName);
  }
});

test("the wire view says values, numbers and what it does not know", () => {
  const wire = Uint8Array.from([
    0x08, 0x96, 0x01, 0x12, 0x02, 0x68, 0x69, 0x9a, 0x06, 0x01, 0xff, 0x1a, 0x7f,
  ]);
  const rows = wireFields(wire, wireShape(poolMessage("InvalidOrder")));
  const words = Array.from({ length: rows.count }, (_, index) => wireWords(rows.at(index)));
  assert.deepEqual(
    words.map(({ offset, head, body, number, wire, name, value }) => [
      offset,
      head,
      body,
      number,
      wire,
      name,
      value,
    ]),
    [
      [0, "08", "96 01", 1, "varint", "order_nonce", "150"],
      [3, "12 02", "68 69", 2, "length 2", "fail_reason", "hi"],
      [7, "9a 06 01", "ff", 99, "length 1", null, "."],
      [11, "", "1a 7f", null, null, null, "unreadable: the length says 127 bytes, and 0 are left"],
    ],
  );
});
