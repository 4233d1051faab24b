import assert from "node:assert/strict";
import { SEED } from "../../sandbox/ledger/seed-keys.ts";
import type { CliCase, CliOutput } from "./cli-case.ts";

interface Details {
  readonly trader_key: string;
  readonly rate_fixed: number;
  readonly amt: string;
  readonly order_nonce: string;
  readonly state: string;
  readonly units: number;
  readonly max_batch_fee_rate_sat_per_kw: string;
  readonly channel_type: string;
  readonly auction_type: string;
  readonly min_units_match: number;
  readonly is_public: boolean;
  readonly allowed_node_ids: readonly string[];
  readonly events: readonly { event_str: string }[];
}

interface Listed {
  readonly details: Details;
  readonly lease_duration_blocks: number;
  /** What only asks or only bids have. */
  readonly [more: string]: unknown;
}

/** The order of a nonce in the output of `orders list`. */
function listed(output: CliOutput, side: "asks" | "bids", nonce: string): Listed {
  const found = output
    .json<Record<"asks" | "bids", Listed[]>>()
    [side].find((order) => order.details.order_nonce === nonce);
  assert.ok(found !== undefined, `${nonce} is listed`);
  return found;
}

const ASK = [
  "--amt=500000",
  "--acct_key={account}",
  "--interest_rate_percent=1",
  "--lease_duration_blocks=4032",
];
const BID = [
  "--acct_key={account}",
  "--interest_rate_percent=0.3",
  "--max_batch_fee_rate=50",
  "--min_node_tier=1",
];

const LIFE: readonly CliCase[] = [
  ...(["ask", "bid"] as const).map(
    (side): CliCase => ({
      command: `orders submit ${side}`,
      check: ({ text }) => assert.match(text, new RegExp(`pool orders submit ${side} - `)),
    }),
  ),
  {
    command: "orders submit ask",
    args: ASK,
    input: "no\n",
    check: ({ text }) => assert.match(text, /Cancelling order\.\.\.\n$/),
  },
  {
    command: "orders submit ask",
    args: ASK,
    input: "maybe\nyes\n",
    check: (output, kept) => {
      assert.match(output.text, /^-- Order Details --$/m);
      assert.match(output.text, /^Ask Amount: 0\.00500000 BTC$/m);
      kept.set("ask", output.json().accepted_order_nonce);
    },
  },
  {
    command: "orders submit bid",
    args: ["--force", "--public", ...BID, "300000"],
    check: (output, kept) => {
      const reply = output.json();
      assert.equal(reply.updated_sidecar_ticket, "");
      kept.set("bid", reply.accepted_order_nonce);
    },
  },
  {
    command: "orders list",
    check: (output, kept) => {
      const { details, lease_duration_blocks } = listed(output, "asks", kept.get("ask"));
      assert.equal(lease_duration_blocks, 4032);
      assert.equal(details.trader_key, kept.get("account"));
      // One percent over 4,032 blocks, in billionths a block.
      assert.equal(details.rate_fixed, Math.floor(0.01e9 / 4032));
      assert.equal(details.max_batch_fee_rate_sat_per_kw, "25000");
      assert.deepEqual(details.events, []);
    },
  },
  {
    command: "orders list",
    args: ["--verbose", "--show_archived"],
    check: (output, kept) => {
      const { details, min_node_tier } = listed(output, "bids", kept.get("bid"));
      assert.equal(min_node_tier, "TIER_1");
      assert.equal(details.units, 3);
      assert.deepEqual(
        details.events.map(({ event_str }) => event_str),
        ["OrderCreated"],
      );
    },
  },
  { command: "orders cancel", args: ["{ask}"], check: (output) => assert.deepEqual(output.json(), {}) },
  { command: "orders cancel", args: ["--order_nonce={bid}"] },
  // A daemon does not look whether it was cancelled before.
  { command: "orders cancel", args: ["{ask}"], check: (output) => assert.deepEqual(output.json(), {}) },
  {
    command: "orders list",
    check: (output, kept) => {
      assert.throws(() => listed(output, "asks", kept.get("ask")));
      assert.throws(() => listed(output, "bids", kept.get("bid")));
    },
  },
  {
    command: "orders list",
    args: ["--show_archived"],
    check: (output, kept) =>
      assert.equal(listed(output, "asks", kept.get("ask")).details.state, "ORDER_CANCELED"),
  },
];

