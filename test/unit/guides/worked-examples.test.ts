import assert from "node:assert/strict";
import { test } from "node:test";
import { FIRST_BOOK, unitsIn } from "../../../components/guide/clearing-price/book.ts";
import { AuctionType, OrderState } from "../../../gen/auctioneerrpc/auctioneer_pb.ts";
import { AccountVersion } from "../../../gen/poolrpc/trader_pb.ts";
import { clearMarket } from "../../../lib/auction/clearing.ts";
import { executionFee, lumpSumPremium } from "../../../lib/auction/premium.ts";
import { traderFee } from "../../../sandbox/ledger/chain-fees.ts";
import type { LedgerOrder } from "../../../sandbox/ledger/order.ts";
import { matchCost, quoteOrder, reservedValue } from "../../../sandbox/ledger/premium.ts";
import { tablesUnder } from "../../support/guide-tables.ts";

const FEES = { baseFee: 1n, feeRate: 1_000n };

/** Which table of which guide, and what each of its rows has to be, from its own first cells. */
const TABLES: readonly {
  readonly slug: string;
  readonly heading: string;
  readonly row: (cells: readonly string[]) => readonly (string | number | bigint)[];
}[] = [
  {
    slug: "auction",
    heading: "One price for all",
    row: ([name = ""]) => {
      const { asks, bids } = FIRST_BOOK;
      const order = [...asks, ...bids].find((known) => known.name === name);
      assert.ok(order !== undefined, `the figure has no ${name}`);
      const side = asks.includes(order) ? "ask" : "bid";
      return [name, side, order.rate, order.units, unitsIn(clearMarket(asks, bids), order)];
    },
  },
  {
    slug: "orders",
    heading: "Filled in parts",
    row: ([units = "", smallest = "", filled = ""]) => {
      const left = Number(units) - Number(filled);
      // As in sandbox/ledger/batches.ts, which its own test holds to the daemon's rule.
      const state = left < Number(smallest) ? OrderState.ORDER_EXECUTED : OrderState.ORDER_PARTIALLY_FILLED;
      return [units, smallest, filled, left, OrderState[state] ?? ""];
    },
  },
  {
    slug: "leases",
    heading: "Which height",
    row: ([start = "", blocks = ""]) => [start, blocks, Number(start) + Number(blocks)],
  },
  {
    slug: "rates-and-fees",
    heading: "The rate",
    row: ([rate = ""]) => [
      rate,
      tidy(Number(rate) / 1e7),
      tidy((Number(rate) * 2016) / 1e7),
      tidy((Number(rate) * 52_560) / 1e7),
      lumpSumPremium(1_000_000n, Number(rate), 2016),
    ],
  },
  {
    slug: "rates-and-fees",
    heading: "From a percentage to a rate",
    row: ([percent = "", blocks = ""]) => {
      const rate = Math.trunc(((Number(percent) / 100) * 1e9) / Number(blocks));
      return [percent, blocks, rate, lumpSumPremium(10_000_000n, rate, Number(blocks))];
    },
  },
  {
    slug: "rates-and-fees",
    heading: "The premium",
    row: ([amount = "", rate = "", blocks = ""]) => [
      amount,
      rate,
      blocks,
      tidy((Number(amount) * Number(rate) * Number(blocks)) / 1e9),
      lumpSumPremium(BigInt(amount), Number(rate), Number(blocks)),
    ],
  },
  {
    slug: "rates-and-fees",
    heading: "The execution fee",
    row: ([amount = "", base = "", rate = ""]) => [
      amount,
      base,
      rate,
      executionFee(BigInt(amount), { baseFee: BigInt(base), feeRate: BigInt(rate) }),
    ],
  },
  {
    slug: "rates-and-fees",
    heading: "The chain fee",
    row: ([account = "", channels = ""]) => {
      const version = account === "Taproot" ? AccountVersion.TAPROOT_V2 : AccountVersion.LEGACY;
      // At 1,000 sat/kw the fee is the weight.
      const fees = [1_000n, 253n, 2_500n, 12_500n].map((rate) => traderFee(BigInt(channels), rate, version));
      return [account, channels, ...fees];
    },
  },
  {
    slug: "rates-and-fees",
    heading: "What is set aside",
    row: ([smallest = ""]) => [
      smallest,
      Math.floor(10 / Number(smallest)),
      ...(["bid", "ask"] as const).map((side) =>
        reservedValue(anOrder(side, { minUnitsMatch: Number(smallest) }), AccountVersion.TAPROOT_V2),
      ),
    ],
  },
  {
    slug: "rates-and-fees",
    heading: "Ask the daemon",
    row: ([field = "", , why = ""]) => {
      const quote = quoteOrder(1_000_000n, 4_960, 2016, 12_500n, 10);
      const values: Record<string, string | bigint> = {
        total_premium_sat: quote.totalPremium,
        rate_per_block: "0.00000496",
        rate_percent: tidy(quote.ratePercent),
        total_execution_fee_sat: quote.executionFee,
        worst_case_chain_fee_sat: quote.worstCaseChainFee,
      };
      return [field, values[field] ?? "nothing", why];
    },
  },
];

for (const { slug, heading, row } of TABLES) {
  test(`${slug}: the numbers under ${heading}`, () => {
    const rows = tablesUnder(slug, heading).at(-1);
    assert.ok(rows !== undefined && rows.length > 0, "there is a table");
    for (const cells of rows) assert.deepEqual(cells, row(cells).map(String));
  });
}

test("rates-and-fees: the whole bill", () => {
  const price = 4_400;
  const premium = lumpSumPremium(1_000_000n, price, 2016);
  const execution = executionFee(1_000_000n, FEES);
  const chain = traderFee(1n, 2_500n, AccountVersion.TAPROOT_V2);
  const account = (side: "ask" | "bid") => -matchCost(anOrder(side), 1_000_000n, price) - chain;
  assert.deepEqual(
    tablesUnder("rates-and-fees", "The whole bill")[0],
    [
      ["Channel", 0, -1_000_000],
      ["Premium", -premium, premium],
      ["Execution fee", -execution, -execution],
      ["Chain fee", -chain, -chain],
      ["Account", account("bid"), account("ask")],
      ["Cost or gain", account("bid"), account("ask") + 1_000_000n],
    ].map((cells) => cells.map(String)),
  );
});

/** A number without the noise of binary fractions. */
function tidy(value: number): string {
  return String(Number(value.toPrecision(12)));
}

function anOrder(side: "ask" | "bid", changes: Partial<LedgerOrder> = {}): LedgerOrder {
  return {
    side: side === "ask" ? { kind: "ask" } : { kind: "bid", selfChanBalance: 0n },
    auctionType: AuctionType.BTC_INBOUND_LIQUIDITY,
    state: OrderState.ORDER_SUBMITTED,
    rateFixed: 4_960,
    leaseDuration: 2016,
    units: 10,
    unitsUnfulfilled: 10,
    minUnitsMatch: 1,
    maxBatchFeeRate: 12_500n,
    ...changes,
  } as LedgerOrder;
}
