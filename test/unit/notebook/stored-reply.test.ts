import assert from "node:assert/strict";
import { test } from "node:test";
import { create, type DescMethod, type Message, toBinary } from "@bufbuild/protobuf";
import {
  AccountSchema,
  AccountState,
  ListAccountsResponseSchema,
  Trader,
} from "../../../gen/poolrpc/trader_pb.ts";
import type { RunError } from "../../../lib/call/run-event.ts";
import { type StoredReply, type Storing, storeReply } from "../../../lib/notebook/stored-reply.ts";
import { registry } from "../../server/support/api.ts";

const { listAccounts, getLsatTokens } = Trader.method;

const ACCOUNT = create(AccountSchema, {
  traderKey: new Uint8Array(33).fill(2),
  outpoint: { txid: new Uint8Array(32).fill(7), outputIndex: 1 },
  value: 5n,
  state: AccountState.OPEN,
});

function store(method: DescMethod, message: Message, how: Partial<Storing> = {}): StoredReply {
  const wire = toBinary(method.output, message);
  const output = { kind: "reply", method: "a.B.C", messages: [wire], error: null, attempts: 1 } as const;
  return storeReply(output, {
    ...{ method: { method, registry }, bytes: "hex", varies: [], secret: false },
    ...how,
  });
}

/** The first account of what is stored. */
function account(how: Partial<Storing>): unknown {
  const stored = store(listAccounts, create(ListAccountsResponseSchema, { accounts: [ACCOUNT] }), how);
  assert.ok("replies" in stored, "the reply is stored");
  return (stored.replies[0] as unknown as { accounts: readonly unknown[] }).accounts[0];
}

const WHOLE = {
  trader_key: "02".repeat(33),
  outpoint: { txid: "07".repeat(32), output_index: 1 },
  value: "5",
  available_balance: "0",
  expiration_height: 0,
  state: "OPEN",
  latest_txid: "",
  version: "ACCOUNT_VERSION_LND_DEPENDENT",
};

test("a reply is stored as ProtoJSON with its defaults", () => {
  assert.deepEqual(account({}), WHOLE);
});

test("of what varies the form is stored: by name at any depth, by the end of a path, or whole messages", () => {
  const forms: readonly (readonly [varies: string, change: object])[] = [
    ["trader_key", { trader_key: "<66 hex digits>" }],
    ["value", { value: "<integer>" }],
    ["state", { state: "<AccountState>" }],
    ["txid", { outpoint: { ...WHOLE.outpoint, txid: "<64 hex digits>" } }],
    ["outpoint.output_index", { outpoint: { ...WHOLE.outpoint, output_index: "<integer>" } }],
    ["accounts.outpoint", { outpoint: { txid: "<64 hex digits>", output_index: "<integer>" } }],
    // Empty stays empty: that something came is no matter of its form.
    ["latest_txid", {}],
    ["balance", {}],
  ];
  for (const [varies, change] of forms) {
    assert.deepEqual(account({ varies: [varies] }), { ...WHOLE, ...change }, varies);
  }
  const base64 = account({ varies: ["trader_key"], bytes: "base64" }) as { trader_key: string };
  assert.equal(base64.trader_key, "<44 characters of base64>");
});

test("a map that varies is stored as how many it holds; a field within its values as its form", () => {
  const snapshot = create(Trader.method.batchSnapshot.output, {
    matchedMarkets: { 2016: { clearingPriceRate: 7 }, 4032: { clearingPriceRate: 8 } },
  });
  const whole = store(Trader.method.batchSnapshot, snapshot, { varies: ["matched_markets"] });
  assert.match(JSON.stringify(whole), /"matched_markets":"<2 entries>"/);
  const within = store(Trader.method.batchSnapshot, snapshot, { varies: ["clearing_price_rate"] });
  assert.match(JSON.stringify(within), /"2016":\{[^}]*"clearing_price_rate":"<integer>"/);
});

test("an error that was to come is stored by its name and words, and these may vary", () => {
  const error: RunError = {
    ...{ source: "daemon", reason: null, code: 5, outcome: "answered", metadata: [], details: [] },
    message: `no account ${"ab".repeat(33)} at 12`,
  };
  const output = { kind: "reply", method: "a.B.C", messages: [], error, attempts: 1 } as const;
  const how = { method: { method: listAccounts, registry }, bytes: "hex", secret: false } as const;
  assert.deepEqual(storeReply(output, { ...how, varies: [] }), {
    method: "a.B.C",
    error: { code: "NOT_FOUND", message: error.message },
  });
  assert.deepEqual(storeReply(output, { ...how, varies: ["message"] }), {
    method: "a.B.C",
    error: { code: "NOT_FOUND", message: "no account <66 hex digits> at <integer>" },
  });
});

test("of a reply that holds secrets nothing is stored", () => {
  const message = create(getLsatTokens.output, { tokens: [{ paymentPreimage: new Uint8Array([1, 2]) }] });
  assert.deepEqual(store(getLsatTokens, message, { secret: true }), { method: "a.B.C", hidden: true });
});
