import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { CompletionItem } from "../../../lib/editor/completion-item.ts";
import { createLanguage } from "../../../lib/editor/language.ts";
import type { RecentValue } from "../../../lib/editor/recent-values.ts";
import { applyEdits } from "../../../lib/schema/problem.ts";
import { bigSchema } from "../../support/big-schema.ts";
import { methodFixture } from "./pool-docs.ts";

const durations = methodFixture("poolrpc.Trader.LeaseDurations");
const durationReply = durations.registry.getMessage("poolrpc.LeaseDurationResponse");
if (durationReply === undefined) throw new Error("no such reply");

const methods = {
  terms: { ...durations, desc: durationReply },
  submit: methodFixture("poolrpc.Trader.SubmitOrder"),
  init: methodFixture("poolrpc.Trader.InitAccount"),
  list: methodFixture("poolrpc.Trader.ListOrders"),
  leases: methodFixture("poolrpc.Trader.Leases"),
  info: methodFixture("poolrpc.Trader.GetInfo"),
  auction: methodFixture("poolrpc.ChannelAuctioneer.SubscribeBatchAuction"),
};

const channelTypes = [
  "ORDER_CHANNEL_TYPE_UNKNOWN",
  "ORDER_CHANNEL_TYPE_PEER_DEPENDENT",
  "ORDER_CHANNEL_TYPE_SCRIPT_ENFORCED",
  "ORDER_CHANNEL_TYPE_SIMPLE_TAPROOT",
];

function at(
  method: keyof typeof methods,
  marked: string,
): { text: string; items: readonly CompletionItem[] } {
  const offset = marked.indexOf("|");
  const text = marked.replace("|", "");
  return { text, items: createLanguage(methods[method]).complete(text, offset) };
}

/** The text after the item was taken, its snippet's first stop shown as `|`. */
function taken(text: string, item: CompletionItem): string {
  const insert = item.insert
    .replace(/\$\{1:([^}]*)\}|\$1/, "|$1")
    .replace(/\$\{\d:([^}]*)\}|\$\d/g, "$1")
    .replace(/\\([\\$}])/g, "$1");
  return applyEdits(text, [{ offset: item.offset, length: item.length, text: insert }, ...item.edits]);
}

