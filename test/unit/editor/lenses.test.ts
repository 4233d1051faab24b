import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { baseContext, innerContext, type LensContext } from "../../../lib/editor/lenses/context.ts";
import { lensesOf, readLens } from "../../../lib/editor/lenses/lenses.ts";
import { parseRatio, round, toDecimal } from "../../../lib/editor/lenses/ratio.ts";
import { parseUnit } from "../../../lib/editor/lenses/unit.ts";
import { randomFrom } from "../../support/random.ts";
import { methodFixture } from "./pool-docs.ts";

const bare: LensContext = {
  nowMs: Date.UTC(2026, 2, 1, 12),
  height: null,
  amount: null,
  blocks: null,
  unitSats: null,
};
const RATE = "ppb per block (parts per billion of the amount per block)";

describe("what a value is in other words", () => {
  const rows: [unit: string, value: string, texts: string[], context?: Partial<LensContext>][] = [
    ["sat", "1000000", ["0.01 BTC"]],
    ["sat", "1", ["0.00000001 BTC"]],
    ["sat", "2100000000000000", ["21,000,000 BTC"]],
    ["sat", "18446744073709551615", ["184,467,440,737.09551615 BTC"]],
    ["sat", "1000000", ["0.01 BTC", "10 units"], { unitSats: 100_000n }],
    ["sat", "150000", ["0.0015 BTC", "1.5 units"], { unitSats: 100_000n }],
    ["msat", "1234567", ["1,234.567 sat", "0.00001234567 BTC"]],
    ["units of 100,000 sat", "7", ["700,000 sat", "0.007 BTC"]],
    ["sat/kw", "12500", ["50 sat/vB"]],
    ["sat/kw", "253", ["1.012 sat/vB"]],
    ["sat/vbyte", "2", ["500 sat/kw"]],
    [RATE, "4960", ["26.07 % APR", "0.000496 % per block"]],
    [
      "ppb per block",
      "4960",
      ["0.9999 % over 2,016 blocks", "26.07 % APR", "0.000496 % per block"],
      { blocks: 2016n },
    ],
    [
      RATE,
      "4960",
      ["0.9999 % over 2,016 blocks", "26.07 % APR", "9,999 sat premium", "0.000496 % per block"],
      { blocks: 2016n, amount: 1_000_000n },
    ],
    ["fraction per block", "4.96e-06", ["26.07 % APR", "0.000496 % per block"]],
    ["ppm (parts per million)", "1000", ["0.1 %"]],
    ["blocks", "2016", ["14 days", "until about 2026-03-15 12:00 UTC"]],
    ["blocks", "6", ["60 minutes", "until about 2026-03-01 13:00 UTC"]],
    [
      "blocks",
      "144",
      ["24 hours", "until about 2026-03-02 12:00 UTC", "until block 812,144"],
      { height: 812_000 },
    ],
    ["block height", "812144", [], {}],
    [
      "block height",
      "812144",
      ["about 2026-03-02 12:00 UTC", "in 144 blocks (24 hours)"],
      { height: 812_000 },
    ],
    [
      "block height",
      "811999",
      ["about 2026-03-01 11:50 UTC", "1 block (10 minutes) ago"],
      { height: 812_000 },
    ],
    ["unix seconds", "1772366400", ["2026-03-01 12:00 UTC"]],
    ["unix nanoseconds", "1772366400999999999", ["2026-03-01 12:00 UTC"]],
    ["unix nanoseconds", "18446744073709551615", ["2554-07-21 23:34 UTC"]],
    ["unix seconds", "18446744073709551615", ["beyond any calendar"]],
    ["count", "3", []],
    ["sat", "many", []],
  ];
  for (const [unit, value, texts, context] of rows) {
    test(`${value} ${unit}${context === undefined ? "" : ` (${Object.keys(context)})`}`, () => {
      assert.deepEqual(
        lensesOf(unit, value, { ...bare, ...context }).map(({ text }) => text),
        texts,
      );
    });
  }
});

describe("what is typed into a lens, as the value", () => {
  const lease = { blocks: 2016n, amount: 1_000_000n };
  const rows: [
    unit: string,
    id: string,
    text: string,
    value: string | RegExp,
    exact?: boolean,
    context?: Partial<LensContext>,
  ][] = [
    ["sat", "btc", "0.01", "1000000"],
    ["sat", "btc", "184,467,440,737.09551615", "18446744073709551615"],
    ["sat", "btc", "0.000000001", "0", false],
    ["sat", "units", "10", "1000000", true, { unitSats: 100_000n }],
    ["sat", "btc", "much", /number of BTC/],
    ["sat", "btc", "-1", /less than 0/],
    ["units of 100,000 sat", "sat", "150000", "2", false],
    ["sat/kw", "sat-per-vbyte", "50", "12500"],
    ["sat/kw", "sat-per-vbyte", "1.012", "253"],
    [RATE, "percent", "1", "4960", false, lease],
    [RATE, "apr", "5.256", "1000", true],
    [RATE, "premium", "9999", "4960", false, lease],
    [RATE, "premium", "10000", "4961", false, lease],
    ["blocks", "days", "14", "2016"],
    ["blocks", "date", "2026-03-15T12:00", "2016"],
    ["blocks", "date", "2026-02-01", /less than 0/],
    ["blocks", "date", "soon", /such as 2026/],
    ["blocks", "end", "812144", "144", true, { height: 812_000 }],
    ["block height", "date", "2026-03-02T12:00", "812144", true, { height: 812_000 }],
    ["block height", "away", "-1", "811999", true, { height: 812_000 }],
    ["unix seconds", "date", "2026-03-01T12:00", "1772366400"],
    ["unix nanoseconds", "date", "2026-03-01T12:00", "1772366400000000000"],
  ];
  for (const [unit, id, text, value, exact, context] of rows) {
    test(`${text} as ${id} of ${unit}`, () => {
      const read = readLens(unit, id, text, { ...bare, ...context });
      if (typeof value === "string") assert.deepEqual(read, { kind: "ok", value, exact: exact ?? true });
      else assert.match(read.kind === "problem" ? read.message : "", value);
    });
  }
});

