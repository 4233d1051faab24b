import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type CompletionItem, complete } from "../../../lib/editor/complete.ts";
import { applyEdits } from "../../../lib/schema/problem.ts";
import { methodFixture } from "./pool-docs.ts";

const methods = {
  submit: methodFixture("poolrpc.Trader.SubmitOrder"),
  init: methodFixture("poolrpc.Trader.InitAccount"),
  list: methodFixture("poolrpc.Trader.ListOrders"),
  leases: methodFixture("poolrpc.Trader.Leases"),
  info: methodFixture("poolrpc.Trader.GetInfo"),
  auction: methodFixture("poolrpc.ChannelAuctioneer.SubscribeBatchAuction"),
};

function at(
  method: keyof typeof methods,
  marked: string,
): { text: string; items: readonly CompletionItem[] } {
  const offset = marked.indexOf("|");
  const text = marked.replace("|", "");
  return { text, items: complete(text, offset, methods[method]) };
}

/** The text after the item was taken, its snippet's first stop shown as `|`. */
function taken(text: string, item: CompletionItem): string {
  const insert = item.insert.replace(/\$\{1:([^}]*)\}|\$1/, "|$1").replace(/\$\{\d:([^}]*)\}|\$\d/g, "$1");
  return applyEdits(text, [{ offset: item.offset, length: item.length, text: insert }, ...item.edits]);
}

describe("what is offered", () => {
  const rows: [method: keyof typeof methods, marked: string, labels: string[]][] = [
    ["submit", "{|}", ["ask", "bid", "initiator"]],
    ["submit", "{ | }", ["ask", "bid", "initiator"]],
    ["submit", '{"|"}', ["ask", "bid", "initiator"]],
    ["submit", '{"as|"}', ["ask", "bid", "initiator"]],
    ["submit", "{as|}", ["ask", "bid", "initiator"]],
    ["submit", '{"ask": {}, |}', ["initiator"]],
    ["submit", '{| "ask": {}}', ["initiator"]],
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
    ["submit", '{"bid": |}', ["{ }"]],
    ["submit", '{"nothing": {|}}', []],
    ["submit", '{"nothing": |}', []],
    ["submit", '{"initiator": "|"}', []],
    ["submit", "{ // here |\n}", []],
    ["submit", "{ /* here | */ }", []],
    ["submit", "{}\n|", []],
    ["submit", "|", ["{ }"]],
    [
      "init",
      '{"absolute_height": 1, |}',
      ["account_value", "conf_target", "fee_rate_sat_per_kw", "initiator", "version"],
    ],
    ["init", '{"relativeHeight": 1, |, "confTarget": 6}', ["account_value", "initiator", "version"]],
    ["list", '{"verbose": true, "|"}', ["active_only"]],
    ["leases", '{"batch_ids": ["00", |]}', ['" "']],
    ["info", "{|}", []],
    ["auction", '{"sign": {"account_sigs": {"a": |}}}', ['" "']],
    [
      "auction",
      '{"sign": {"channel_infos": {"a": {|}}}}',
      ["type", "local_node_key", "remote_node_key", "local_payment_base_point", "remote_payment_base_point"],
    ],
    ["auction", '{"sign": {"channel_infos": {|}}}', []],
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
  for (let offset = 0; offset <= text.length; offset++) {
    for (let cut = offset; cut <= text.length; cut += 7) {
      for (const item of complete(text.slice(0, cut), offset, methods.submit)) {
        assert.ok(
          item.offset <= offset && item.offset + item.length >= offset,
          "item.offset <= offset && item.offset + item.length >= offset",
        );
      }
    }
  }
});
