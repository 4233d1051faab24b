import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { create } from "@bufbuild/protobuf";
import {
  BidSchema,
  ListAccountsResponseSchema,
  ListOrdersResponseSchema,
  TokensResponseSchema,
} from "../../../gen/poolrpc/trader_pb.ts";
import { bytesRule } from "../../../lib/editor/bytes-rule.ts";
import { collectRecent } from "../../../lib/editor/recent-values.ts";
import { methodFixture } from "./pool-docs.ts";

test("keys, nonces and txids are taken with what they belong to; amounts are not", () => {
  const reply = create(ListAccountsResponseSchema, {
    accounts: [
      { traderKey: new Uint8Array(33).fill(2), value: 5n, latestTxid: new Uint8Array(32).fill(7) },
      { traderKey: new Uint8Array(33).fill(3) },
    ],
  });
  const { docs } = methodFixture("poolrpc.Trader.ListAccounts");
  assert.deepEqual(
    collectRecent(ListAccountsResponseSchema, reply, docs).map(({ field, form, bytesKind, label, value }) => [
      field,
      form,
      bytesKind,
      label,
      value.slice(0, 6),
    ]),
    [
      ["trader_key", "bytes", "compressed public key", "trader_key of account 1", "020202"],
      ["latest_txid", "bytes", "transaction id", "latest_txid of account 1", "070707"],
      ["trader_key", "bytes", "compressed public key", "trader_key of account 2", "030303"],
    ],
  );
});

test("what is nested is told by the list it is in", () => {
  const bid = create(BidSchema, {
    details: { orderNonce: new Uint8Array(32).fill(9) },
    sidecarTicket: "sidecar1",
  });
  const { docs } = methodFixture("poolrpc.Trader.ListOrders");
  const found = collectRecent(
    ListOrdersResponseSchema,
    create(ListOrdersResponseSchema, { bids: [bid] }),
    docs,
  );
  assert.deepEqual(
    found.map(({ label }) => label),
    ["order_nonce of bid 1", "sidecar_ticket of bid 1"],
  );
});

test("secrets are left out, also where nobody says that the reply is one", () => {
  const { docs } = methodFixture("poolrpc.Trader.GetLsatTokens");
  const reply = create(TokensResponseSchema, {
    tokens: [{ baseMacaroon: new Uint8Array(60).fill(1), paymentPreimage: new Uint8Array(32).fill(1) }],
  });
  assert.deepEqual(collectRecent(TokensResponseSchema, reply, docs), []);
});

test("a large reply gives a bounded number of values", () => {
  const { docs } = methodFixture("poolrpc.Trader.ListAccounts");
  const accounts = Array.from({ length: 5000 }, (_, index) => ({
    traderKey: new Uint8Array(new Uint32Array(9).fill(index + 1).buffer),
  }));
  const reply = create(ListAccountsResponseSchema, { accounts });
  assert.equal(collectRecent(ListAccountsResponseSchema, reply, docs).length, 200);
});

describe("a Bytes line", () => {
  const rows: [line: string, length: number | null, kind: string, reversed: boolean][] = [
    ["33-byte compressed public key", 33, "compressed public key", false],
    ["33-byte compressed public key each", 33, "compressed public key", false],
    ["33-byte compressed public key of each node", 33, "compressed public key", false],
    ["33-byte compressed public key, or empty", 33, "compressed public key", false],
    ["66-byte MuSig2 public nonce (two 33-byte points), or empty", 66, "musig2 public nonce", false],
    [
      "32-byte transaction ID in internal byte order (reversed from how explorers show it)",
      32,
      "transaction id",
      true,
    ],
    [
      "DER signature without sighash byte (version 0), else 32-byte MuSig2 partial signature",
      null,
      "der signature without sighash byte",
      false,
    ],
    ["raw output script (scriptPubKey)", null, "raw output script", false],
  ];
  for (const [line, length, kind, reversed] of rows) {
    test(line, () => assert.deepEqual(bytesRule(line), { length, kind, reversed, secret: false }));
  }
  test("none", () => assert.equal(bytesRule(null), null));
});
