import assert from "node:assert/strict";
import { test } from "node:test";
import { create, toBinary } from "@bufbuild/protobuf";
import { DurationBucketState } from "../../../gen/auctioneerrpc/auctioneer_pb.ts";
import {
  AuctionFeeResponseSchema,
  LeaseDurationResponseSchema,
  ListOrdersResponseSchema,
} from "../../../gen/poolrpc/trader_pb.ts";
import { makeSeries, runningTotal, ticks } from "../../../lib/reply/chart-series.ts";
import { writeCsv } from "../../../lib/reply/csv.ts";
import { ReplyStore } from "../../../lib/reply/reply-store.ts";
import { readRows, type TableKind, tablesOf } from "../../../lib/reply/reply-tables.ts";
import { jsonFile, wireFile } from "../../../lib/reply/save.ts";
import { orderRows } from "../../../lib/reply/table-order.ts";
import { poolMessage, poolRegistry } from "../schema/pool-registry.ts";
import { orders, storeOf, wholeText } from "./long-replies.ts";

const pace = { goOn: () => true, pause: async () => () => true };

function table(name: string, tables: readonly TableKind[]): TableKind {
  const found = tables.find((each) => each.name === name);
  assert.ok(found !== undefined, `no table ${name}`);
  return found;
}

test("a list of messages is a table with the values of messages in it", async () => {
  const wire = orders(1_000, 10);
  const store = storeOf(ListOrdersResponseSchema, wire);
  const asks = table("asks", tablesOf(ListOrdersResponseSchema, true));
  const paths = asks.columns.map(({ path }) => path);
  for (const path of ["details.amt", "details.rate_fixed", "lease_duration_blocks"]) {
    assert.ok(paths.includes(path), `no column ${path} in ${paths}`);
  }
  const { rows } = await readRows(asks, ListOrdersResponseSchema, store.log, "hex", pace);
  assert.equal(rows.length, 1_000);
  assert.equal(rows[999]?.[paths.indexOf("details.amt")], "100000000");
  const column = paths.indexOf("details.rate_fixed");
  const sorted = orderRows(rows, asks.columns, { column, descending: true }, "");
  assert.equal(sorted.length, 1_000);
  assert.equal(rows[sorted[0] as number]?.[column], String(400 + 89 * 13));
  const filtered = orderRows(rows, asks.columns, null, "99900000");
  assert.deepEqual([...filtered], [998]);
});

test("integers of 64 bits are sorted to the last digit, empty cells go last", () => {
  const [amt] =
    tablesOf(ListOrdersResponseSchema, true)[0]?.columns.filter(({ path }) => path === "details.amt") ?? [];
  assert.ok(amt !== undefined, "there is a column");
  const rows = [["9007199254740993"], [""], ["9007199254740992"], ["5"], ["18446744073709551615"]];
  assert.deepEqual([...orderRows(rows, [amt], { column: 0, descending: false }, "")], [3, 2, 0, 4, 1]);
  assert.deepEqual([...orderRows(rows, [amt], { column: 0, descending: true }, "")], [4, 0, 2, 3, 1]);
});

test("maps are tables too, with their keys", async () => {
  const message = create(LeaseDurationResponseSchema, {
    leaseDurationBuckets: { 2016: DurationBucketState.MARKET_OPEN, 4032: 77 as DurationBucketState },
  });
  const store = storeOf(LeaseDurationResponseSchema, toBinary(LeaseDurationResponseSchema, message));
  const buckets = table("lease_duration_buckets", tablesOf(LeaseDurationResponseSchema, true));
  const { rows } = await readRows(buckets, LeaseDurationResponseSchema, store.log, "hex", pace);
  assert.deepEqual(rows, [
    ["2016", "MARKET_OPEN"],
    ["4032", "77"],
  ]);
  assert.deepEqual(tablesOf(AuctionFeeResponseSchema, true), []);
});

test("messages in the rows' maps have columns by their keys", async () => {
  const desc = poolMessage("BatchSnapshotsResponse");
  const batches = [2016, 4032].map((duration, index) => ({
    creationTimestampNs: BigInt(index + 1),
    matchedMarkets: { [duration]: { clearingPriceRate: 700 + index } },
  }));
  const store = storeOf(desc, toBinary(desc, create(desc, { batches } as never)));
  const table = tablesOf(desc, true)[0];
  assert.ok(table !== undefined, "there is a table");
  const { columns, rows } = await readRows(table, desc, store.log, "hex", pace);
  const cells = (path: string) => rows.map((row) => row[columns.findIndex((column) => column.path === path)]);
  assert.deepEqual(cells("matched_markets[2016].clearing_price_rate"), ["700", ""]);
  assert.deepEqual(cells("matched_markets[4032].clearing_price_rate"), ["", "701"]);
  assert.deepEqual(cells("creation_timestamp_ns"), ["1", "2"]);
});

test("CSV keeps text as text: quotes, line breaks, and what a spreadsheet would calculate", () => {
  const columns = tablesOf(poolMessage("NodeRatingResponse"), true)[0]?.columns ?? [];
  assert.ok(columns.length >= 2, "two columns");
  const csv = writeCsv(columns.slice(0, 2), [
    ['=cmd|"x"', "-"],
    ["a,b", "line\nbreak"],
  ]);
  assert.equal(csv.split("\r\n")[1], `"'=cmd|""x""",'-`);
  assert.equal(csv.split("\r\n")[2], `"a,b","line\nbreak"`);
});

test("a reply is saved as it is: JSON that reads back, and the bytes that came", async () => {
  const wire = orders(400, 100);
  const store = storeOf(ListOrdersResponseSchema, wire);
  const json = await jsonFile(store, true, pace);
  assert.equal(await json?.text(), `${wholeText(ListOrdersResponseSchema, wire)}\n`);
  assert.deepEqual(new Uint8Array(await (await wireFile(store, true, pace)).arrayBuffer()), wire);
});

test("a stream is saved as an array, or as gRPC frames", async () => {
  const desc = poolMessage("CancelOrderRequest");
  const store = new ReplyStore(desc, poolRegistry, "hex", false);
  assert.equal(await (await jsonFile(store, false, pace))?.text(), "[]\n");
  for (const byte of [1, 2]) store.received(Uint8Array.from([0x0a, 0x01, byte]), byte);
  const json = JSON.parse((await (await jsonFile(store, false, pace))?.text()) ?? "");
  assert.deepEqual(json, [{ order_nonce: "01" }, { order_nonce: "02" }]);
  const frames = new Uint8Array(await (await wireFile(store, false, pace)).arrayBuffer());
  assert.deepEqual([...frames], [0, 0, 0, 0, 3, 0x0a, 1, 1, 0, 0, 0, 0, 3, 0x0a, 1, 2]);
});

test("a chart sums up values at the same place, and neighbours where there are many", () => {
  const few = makeSeries("asks", [
    { x: 3, y: 1 },
    { x: 1, y: 2 },
    { x: 3, y: 4 },
  ]);
  assert.deepEqual(few.points, [
    { x: 1, y: 2 },
    { x: 3, y: 5 },
  ]);
  assert.deepEqual(runningTotal(few).points.at(-1), { x: 3, y: 7 });
  const many = makeSeries(
    "all",
    Array.from({ length: 10_000 }, (_, x) => ({ x, y: 1 })),
  );
  assert.ok(many.points.length <= 400, "not more than can be drawn");
  assert.equal(
    many.points.reduce((sum, { y }) => sum + y, 0),
    10_000,
  );
  assert.deepEqual(ticks(0, 10, 5), [0, 2, 4, 6, 8, 10]);
});