describe("what is offered", () => {
  const rows: [method: keyof typeof methods, marked: string, labels: string[]][] = [
    ["submit", "{|}", ["ask", "bid", "initiator", "all fields"]],
    ["submit", "{ | }", ["ask", "bid", "initiator", "all fields"]],
    ["submit", '{"|"}', ["ask", "bid", "initiator", "all fields"]],
    ["submit", '{"as|"}', ["ask", "bid", "initiator", "all fields"]],
    ["submit", "{as|}", ["ask", "bid", "initiator", "all fields"]],
    ["submit", '{"ask": {}, |}', ["initiator", "bid"]],
    ["submit", '{| "ask": {}}', ["initiator", "bid"]],
    ["submit", '{"initiator": "",\n  |\n}', ["ask", "bid"]],
    ["submit", '{"initiator": ""\n  |\n}', ["ask", "bid"]],
    [
      "submit",
      '{"bid": {|}}',
      [
        "details",
        "lease_duration_blocks",
        "version",
        "min_node_tier",
        "self_chan_balance",
        "sidecar_ticket",
        "unannounced_channel",
        "zero_conf_channel",
        "all fields",
      ],
    ],
    [
      "submit",
      '{"bid": {"details": {"auction_type": |}}}',
      ["AUCTION_TYPE_BTC_INBOUND_LIQUIDITY", "AUCTION_TYPE_BTC_OUTBOUND_LIQUIDITY"],
    ],
    [
      "submit",
      '{"bid": {"details": {"auction_type": "|"}}}',
      ["AUCTION_TYPE_BTC_INBOUND_LIQUIDITY", "AUCTION_TYPE_BTC_OUTBOUND_LIQUIDITY"],
    ],
    [
      "submit",
      '{"bid": {"details": {"auction_type": "AUC|',
      ["AUCTION_TYPE_BTC_INBOUND_LIQUIDITY", "AUCTION_TYPE_BTC_OUTBOUND_LIQUIDITY"],
    ],
    [
      "submit",
      '{"bid": {"details": {"auctionType": AUC|}}}',
      ["AUCTION_TYPE_BTC_INBOUND_LIQUIDITY", "AUCTION_TYPE_BTC_OUTBOUND_LIQUIDITY"],
    ],
    ["submit", '{"bid": {"unannounced_channel": |}}', ["true", "false"]],
    ["submit", '{"bid": {"unannounced_channel": tr|}}', ["true", "false"]],
    ["submit", '{"bid": {"unannounced_channel": "|"}}', []],
    ["submit", '{"bid": {"details": {"amt": |}}}', []],
    ["submit", '{"bid": {"details": {"trader_key": |}}}', ['" "']],
    ["submit", '{"bid": {"details": {"allowed_node_ids": |}}}', ["[ ]"]],
    ["submit", '{"bid": {"details": {"allowed_node_ids": [|]}}}', ['" "']],
    ["submit", '{"bid": |}', ["{ }", "{ all fields }"]],
    ["submit", '{"nothing": {|}}', []],
    ["submit", '{"nothing": |}', []],
    ["submit", '{"initiator": "|"}', []],
    ["submit", "{ // here |\n}", []],
    ["submit", "{ /* here | */ }", []],
    ["submit", "{}\n|", []],
    ["submit", "|", ["{ }", "{ all fields }"]],
    [
      "init",
      '{"absolute_height": 1, |}',
      ["account_value", "conf_target", "fee_rate_sat_per_kw", "initiator", "version", "relative_height"],
    ],
    [
      "init",
      '{"relativeHeight": 1, |, "confTarget": 6}',
      ["accountValue", "initiator", "version", "absoluteHeight", "feeRateSatPerKw"],
    ],
    [
      "init",
      '{"feeRate|"}',
      [
        "accountValue",
        "absoluteHeight",
        "relativeHeight",
        "confTarget",
        "feeRateSatPerKw",
        "initiator",
        "version",
        "all fields",
      ],
    ],
    [
      "init",
      '{"account_value": 1, "confTarget": 6, |}',
      ["absolute_height", "relative_height", "initiator", "version", "fee_rate_sat_per_kw"],
    ],
    ["list", '{"verbose": true, "|"}', ["active_only"]],
    ["leases", '{"batch_ids": ["00", |]}', ['" "']],
    ["info", "{|}", []],
    ["auction", '{"sign": {"account_sigs": {"a": |}}}', ['" "']],
    [
      "auction",
      '{"sign": {"channel_infos": {"a": {|}}}}',
      [
        "type",
        "local_node_key",
        "remote_node_key",
        "local_payment_base_point",
        "remote_payment_base_point",
        "all fields",
      ],
    ],
    ["auction", '{"sign": {"channel_infos": {|}}}', ['" ": entry']],
    ["terms", '{"lease_durations": {|}}', ['" ": entry']],
    ["terms", '{"lease_durations": {"2016": |}}', ["true", "false"]],
    [
      "terms",
      '{"lease_duration_buckets": {"2016": |}}',
      ["NO_MARKET", "MARKET_CLOSED", "ACCEPTING_ORDERS", "MARKET_OPEN"],
    ],
    ["submit", '{"bid": {"details": {"channel_type": |}}}', channelTypes],
  ];
  for (const [method, marked, labels] of rows) {
    test(`${method} ${marked}`, () => {
      assert.deepEqual(
        at(method, marked).items.map((item) => item.label),
        labels,
      );
    });
  }
});

