import assert from "node:assert/strict";
import { test } from "node:test";
import { create, toBinary } from "@bufbuild/protobuf";
import { TextHints } from "../../../components/reply/worker/text-hints.ts";
import { LeasesResponseSchema, ListOrdersResponseSchema } from "../../../gen/poolrpc/trader_pb.ts";
import type { ReplyStore } from "../../../lib/reply/reply-store.ts";
import { methodFixture } from "../editor/pool-docs.ts";
import { orders, storeOf } from "../reply/long-replies.ts";

const { docs } = methodFixture("poolrpc.Trader.ListOrders");

/** What the worker shows beside the lines of a window: each line with its hint. */
async function shown(
  store: ReplyStore,
  from: number | "end",
  count: number,
  known = docs,
): Promise<string[]> {
  const { lines, parts } = await store.transcript.window(from, count);
  const hints = new TextHints(known);
  const beside = parts.flatMap(({ all, skipped, shown, desc }) => {
    const found = desc === null ? [] : hints.of(all, desc, "hex", null);
    return Array.from({ length: shown }, (_, index) => found[skipped + index] ?? "");
  });
  assert.equal(beside.length, lines.length, "a hint or none for each line");
  return lines.map((line, index) => `${line.trim()} ${beside[index]}`.trim());
}

test("hints stand beside the lines of a short reply, and of each item of a long one", async () => {
  for (const asks of [2, 400]) {
    const store = storeOf(ListOrdersResponseSchema, orders(asks, 2));
    const lines = await shown(store, 0, Number.MAX_SAFE_INTEGER);
    const amounts = lines.filter((line) => line.startsWith('"amt"'));
    assert.equal(amounts.length, asks + 2);
    assert.deepEqual(amounts.slice(0, 2), [
      '"amt": "100000", 0.001 BTC · 1 unit',
      '"amt": "200000", 0.002 BTC · 2 units',
    ]);
    assert.equal(amounts.at(-1), '"amt": "200000", 0.002 BTC · 2 units');
    // In the middle of an item, and from the end.
    for (const from of [7, lines.length - 9, "end"] as const) {
      const start = from === "end" ? lines.length - 9 : from;
      assert.deepEqual(await shown(store, from, 9), lines.slice(start, start + 9));
    }
  }
});

test("a transaction id is shown as explorers do", async () => {
  const txid = Uint8Array.from({ length: 32 }, (_, at) => at);
  const wire = toBinary(
    LeasesResponseSchema,
    create(LeasesResponseSchema, { leases: [{ channelPoint: { txid, outputIndex: 1 } }] }),
  );
  const known = methodFixture("poolrpc.Trader.Leases").docs;
  const lines = await shown(storeOf(LeasesResponseSchema, wire), 0, 100, known);
  assert.match(lines.find((line) => line.startsWith('"txid"')) ?? "", /, txid 1f1e1d1c.*03020100$/);
});
