import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createLanguage } from "../../../lib/editor/language.ts";
import { methodFixture } from "./pool-docs.ts";

const submit = createLanguage(methodFixture("poolrpc.Trader.SubmitOrder"));

describe("what is said, and of what", () => {
  const rows: [marked: string, of: string | null, says: RegExp][] = [
    ['{"b|id": {}}', '"bid"', /^\*\*bid\*\* `Bid` = 2/],
    ['{"b|id": {}}', '"bid"', /One of `details`: `ask`, `bid`/],
    ['{"bid": {"details": {"a|mt": 1}}}', '"amt"', /Unit: sat/],
    ['{"bid": {"details": {"maxBatch|FeeRateSatPerKw": 1}}}', '"maxBatchFeeRateSatPerKw"', /`uint64` = 4/],
    [
      '{"bid": {"details": {"allowed_node_ids|": []}}}',
      '"allowed_node_ids"',
      /repeated bytes[\s\S]*Written in hex/,
    ],
    ['{"bid": {"min_node_tier": "TI|ER_1"}}', '"TIER_1"', /^\*\*TIER_1\*\* `NodeTier` = 2/],
    ['{"bid": {"min_node_tier": 2|}}', "2", /^\*\*TIER_1\*\*/],
    ['{"bid": {"min_node_tier": "NO|NE"}}', null, /$/],
    ['{"bid": {"no|thing": 1}}', null, /$/],
    ['{"initiator": "m|e"}', null, /$/],
    ['{"bid": {"details": {"amt": 1000|000}}}', "1000000", /^\*\*amt\*\*\n\n- 0\.01 BTC\n- 10 units$/],
    ['{"bid": {"details": {"am|t": 1000000}}}', '"amt"', /^- 0\.01 BTC\n- 10 units\n\n\*\*amt\*\*/],
    [
      '{"bid": {"details": {"trader_key": "text:h`i|"}}}',
      '"text:h`i"',
      /- On the wire, 3 bytes: `686069`\n- As text: `` h`i ``$/,
    ],
    ['{"bid": {"details": {"trader_key": "zz|"}}}', null, /$/],
    ['{| "bid": {}}', null, /$/],
    ["{ // bi|d\n}", null, /$/],
    ["|", null, /$/],
  ];
  for (const [marked, of, says] of rows) {
    test(`${marked} ${says}`, () => {
      const text = marked.replace("|", "");
      const found = submit.hover(text, marked.indexOf("|"));
      assert.equal(found && text.slice(found.offset, found.offset + found.length), of);
      assert.match(found?.markdown ?? "", says);
    });
  }
});

test("a map's entries lead to their type", () => {
  const auction = createLanguage(methodFixture("poolrpc.ChannelAuctioneer.SubscribeBatchAuction"));
  const text = '{"sign": {"channel_infos": {"any": {"type": "ANCHORS"}}}}';
  assert.match(
    auction.hover(text, text.indexOf("ANCHORS"))?.markdown ?? "",
    /^\*\*ANCHORS\*\* `ChannelType` = 1/,
  );
  assert.equal(auction.hover(text, text.indexOf("any")), null);
});