describe("what is written", () => {
  const rows: [method: keyof typeof methods, marked: string, label: string, after: string][] = [
    ["list", "{|}", "verbose", '{"verbose": |true}'],
    ["list", '{"|"}', "verbose", '{"verbose": |true}'],
    ["list", '{"ve|"}', "verbose", '{"verbose": |true}'],
    ["list", '{"ve|\n}', "verbose", '{"verbose": |true\n}'],
    ["list", '{"ve|": false}', "verbose", '{"verbose": false}'],
    ["list", '{| "active_only": true}', "verbose", '{"verbose": |true, "active_only": true}'],
    ["list", '{"active_only": true\n  |\n}', "verbose", '{"active_only": true,\n  "verbose": |true\n}'],
    ["list", '{"active_only": true|}', "false", '{"active_only": false}'],
    ["list", '{"active_only": true |}', "verbose", '{"active_only": true, "verbose": |true}'],
    ["submit", '{"initiator": ""|}', "bid", '{"initiator": "", "bid": {\n  "details": {\n    |\n  }\n}}'],
    ["submit", "{|}", "initiator", '{"initiator": "|"}'],
    ["submit", '{"bid": |}', "{ }", '{"bid": {\n  "details": {\n    |\n  }\n}}'],
    [
      "submit",
      '{"bid": {"details": {|}}}',
      "allowed_node_ids",
      '{"bid": {"details": {"allowed_node_ids": ["|"]}}}',
    ],
    ["submit", '{"bid": {"details": {|}}}', "auction_type", '{"bid": {"details": {"auction_type": "|"}}}'],
    [
      "submit",
      '{"bid": {"details": {"auction_type": "AU|"}}}',
      "AUCTION_TYPE_BTC_OUTBOUND_LIQUIDITY",
      '{"bid": {"details": {"auction_type": "AUCTION_TYPE_BTC_OUTBOUND_LIQUIDITY"}}}',
    ],
    [
      "submit",
      '{"bid": {"details": {"auction_type": | "amt": 1}}}',
      "AUCTION_TYPE_BTC_OUTBOUND_LIQUIDITY",
      '{"bid": {"details": {"auction_type": "AUCTION_TYPE_BTC_OUTBOUND_LIQUIDITY", "amt": 1}}}',
    ],
    ["auction", '{"sign": {|}}', "channel_infos", '{"sign": {"channel_infos": {\n  "|": {\n    \n  }\n}}}'],
    ["auction", '{"sign": {|}}', "account_sigs", '{"sign": {"account_sigs": {\n  "|": ""\n}}}'],
    ["auction", '{"sign": {"account_sigs": {|}}}', '" ": entry', '{"sign": {"account_sigs": {"|": ""}}}'],
    [
      "auction",
      '{"sign": {"account_sigs": {"a": ""|}}}',
      '" ": entry',
      '{"sign": {"account_sigs": {"a": "", "|": ""}}}',
    ],
    ["init", '{"feeRate|"}', "feeRateSatPerKw", '{"feeRateSatPerKw": |0}'],
    ["init", '{"confTarget": 6, |}', "accountValue", '{"confTarget": 6, "accountValue": |0}'],
    ["init", "{|}", "fee_rate_sat_per_kw", '{"fee_rate_sat_per_kw": |0}'],
    // A member of a oneof takes the place of the one that is set, wherever that is.
    ["init", '{"conf_target": 6, |}', "fee_rate_sat_per_kw", '{ "fee_rate_sat_per_kw": |0}'],
    ["init", '{"conf_target": 6 |}', "fee_rate_sat_per_kw", '{ "fee_rate_sat_per_kw": |0}'],
    ["init", '{| "conf_target": 6}', "fee_rate_sat_per_kw", '{"fee_rate_sat_per_kw": |0 }'],
    [
      "init",
      '{| "conf_target": 6, "version": 0}',
      "fee_rate_sat_per_kw",
      '{"fee_rate_sat_per_kw": |0,  "version": 0}',
    ],
    [
      "init",
      '{| "version": 0, "conf_target": 6}',
      "fee_rate_sat_per_kw",
      '{"fee_rate_sat_per_kw": |0, "version": 0}',
    ],
    [
      "init",
      '{"version": 0, "conf_target": 6 |}',
      "fee_rate_sat_per_kw",
      '{"version": 0,  "fee_rate_sat_per_kw": |0}',
    ],
    ["submit", '{"ask": {"details": {"amt": 1}}, |}', "bid", '{ "bid": {\n  "details": {\n    |\n  }\n}}'],
    ["list", "{|}", "all fields", '{"verbose": false,\n"active_only": false}'],
    [
      "terms",
      "|",
      "{ all fields }",
      '{\n  "lease_durations": {\n    "0": false\n  },\n  "lease_duration_buckets": {\n    "0": "NO_MARKET"\n  }\n}',
    ],
  ];
  for (const [method, marked, label, after] of rows) {
    test(`${method} ${marked} ${label}`, () => {
      const { text, items } = at(method, marked);
      const item = items.find((each) => each.label === label);
      assert.ok(item, items.map((each) => each.label).join(", "));
      assert.equal(taken(text, item), after);
    });
  }
});

test("a field's item tells its type, unit and text", () => {
  const item = at("submit", '{"bid": {"details": {|}}}').items.find((each) => each.label === "amt");
  assert.match(item?.detail ?? "", /^uint64, sat/);
  assert.match(item?.markdown ?? "", /^\*\*amt\*\* `uint64` = 3\n\n\w/);
});

