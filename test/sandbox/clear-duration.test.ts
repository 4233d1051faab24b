import assert from "node:assert/strict";
import { test } from "node:test";
import {
  ChannelAnnouncementConstraints as Announcement,
  AuctionType,
  ChannelConfirmationConstraints as Confirmation,
  NodeTier,
  OrderChannelType,
} from "../../gen/auctioneerrpc/auctioneer_pb.ts";
import { clearMarket } from "../../lib/auction/clearing.ts";
import { clearDuration } from "../../sandbox/auction/clear-duration.ts";
import type { OpenAsk, OpenBid } from "../../sandbox/auction/open-order.ts";
import { type Obstacle, whyUnmatched } from "../../sandbox/auction/why-unmatched.ts";
import { randomBelow } from "../support/random.ts";

let count = 0;

function order() {
  count += 1;
  return {
    id: `nonce ${count}`,
    trader: `trader ${count}`,
    node: `node ${count}`,
    nodeTier: NodeTier.TIER_1,
    rate: 100,
    units: 10,
    minUnits: 1,
    leaseDuration: 2016,
    auctionType: AuctionType.BTC_INBOUND_LIQUIDITY,
    channelType: OrderChannelType.PEER_DEPENDENT,
    maxBatchFeeRate: 1_000n,
    allowedNodes: [],
    deniedNodes: [],
  };
}

function ask(over: Partial<OpenAsk> = {}): OpenAsk {
  return {
    ...order(),
    announcement: Announcement.ANNOUNCEMENT_NO_PREFERENCE,
    confirmation: Confirmation.CONFIRMATION_NO_PREFERENCE,
    ...over,
  };
}

function bid(over: Partial<OpenBid> = {}): OpenBid {
  return {
    ...order(),
    minNodeTier: NodeTier.TIER_DEFAULT,
    selfChanBalance: 0n,
    unannounced: false,
    zeroConf: false,
    ...over,
  };
}

const OUTBOUND = { auctionType: AuctionType.BTC_OUTBOUND_LIQUIDITY };

const RULES: readonly (readonly [string, OpenAsk, OpenBid, Obstacle | null])[] = [
  ["nothing", ask(), bid(), null],
  ["one trader", ask({ trader: "a" }), bid({ trader: "a" }), "same trader"],
  ["one node under two accounts", ask({ node: "a" }), bid({ node: "a" }), "same trader"],
  ["inbound and outbound", ask(), bid(OUTBOUND), "other market"],
  ["two durations", ask(), bid({ leaseDuration: 4032 }), "other duration"],
  ["a shorter outbound lease", ask({ ...OUTBOUND, leaseDuration: 4032 }), bid(OUTBOUND), null],
  ["a longer outbound lease", ask(OUTBOUND), bid({ ...OUTBOUND, leaseDuration: 4032 }), "other duration"],
  ["an ask that allows another", ask({ allowedNodes: ["x"] }), bid(), "ask's nodes"],
  ["an ask that allows it", ask({ allowedNodes: ["x"] }), bid({ node: "x" }), null],
  ["an ask that denies it", ask({ deniedNodes: ["x"] }), bid({ node: "x" }), "ask's nodes"],
  ["a bid that denies it", ask({ node: "x" }), bid({ deniedNodes: ["x"] }), "bid's nodes"],
  ["a node without rating", ask({ nodeTier: NodeTier.TIER_0 }), bid(), "node tier"],
  ["a bid that takes any", ask({ nodeTier: NodeTier.TIER_0 }), bid({ minNodeTier: NodeTier.TIER_0 }), null],
  ["two channel types", ask(), bid({ channelType: OrderChannelType.SCRIPT_ENFORCED }), "channel type"],
  [
    "a private channel",
    ask({ announcement: Announcement.ONLY_ANNOUNCED }),
    bid({ unannounced: true }),
    "announcement",
  ],
  ["a public channel", ask({ announcement: Announcement.ONLY_UNANNOUNCED }), bid(), "announcement"],
  ["zero conf", ask({ confirmation: Confirmation.ONLY_CONFIRMED }), bid({ zeroConf: true }), "confirmation"],
  ["no zero conf", ask({ confirmation: Confirmation.ONLY_ZEROCONF }), bid(), "confirmation"],
  ["an ask too small for an own balance", ask({ units: 9 }), bid({ selfChanBalance: 1_000n }), "own balance"],
];

for (const [name, a, b, obstacle] of RULES) {
  test(`who may be matched: ${name}`, () => assert.equal(whyUnmatched(a, b), obstacle));
}

test("a plain book clears as the figure of the guide does", () => {
  for (let seed = 1; seed <= 300; seed++) {
    const random = randomBelow(seed);
    const asks = Array.from({ length: 1 + random(5) }, () =>
      ask({ rate: 1 + random(20), units: 1 + random(6) }),
    );
    const bids = Array.from({ length: 1 + random(5) }, () =>
      bid({ rate: 1 + random(20), units: 1 + random(6) }),
    );
    const expected = clearMarket(asks, bids);
    const found = clearDuration(asks, bids);
    assert.equal(found?.price ?? null, expected?.price ?? null, `price of book ${seed}`);
    assert.equal(unitsOf(found?.matches), expected?.units ?? 0, `units of book ${seed}`);
  }
});

test("no ask gets less than it wants, no bid pays more, nobody is filled twice, minimums hold", () => {
  for (let seed = 1; seed <= 300; seed++) {
    const random = randomBelow(seed);
    const sizes = () => {
      const units = 1 + random(8);
      return { units, minUnits: 1 + random(units), rate: 1 + random(20) };
    };
    const tier = () => (random(2) === 0 ? NodeTier.TIER_0 : NodeTier.TIER_1);
    const asks = Array.from({ length: 6 }, () => ask({ ...sizes(), nodeTier: tier() }));
    const bids = Array.from({ length: 6 }, () => bid({ ...sizes(), minNodeTier: tier() }));
    const cleared = clearDuration(asks, bids);
    if (cleared === null) continue;
    for (const { ask, bid, units } of cleared.matches) {
      assert.ok(
        ask.rate <= cleared.price && cleared.price <= bid.rate,
        `book ${seed}: a price that suits both`,
      );
      assert.ok(units >= ask.minUnits && units >= bid.minUnits, `book ${seed}: the smallest match of both`);
      assert.equal(whyUnmatched(ask, bid), null);
    }
    for (const one of [...asks, ...bids]) {
      const filled = cleared.matches.filter(({ ask, bid }) => ask === one || bid === one);
      assert.ok(unitsOf(filled) <= one.units, `book ${seed}: no more than was ordered`);
    }
  }
});

test("a constraint that leaves a dear ask as the only partner does not raise the others' price", () => {
  const dear = ask({ rate: 50, node: "dear" });
  const cheap = ask({ rate: 10 });
  const picky = bid({ rate: 60, allowedNodes: ["dear"] });
  const low = bid({ rate: 20 });
  const cleared = clearDuration([dear, cheap], [picky, low]);
  assert.ok(cleared !== null, "something is traded");
  for (const { ask } of cleared.matches) assert.ok(ask.rate <= cleared.price, "each ask gets what it wants");
});

function unitsOf(matches: readonly { readonly units: number }[] = []): number {
  return matches.reduce((sum, { units }) => sum + units, 0);
}