test("what a lens shows, read back, is the value: for each unit, 2,000 values", () => {
  const random = randomFrom(50);
  const context = { ...bare, height: 812_000, blocks: 2016n, amount: 1_000_000n, unitSats: 100_000n };
  for (const unit of ["sat", "units of 100,000 sat", "sat/kw", RATE, "ppm", "blocks", "block height"]) {
    for (let round = 0; round < 2000; round++) {
      const value = BigInt(Math.floor(random() * 2 ** (8 + (round % 24)))).toString();
      for (const lens of lensesOf(unit, value, context)) {
        if (lens.value === "" || lens.value.startsWith("-")) continue;
        const read = readLens(unit, lens.id, lens.value, context);
        assert.equal(
          read.kind === "ok" ? read.value : read.message,
          value,
          `${unit} ${lens.id} ${lens.value}`,
        );
      }
    }
  }
});

test("premiums are those that a real daemon quotes", () => {
  const file = new URL("../../fixtures/quote-order.json", import.meta.url);
  const quotes = JSON.parse(readFileSync(file, "utf8")) as readonly {
    readonly request: { amt: string; rate_fixed: number; lease_duration_blocks: number };
    readonly total_premium_sat: string;
    readonly rate_percent: number;
  }[];
  assert.ok(quotes.length >= 4, "there are recordings");
  for (const { request, total_premium_sat, rate_percent } of quotes) {
    const context = {
      ...bare,
      amount: BigInt(request.amt),
      blocks: BigInt(request.lease_duration_blocks),
    };
    const lenses = lensesOf(RATE, String(request.rate_fixed), context);
    assert.equal(
      lenses.find(({ id }) => id === "premium")?.value,
      total_premium_sat,
      JSON.stringify(request),
    );
    assert.equal(Number(lenses.find(({ id }) => id === "percent-per-block")?.value), rate_percent);
  }
});

test("the context is what the message around the value says", () => {
  const { docs } = methodFixture("poolrpc.Trader.SubmitOrder");
  const base = baseContext(docs, bare);
  assert.equal(base.unitSats, 100_000n);
  const bid = innerContext(base, [
    { name: "lease_duration_blocks", unit: "blocks", value: 2016n },
    { name: "self_chan_balance", unit: "sat", value: 5n },
  ]);
  assert.deepEqual([bid.blocks, bid.amount], [2016n, 5n]);
  const details = innerContext(bid, [
    { name: "amt", unit: "sat", value: 100n },
    { name: "reserved_value_sat", unit: "sat", value: 7n },
    { name: "max_batch_fee_rate_sat_per_kw", unit: "sat/kw", value: 253n },
  ]);
  assert.deepEqual([details.blocks, details.amount], [2016n, 100n]);
  const unclear = innerContext(base, [
    { name: "one_sat", unit: "sat", value: 1n },
    { name: "two_sat", unit: "sat", value: 2n },
  ]);
  assert.equal(unclear.amount, null);
});

test("each unit of Pool's docs is read or has no other way to be said", () => {
  const plain = ["count", "number", "percent", "key index"];
  const docs = [
    "SubmitOrder",
    "ListOrders",
    "ListAccounts",
    "InitAccount",
    "Leases",
    "QuoteOrder",
    "AuctionFee",
    "GetLsatTokens",
  ];
  const units = new Set(
    docs.flatMap((name) =>
      Object.values(methodFixture(`poolrpc.Trader.${name}`).docs.messages).flatMap((message) =>
        Object.values(message.fields).flatMap(({ unit }) => (unit === null ? [] : [unit])),
      ),
    ),
  );
  assert.deepEqual(
    [...units].filter((unit) => parseUnit(unit) === null && !plain.includes(unit)),
    [],
  );
});

test("arithmetic stays exact where doubles do not", () => {
  const value = parseRatio("9007199254740993.1");
  assert.ok(value !== null, "it is a number");
  assert.equal(toDecimal(value, 3), "9007199254740993.1");
  assert.equal(round(value, "up"), 9007199254740994n);
  assert.equal(toDecimal({ num: -1n, den: 3n }, 5), "-0.33333");
  assert.equal(parseRatio("1,00"), null);
  assert.equal(parseRatio("."), null);
});