test("completion gives something or nothing at each place of a text that is being written", () => {
  const text =
    '{"bid": {"details": {"amt": 1, "allowed_node_ids": ["00"]}, /* c */ "version": tru}, // d\n "initiator": "\\u00';
  const submit = createLanguage(methods.submit);
  for (let offset = 0; offset <= text.length; offset++) {
    for (let cut = offset; cut <= text.length; cut += 7) {
      for (const item of submit.complete(text.slice(0, cut), offset)) {
        assert.ok(
          item.offset <= offset && item.offset + item.length >= offset,
          "item.offset <= offset && item.offset + item.length >= offset",
        );
      }
    }
  }
});

describe("values seen in earlier replies", () => {
  const key = "02".repeat(33);
  const seen = (
    field: string,
    form: RecentValue["form"],
    value: string,
    bytesKind: string | null = null,
  ) => ({
    field,
    form,
    value,
    bytesKind,
    label: `${field} of ${form === "bytes" ? "account 2" : "lease 1"}`,
  });
  const recents: RecentValue[] = [
    seen("node_key", "bytes", "03".repeat(33), "compressed public key"),
    seen("trader_key", "bytes", key, "compressed public key"),
    seen("order_nonce", "bytes", "aa".repeat(32), "order nonce"),
    seen("channel_id", "integer", "18446744073709551615"),
    seen("sidecar_ticket", "string", 'sidecar"1'),
    seen("closing_txid", "string", "0a".repeat(32)),
  ];
  const rows: [method: keyof typeof methods, marked: string, labels: string[], after?: string][] = [
    [
      "submit",
      '{"bid": {"details": {"trader_key": |}}}',
      ["trader_key of account 2", "node_key of account 2", '" "'],
      `{"bid": {"details": {"trader_key": "${key}"}}}`,
    ],
    [
      "submit",
      '{"bid": {"details": {"trader_key": "02|"}}}',
      ["trader_key of account 2", "node_key of account 2"],
      `{"bid": {"details": {"trader_key": "${key}"}}}`,
    ],
    [
      "submit",
      '{"bid": {"details": {"trader_key": "|" "amt": 1}}}',
      ["trader_key of account 2", "node_key of account 2"],
      `{"bid": {"details": {"trader_key": "${key}", "amt": 1}}}`,
    ],
    [
      "submit",
      '{"bid": {"details": {"allowed_node_ids": ["|"]}}}',
      ["node_key of account 2", "trader_key of account 2"],
    ],
    [
      "submit",
      '{"bid": {"sidecar_ticket": "|"}}',
      ["sidecar_ticket of lease 1"],
      '{"bid": {"sidecar_ticket": "sidecar\\"1"}}',
    ],
    ["submit", '{"initiator": "|"}', []],
    ["submit", '{"bid": {"details": {"amt": |}}}', []],
  ];
  for (const [method, marked, labels, after] of rows) {
    test(`${method} ${marked}`, () => {
      const text = marked.replace("|", "");
      const language = createLanguage({ ...methods[method], recents });
      const items = language.complete(text, marked.indexOf("|"));
      assert.deepEqual(
        items.map((each) => each.label),
        labels,
      );
      if (after !== undefined && items[0] !== undefined) assert.equal(taken(text, items[0]), after);
    });
  }

  test("they are written in the request's form, and txids of strings as explorers show them", () => {
    const base64 = createLanguage({ ...methods.submit, bytes: "base64", recents });
    const text = '{"bid": {"details": {"trader_key": ""}}}';
    assert.match(base64.complete(text, text.indexOf('""') + 1)[0]?.insert ?? "", /^"AgIC/);
    const init = methodFixture("poolrpc.ChannelAuctioneer.InitAccount");
    const outpoint = init.registry.getMessage("poolrpc.OutPoint");
    assert.ok(outpoint !== undefined, "there is an outpoint");
    const auction = createLanguage({ ...init, desc: outpoint, recents });
    assert.equal(auction.complete('{"txid": ""}', 10)[0]?.insert, `"txid:${"0a".repeat(32)}"`);
  });
});

test("a schema of 2,000 messages answers within 50 ms: no more is looked at than is offered", () => {
  const big = bigSchema(2000, 10);
  const language = createLanguage({ desc: big.desc, docs: big.docs, registry: big.registry, bytes: "hex" });
  const text = `{${Array.from({ length: 30 }, () => '"child_0": {').join("")}`;
  language.complete(text, text.length);
  const start = performance.now();
  const items = language.complete(text, text.length);
  const took = performance.now() - start;
  assert.equal(items.length, 21);
  assert.ok(took < 50, `it took ${took} ms`);
  const skeleton = items.at(-1)?.insert ?? "";
  assert.ok(skeleton.length > 1000 && skeleton.length < 50_000, `${skeleton.length} characters`);
});
