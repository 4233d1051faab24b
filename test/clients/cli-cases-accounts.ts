import assert from "node:assert/strict";
import { SEED } from "../../sandbox/ledger/seed-keys.ts";
import { afterBlocks, type CliCase, type CliOutput } from "./cli-case.ts";

const ADDRESS = "bcrt1qjg0j52cmt2lazu8q9u5x8varkvvzf3uqd49ypc";
const NOBODY = "02c6047f9441ed7d6d3045406e95c07cd85c778e4b8cef3ca7abac09b95c709ee5";

interface Account {
  readonly trader_key: string;
  readonly outpoint: string;
  readonly value: number;
  readonly available_balance: number;
  readonly expiration_height: number;
  readonly state: string;
  readonly latest_txid: string;
  readonly version: string;
}

/** The account of a key in the output of `accounts list`. */
function listed(output: CliOutput, key: string): Account {
  const { accounts } = output.json<{ accounts: Account[] }>();
  const found = accounts.find((account) => account.trader_key === key);
  assert.ok(found !== undefined, `${key} is listed`);
  return found;
}

const REFUSED: readonly CliCase[] = [
  {
    command: "accounts new",
    exit: 1,
    check: ({ text }) => assert.match(text, /accounts new - create an account/),
  },
  {
    command: "accounts new",
    args: ["--amt=99999", "--conf_target=6"],
    error:
      "unable to estimate on-chain fees: rpc error: code = Unknown desc = minimum account value allowed is 0.00100000 BTC",
  },
  {
    command: "accounts new",
    args: ["--amt=1000000"],
    error: "either sat/vbyte or confirmation target must be specified",
  },
  {
    command: "accounts new",
    args: ["--amt=1000000", "--conf_target=6"],
    input: "no\n",
    check: ({ text }) => assert.match(text, /Confirm account \(yes\/no\): Cancelling account\.\.\.\n$/),
  },
  {
    command: "accounts deposit",
    args: [NOBODY, "100000", "1"],
    error: "rpc error: code = Unknown desc = account not found",
  },
  {
    command: "accounts withdraw",
    args: [SEED.accounts.main, "100000", "nowhere", "1"],
    error: "rpc error: code = Unknown desc = checksum mismatch",
  },
  {
    command: "accounts close",
    args: ["00", "1"],
    error: "rpc error: code = Unknown desc = malformed public key: invalid length: 1",
  },
  { command: "accounts bumpfee", exit: 1 },
  {
    command: "accounts recover",
    error: `rpc error: code = Unknown desc = error performing recovery: could not recover account ${SEED.accounts.legacy}: account ${SEED.accounts.legacy} is already subscribed, cannot recover`,
  },
];

const LIFE: readonly CliCase[] = [
  {
    command: "accounts new",
    args: ["--amt=2000000", "--conf_target=6", "--expiry_blocks=4032"],
    input: "yes\n",
    check: (output, kept) => {
      assert.match(output.text, /^Amount: 0\.02000000 BTC$/m);
      assert.match(output.text, /^Fee rate \(estimated\): 1\.0 sat\/vByte$/m);
      const account = output.json<Account>();
      assert.equal(account.value, 2_000_000);
      assert.equal(account.state, "PENDING_OPEN");
      assert.equal(account.expiration_height, 812_044 + 4032);
      assert.equal(account.outpoint.split(":")[0], account.latest_txid);
      kept.set("account", account.trader_key);
    },
  },
  {
    command: "accounts bumpfee",
    args: ["{account}", "100"],
    check: (output) => assert.deepEqual(output.json(), {}),
  },
  {
    command: "accounts list",
    ...afterBlocks(6),
    check: (output, kept) => assert.equal(listed(output, kept.get("account")).state, "OPEN"),
  },
  {
    command: "accounts deposit",
    args: ["--trader_key={account}", "--amt=500000", "--sat_per_vbyte=1", "--expiry_blocks=5000"],
    check: (output) => {
      const { account, deposit_txid } = output.json<{ account: Account; deposit_txid: string }>();
      assert.equal(account.state, "PENDING_UPDATE");
      assert.equal(account.value, 2_500_000);
      assert.equal(account.expiration_height, 812_050 + 5000);
      assert.equal(account.latest_txid, deposit_txid);
    },
  },
  {
    command: "accounts withdraw",
    ...afterBlocks(6),
    args: ["{account}", "200000", ADDRESS, "1"],
    check: (output) => {
      const { account, withdraw_txid } = output.json<{ account: Account; withdraw_txid: string }>();
      // What is left has paid the transaction too, at the smallest rate there is.
      assert.ok(account.value < 2_300_000 && account.value > 2_299_000, `${account.value} sat are left`);
      assert.equal(account.latest_txid, withdraw_txid);
    },
  },
  {
    command: "accounts renew",
    ...afterBlocks(6),
    args: ["--sat_per_vbyte=2", "--expiry_height=830000", "{account}"],
    check: (output) => {
      const { account, renewal_txid } = output.json<{ account: Account; renewal_txid: string }>();
      assert.equal(account.expiration_height, 830_000);
      assert.equal(account.latest_txid, renewal_txid);
    },
  },
  {
    command: "accounts renew",
    args: ["{account}", "2"],
    error:
      "rpc error: code = Unknown desc = account must be in either of [StateOpen StateExpired] to be renewed",
  },
  {
    command: "accounts listfees",
    ...afterBlocks(6),
    check: (output, kept) => {
      const { accounts } = output.json<{
        accounts: Record<string, { modification_fees: { action: string; fee_value: string }[] }>;
      }>();
      const fees = accounts[kept.get("account")]?.modification_fees ?? [];
      assert.deepEqual(
        fees.map(({ action }) => action),
        ["renew", "withdraw", "deposit", "create"],
      );
    },
  },
  {
    command: "accounts new",
    args: ["--amt=100000", "--sat_per_vbyte=10", "--force", "--version=1"],
    check: (output, kept) => {
      const account = output.json<Account>();
      assert.equal(account.version, "ACCOUNT_VERSION_LEGACY");
      kept.set("second", account.trader_key);
    },
  },
  {
    command: "accounts close",
    ...afterBlocks(6),
    args: ["--trader_key={second}", "--sat_per_vbyte=1", `--addr=${ADDRESS}`],
    check: (output, kept) => kept.set("closeTxid", output.json().close_txid),
  },
  {
    command: "accounts list",
    ...afterBlocks(6),
    args: ["--show_archived"],
    check: (output, kept) => {
      const account = listed(output, kept.get("second"));
      assert.equal(account.state, "CLOSED");
      assert.equal(account.value, 0);
      assert.equal(account.latest_txid, kept.get("closeTxid"));
    },
  },
  {
    command: "accounts list",
    check: (output, kept) => assert.throws(() => listed(output, kept.get("second"))),
  },
];

/** An account from its opening to its end, and what is refused. */
export const ACCOUNT_CASES: readonly CliCase[] = [...REFUSED, ...LIFE];
