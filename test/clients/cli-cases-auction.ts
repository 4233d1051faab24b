import assert from "node:assert/strict";
import { SEED } from "../../sandbox/ledger/seed-keys.ts";
import type { CliCase } from "./cli-case.ts";

const [FIRST_BATCH = "", , , , , , LAST_BATCH = ""] = SEED.batches;

interface Snapshot {
  readonly batch_id: string;
  readonly prev_batch_id: string;
  readonly matched_markets: Readonly<Record<string, { clearing_price_rate: number }>>;
}

interface Leases {
  readonly leases: readonly { premium_sat: number; purchased: boolean; channel_point: string }[];
  readonly total_amt_earned_sat: number;
  readonly total_amt_paid_sat: number;
}

/** What is only read: the daemon, its tokens, and the auction. */
export const AUCTION_CASES: readonly CliCase[] = [
  {
    command: "",
    check: ({ text }) => assert.match(text, /^ {3}pool - control plane for your poold$/m),
  },
  { command: "", args: ["--version"], check: ({ text }) => assert.match(text, /^pool version 0\.6\.6-beta/) },
  { command: "", args: ["nope"], exit: 3 },
  ...["accounts", "auction", "orders", "orders submit", "sidecar"].map(
    (command): CliCase => ({ command, check: ({ text }) => assert.match(text, /^COMMANDS:$/m) }),
  ),
  {
    command: "getinfo",
    check: (output, kept) => {
      const info = output.json();
      assert.match(String(info.version), /^0\.6\.6-beta /);
      assert.equal(info.current_block_height, 812_044);
      assert.equal(info.subscribed_to_auctioneer, true);
      assert.deepEqual(Object.keys(info.market_info as object), ["2016", "4032", "6048", "8064"]);
      kept.set("node", (info.node_rating as { node_pubkey: string }).node_pubkey);
    },
  },
  {
    command: "listauth",
    check: (output) => {
      const tokens = output.json<{ id: string; base_macaroon: string; file_name: string }[]>();
      assert.equal(tokens.length, 2);
      for (const { id, base_macaroon } of tokens)
        assert.ok(base_macaroon.includes(id), "the id is the macaroon's");
    },
  },
  {
    command: "auction fee",
    check: (output) =>
      assert.deepEqual(output.json(), { execution_fee: { base_fee: "1", fee_rate: "1000" } }),
  },
  {
    command: "auction leasedurations",
    check: (output) => {
      const { lease_durations: open, lease_duration_buckets: buckets } = output.json();
      assert.deepEqual(Object.keys(open as object), Object.keys(buckets as object));
      assert.equal((buckets as Record<string, string>)["2016"], "MARKET_OPEN");
    },
  },
  {
    command: "auction nextbatchinfo",
    check: (output) => {
      const { fee_rate_sat_per_kw, clear_timestamp } = output.json();
      assert.equal(fee_rate_sat_per_kw, "12500");
      assert.equal(Number(clear_timestamp) % 600, 0, "a batch is cleared at each full ten minutes");
    },
  },
  {
    command: "auction snapshot",
    check: (output) => {
      const [snapshot, ...more] = output.json<Snapshot[]>();
      assert.equal(more.length, 0);
      assert.equal(snapshot?.batch_id, LAST_BATCH);
    },
  },
  {
    command: "auction snapshot",
    args: ["--num_batches=3", LAST_BATCH],
    check: (output) => {
      const batches = output.json<Snapshot[]>();
      assert.equal(batches.length, 3);
      assert.equal(batches[0]?.prev_batch_id, batches[1]?.batch_id);
    },
  },
  {
    command: "auction snapshot",
    args: [`--batch_id=${FIRST_BATCH}`],
    check: (output) => {
      const [first] = output.json<Snapshot[]>();
      assert.equal(first?.batch_id, FIRST_BATCH);
      assert.equal(first?.prev_batch_id, "");
    },
  },
  {
    command: "auction snapshot",
    args: ["02".repeat(33)],
    error: "rpc error: code = Unknown desc = batch snapshot not found",
  },
  {
    command: "auction leases",
    check: (output) => {
      const { leases, total_amt_earned_sat: earned } = output.json<Leases>();
      const premiums = leases.filter(({ purchased }) => !purchased).map(({ premium_sat }) => premium_sat);
      assert.ok(premiums.length > 1, "there are leases that were sold");
      assert.equal(
        earned,
        premiums.reduce((sum, premium) => sum + premium, 0),
      );
    },
  },
  {
    command: "auction leases",
    args: [`--batch_ids=${FIRST_BATCH}`, `--accounts=${SEED.accounts.legacy}`],
    // A daemon keeps no batch that it had no part in.
    error: `rpc error: code = Unknown desc = snapshot of batch ${FIRST_BATCH} not found`,
  },
  {
    command: "auction leases",
    args: [`--accounts=${SEED.accounts.legacy}`],
    check: (output) => assert.deepEqual(output.json<Leases>().leases, []),
  },
  {
    command: "auction leases",
    args: ["--batch_ids=zz"],
    error: "invalid batch ID zz: encoding/hex: invalid byte: U+007A 'z'",
  },
  {
    command: "auction ratings",
    args: ["{node}"],
    check: (output, kept) =>
      assert.deepEqual(output.json(), {
        node_ratings: [{ node_pubkey: kept.get("node"), node_tier: "TIER_1" }],
      }),
  },
  { command: "auction ratings", error: "an LN node key must be provided" },
  {
    command: "auction ratings",
    args: ["--node_key=00"],
    error: "rpc error: code = Unknown desc = malformed public key: invalid length: 1",
  },
];