const REFUSED: readonly CliCase[] = [
  {
    command: "orders cancel",
    args: ["09".repeat(32)],
    error: "rpc error: code = Unknown desc = no order found",
  },
  {
    command: "orders cancel",
    args: ["zz"],
    error: "cannot hex decode order nonce: encoding/hex: invalid byte: U+007A 'z'",
  },
  { command: "orders cancel", check: ({ text }) => assert.match(text, /pool orders cancel - /) },
  {
    command: "orders submit ask",
    args: ["--force", "--interest_rate_percent=1", "--amt=50000", "--acct_key={account}"],
    error:
      "invalid min chan amount: minimum channel amount 0.00100000 BTC is above order amount 0.00050000 BTC",
  },
  {
    command: "orders submit bid",
    args: ["--force", ...BID, "--lease_duration_blocks=1000", "300000"],
    error:
      "rpc error: code = Unknown desc = order valid validation: invalid channel lease duration 1000 blocks, active durations are: map[2016:MARKET_OPEN 4032:MARKET_OPEN 6048:MARKET_OPEN 8064:ACCEPTING_ORDERS 12096:ACCEPTING_ORDERS 52416:MARKET_CLOSED]",
  },
];

/** Orders with every flag, and a batch that one of them is filled in. */
const FLAGS: readonly CliCase[] = [
  {
    command: "orders submit ask",
    args: [
      ...["--force", "--amt=1000000", "--min_chan_amt=300000", "--acct_key={account}"],
      ...["--interest_rate_percent=0.5", "--announcement_constraints=2", "--confirmation_constraints=0"],
      ...["--channel_type=script-enforced", `--allowed_node_id=${SEED.nodes[1]}`, "--public"],
    ],
    check: (output, kept) => kept.set("flagged", output.json().accepted_order_nonce),
  },
  {
    command: "orders list",
    check: (output, kept) => {
      const { details, ...ask } = listed(output, "asks", kept.get("flagged"));
      assert.equal(ask.announcement_constraints, "ONLY_UNANNOUNCED");
      assert.equal(ask.confirmation_constraints, "CONFIRMATION_NO_PREFERENCE");
      assert.equal(details.channel_type, "ORDER_CHANNEL_TYPE_SCRIPT_ENFORCED");
      assert.equal(details.min_units_match, 3);
      assert.equal(details.is_public, true);
      assert.deepEqual(details.allowed_node_ids, [SEED.nodes[1]]);
    },
  },
  { command: "orders cancel", args: ["{flagged}"] },
  {
    command: "orders submit bid",
    args: ["--force", "--zero_conf_channel", "--amt=100000", ...BID],
    error:
      "rpc error: code = Unknown desc = order valid validation: zero conf channels need to use anchors. Use the script enforced channel type",
  },
  {
    command: "orders submit bid",
    args: [
      ...["--force", "--auction_type=outbound", "--amt=100000", "--self_chan_balance=300000"],
      ...[
        "--acct_key={account}",
        "--interest_rate_percent=0.1",
        "--channel_type=script-enforced",
        "--unannounced_channel",
        "--zero_conf_channel",
      ],
    ],
    check: (output, kept) => kept.set("flagged", output.json().accepted_order_nonce),
  },
  {
    command: "orders list",
    check: (output, kept) => {
      const { details, ...bid } = listed(output, "bids", kept.get("flagged"));
      assert.equal(details.auction_type, "AUCTION_TYPE_BTC_OUTBOUND_LIQUIDITY");
      assert.equal(bid.self_chan_balance, "300000");
      assert.equal(bid.unannounced_channel, true);
      assert.equal(bid.zero_conf_channel, true);
    },
  },
  { command: "orders cancel", args: ["{flagged}"] },
  {
    command: "orders submit ask",
    args: ["--force", "--amt=200000", "--acct_key={account}", "--interest_rate_percent=0.2"],
    check: (output, kept) => kept.set("auctionAsk", output.json().accepted_order_nonce),
  },
  {
    command: "orders list",
    args: ["--show_archived", "--verbose"],
    before: [
      ["ClearBatch", {}],
      ["MineBlocks", { num_blocks: 3 }],
    ],
    check: (output, kept) => {
      const { details } = listed(output, "asks", kept.get("auctionAsk"));
      assert.equal(details.state, "ORDER_EXECUTED");
      const events = details.events.map(({ event_str }) => event_str);
      assert.ok(events.includes("OrderMatch(prepare)"), `its events are ${events.join(", ")}`);
    },
  },
  {
    command: "auction leases",
    args: ["--accounts={account}"],
    check: (output, kept) => {
      const { leases } = output.json<{ leases: { order_nonce: string; channel_amt_sat: number }[] }>();
      const sold = leases.filter(({ order_nonce }) => order_nonce === kept.get("auctionAsk"));
      assert.equal(
        sold.reduce((sum, { channel_amt_sat }) => sum + channel_amt_sat, 0),
        200_000,
      );
    },
  },
];

/** Orders from submit to cancel or lease, and what is refused. */
export const ORDER_CASES: readonly CliCase[] = [...LIFE, ...REFUSED, ...FLAGS];
